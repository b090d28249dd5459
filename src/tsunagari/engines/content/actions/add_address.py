"""Let old addresses lead to pages; take one away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tsunagari.engines.content.declare import AddressAdded, AddressRemoved
from tsunagari.engines.content.models import FormerAddress, Published
from tsunagari.engines.content.rules.former import OldAddress, old_address
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.api import record


class AddressRefused(ValueError):
    """An old address that cannot lead there; the message is a marked sentence."""


@dataclass(frozen=True, kw_only=True)
class Leading:
    """An old address and the address of the page to which it leads, both as typed."""

    old: str
    to: str


@transaction.atomic
def add_address(leading: Leading, *, hand: Hand, clock: Clock) -> None:
    """Let one old address lead to a page. Raises AddressRefused."""
    page = _lead(leading, clock)
    record(
        AddressAdded(subject=page.public_id, actor=hand.actor, division=hand.division, addresses=1)
    )


@transaction.atomic
def add_addresses(lines: Sequence[Leading], *, hand: Hand, clock: Clock) -> int:
    """Let many lead, or none: AddressRefused is that of the first that cannot."""
    for line in lines:
        _lead(line, clock)
    if lines:
        record(
            AddressAdded(
                subject=new_public_id(),
                actor=hand.actor,
                division=hand.division,
                addresses=len(lines),
            )
        )
    return len(lines)


def address_fault(leading: Leading) -> str:
    """Why an old address cannot lead there, as a marked sentence; "" if it can. Nothing is written."""
    try:
        _found(leading)
    except AddressRefused as refused:
        return str(refused)
    return ""


@transaction.atomic
def remove_address(key: int, *, hand: Hand) -> bool:
    """Let an old address lead nowhere; whether it led anywhere."""
    row = FormerAddress.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return False
    row.delete()
    page: Any = row.page.specific
    record(AddressRemoved(subject=page.public_id, actor=hand.actor, division=hand.division))
    return True


def _lead(leading: Leading, clock: Clock) -> Published:
    old, page = _found(leading)
    FormerAddress.objects.update_or_create(
        language=old.language,
        path=old.path,
        defaults={"page_id": page.page_id, "left_at": clock()},
    )
    return page


def _found(leading: Leading) -> tuple[OldAddress, Published]:
    old, to = old_address(leading.old), old_address(leading.to)
    if old is None or not old.path:
        raise AddressRefused(
            N_("前のアドレスは、「/」から始まるアドレスか、市のサイトのアドレスを書いてください。")
        )
    if not old.can_lead:
        raise AddressRefused(
            N_(
                "この形のアドレスは、このサイトに届きません。「/」か「.html」などで終わるアドレスを書いてください。"
            )
        )
    if to is None:
        raise AddressRefused(N_("いまのページは、「/」から始まるアドレスを書いてください。"))
    if (old.language, old.path) == (to.language, to.path):
        raise AddressRefused(N_("前のアドレスと、いまのページが同じです。"))
    if Published.objects.filter(language=old.language, path=old.path).exists():
        raise AddressRefused(
            N_(
                "前のアドレスには、いま公開しているページがあります。ほかのアドレスを書いてください。"
            )
        )
    return old, _page_at_the_end(to)


def _page_at_the_end(to: OldAddress) -> Published:
    page = Published.objects.filter(language=to.language, path=to.path).first()
    if page is not None:
        return page
    former = FormerAddress.objects.filter(language=to.language, path=to.path).first()
    page = Published.objects.filter(page_id=former.page_id).first() if former else None
    if page is None:
        raise AddressRefused(
            N_("いまのページが見つかりません。公開しているページのアドレスを書いてください。")
        )
    return page
