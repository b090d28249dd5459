"""Make the mends that a clerk chose, page by page: each a version of hers, none over what somebody else is doing."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import Page

from tsunagari.engines.content.actions.ask_round import end_round
from tsunagari.engines.content.actions.check_page import KnownCity, check_page
from tsunagari.engines.content.models import PlannedMend, Round
from tsunagari.engines.content.models.city_page import PublishRefused
from tsunagari.engines.content.models.pieces_of import put_back
from tsunagari.engines.content.queries.versions import newest_version
from tsunagari.engines.content.rules.pieces import Change, Place
from tsunagari.kernel.i18n.clock import Clock

Outcome = PlannedMend.Outcomes
MADE = (Outcome.DRAFT, Outcome.PUBLISHED, Outcome.REFUSED, Outcome.UNFINISHED)
"""Outcomes after which the page bears the mend."""

AT_WORK = timedelta(minutes=10)
"""How long after its last sign of life an open editor counts as somebody writing."""


def apply_mends(held: Round, *, clock: Clock) -> int:
    """Make what is chosen and not made yet; how many pages bear it. A second time changes nothing."""
    if held.state not in (Round.States.ASKED, Round.States.APPLYING):
        return _made(held)
    held.state = Round.States.APPLYING
    held.save(update_fields=["state"])
    city = KnownCity()
    for key in _open(held):
        _mend(held, key, city, clock)
    with transaction.atomic():
        made = _made(held)
        end_round(held, changed=made, skipped=held.total - made, clock=clock)
    return made


def _open(held: Round) -> list[int]:
    rows = held.mends.filter(chosen=True, outcome="").order_by("page_id")
    return list(rows.values_list("page_id", flat=True).distinct())


def _made(held: Round) -> int:
    return held.mends.filter(outcome__in=MADE).values("page").distinct().count()


@transaction.atomic
def _mend(held: Round, key: int, city: KnownCity, clock: Clock) -> None:
    rows = list(held.mends.filter(page_id=key, chosen=True, outcome=""))
    locked = Page.objects.select_for_update().filter(pk=key).first()
    page: Any = locked.specific if locked else None
    outcome = _hindered(held, page, rows, clock) or _write(held, page, rows)
    held.mends.filter(pk__in=[row.pk for row in rows]).update(outcome=outcome)
    if outcome in MADE:
        page = Page.objects.get(pk=key).specific
        check_page(page, city=city, clock=clock)
    held.done += 1
    held.save(update_fields=["done"])


def _hindered(held: Round, page: Any, rows: list[PlannedMend], clock: Clock) -> str:
    """Why a page is left alone; "" if nothing speaks against it."""
    if page is None or held.account is None:
        return Outcome.GONE
    if page.workflow_in_progress:
        return Outcome.APPROVAL
    lock = page.get_lock()
    if lock is not None and lock.for_user(held.account):
        return Outcome.LOCKED
    if not page.permissions_for_user(held.account).can_edit():
        return Outcome.FOREIGN
    if _somebody_writes(page, held.account, clock):
        return Outcome.EDITED
    if page.latest_revision_id != rows[0].revision:
        return Outcome.CHANGED
    return ""


def _somebody_writes(page: Any, account: Any, clock: Clock) -> bool:
    sessions = EditingSession.objects.filter(
        object_id=str(page.pk), content_type=page.cached_content_type
    )
    at_work = sessions.filter(last_seen_at__gte=clock() - AT_WORK)
    return bool(at_work.filter(~Q(user=account) | Q(is_editing=True)).exists())


def _write(held: Round, page: Any, rows: list[PlannedMend]) -> str:
    unfinished = page.live and page.has_unpublished_changes
    version = newest_version(page)
    put_back(version, [_change(row) for row in rows])
    revision = version.save_revision(user=held.account, clean=False)
    log(
        instance=page,
        action="content.mended",
        user=held.account,
        revision=revision,
        content_changed=True,
        data={"rule": held.rule, "places": len(rows)},
    )
    may_publish = page.permissions_for_user(held.account).can_publish()
    if not (held.publishes and page.live and may_publish):
        return Outcome.DRAFT
    return Outcome.UNFINISHED if unfinished else _publish(revision, held.account)


def _publish(revision: Any, account: Any) -> str:
    try:
        with transaction.atomic():
            revision.publish(user=account)
    except PublishRefused:
        return Outcome.REFUSED
    return Outcome.PUBLISHED


def _change(row: PlannedMend) -> Change:
    return Change(place=Place(part=row.part, field=row.field), value=row.value)
