"""Sets a hint aside with a reason, until what it rests on changes; or shows it again before."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.declare import HINTS, HintLaidAside
from tsunagari.engines.cycle.models import HintSetAside
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger

LONGEST = 500
"""Letters of the longest reason."""


class HintRefused(ValueError):
    """Nothing was written; the text says why."""


@dataclass(frozen=True, kw_only=True)
class HintKey:
    """Which hint: its kind, what it is about, and the print of what it rests on."""

    kind: str
    thing: str
    seen: str


def set_hint_aside(*, plan: str, key: HintKey, reason: str, hand: Hand, clock: Clock) -> bool:
    """Set a hint of a plan aside; False when it already was. Raises NotSecretariat, HintRefused."""
    if not hand.secretariat:
        raise NotSecretariat
    reason = reason.replace("\r\n", "\n").strip()
    if not reason:
        raise HintRefused(_("確認した内容を入力してください。"))
    if len(reason) > LONGEST:
        raise HintRefused(_("%(longest)d文字までにしてください。") % {"longest": LONGEST})
    if key.kind not in HINTS:
        raise HintRefused(_("ここは、もうありません。画面を開き直してください。"))
    try:
        with transaction.atomic():
            return _set(plan, key, reason, hand, clock)
    except IntegrityError:  # somebody else did it in the same moment
        return False


def _set(plan: str, key: HintKey, reason: str, hand: Hand, clock: Clock) -> bool:
    of_it = {"plan": plan, "kind": key.kind, "thing": key.thing, "seen": key.seen}
    if HintSetAside.objects.filter(ended_at=None, **of_it).exists():
        return False
    row = HintSetAside.objects.create(**of_it, reason=reason, set_at=clock(), actor=hand.actor)
    _record(row, hand, shown=False)
    return True


@transaction.atomic
def show_hint_again(*, aside: str, hand: Hand, clock: Clock) -> bool:
    """Show a hint again that was set aside, by the public id of that; False when it already was shown.
    Raises NotSecretariat, HintSetAside.DoesNotExist."""
    if not hand.secretariat:
        raise NotSecretariat
    row = HintSetAside.objects.select_for_update().get(public_id=aside)
    if row.ended_at is not None:
        return False
    row.ended_at, row.ended_by = clock(), hand.actor
    row.save(update_fields=["ended_at", "ended_by"])
    _record(row, hand, shown=True)
    return True


def _record(row: HintSetAside, hand: Hand, *, shown: bool) -> None:
    ledger.record(
        HintLaidAside(
            subject=row.public_id,
            actor=hand.actor,
            division=hand.division,
            kind=row.kind,
            shown=shown,
        )
    )
