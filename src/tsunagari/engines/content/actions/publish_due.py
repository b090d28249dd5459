"""Publish what is due and end what has expired, each page for itself."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, Revision

from tsunagari.engines.content.declare import ScheduleFailed, ScheduleRefused
from tsunagari.engines.content.models import CityPage, RefusedSchedule
from tsunagari.engines.content.models.city_page import PublishRefused
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)

_log = logging.getLogger(__name__)


def publish_due(*, clock: Clock) -> int:
    """End and publish what its time has come for; how many pages changed. Safe at once in two workers.

    A page that is refused is told to its division and tried no more. Whatever one page raises, the next has its turn; its
    division hears of it at once, and it is tried again after a minute, two, four, at last every six hours.
    """
    now = clock()
    waiting = RefusedSchedule.objects.filter(retry_at__gt=now)
    later = {_Due(page, at) for page, at in waiting.values_list("page_id", "due_at")}
    expired = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    ready = _due(now).order_by("approved_go_live_at", "pk")
    ends = expired.values_list("pk", "pk", "expire_at")
    begins = ready.values_list("pk", "object_id", "approved_go_live_at")
    changed = 0
    for step, rows in ((_end, list(ends)), (_publish, list(begins))):
        changed += sum(
            _safely(step, key, due, now)
            for key, due in ((key, _Due(int(page), at)) for key, page, at in rows)
            if due not in later
        )
    return changed


@dataclass(frozen=True, slots=True)
class _Due:
    """A page and its time."""

    page: int
    at: datetime


def _due(now: datetime) -> "QuerySet[Any]":
    pages = ContentType.objects.get_for_model(Page)
    found: QuerySet[Any] = Revision.objects.filter(
        base_content_type=pages, approved_go_live_at__lte=now
    )
    return found


def _safely(step: Callable[[int, datetime], bool], key: int, due: _Due, now: datetime) -> bool:
    try:
        with transaction.atomic():
            changed = step(key, now)
            if changed:
                RefusedSchedule.objects.filter(page_id=due.page).delete()
            return changed
    except Exception:  # noqa: BLE001 - whatever one page raises, the next has its turn
        _log.exception("A page was neither published nor ended at its time (key %s).", key)
        _note_failure(due, now)
        return False


@transaction.atomic
def _note_failure(due: _Due, now: datetime) -> None:
    """Tell its division, the ledger at the first time, and when it is tried again."""
    page = Page.objects.filter(pk=due.page).first()
    if page is None:
        return
    said = page.specific
    division = getattr(said, "division", "")
    row, new = RefusedSchedule.objects.get_or_create(
        page_id=page.pk,
        defaults={"division": division, "due_at": due.at, "refused_at": now},
    )
    again = not new and row.due_at == due.at and row.retry_at is not None
    row.division, row.due_at, row.refused_at, row.rules = division, due.at, now, []
    row.attempts = row.attempts + 1 if again else 1
    row.retry_at = now + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    row.save()
    if not again and isinstance(said, CityPage):
        record(ScheduleFailed(subject=said.public_id, division=division))


def _end(key: int, now: datetime) -> bool:
    held = Page.objects.select_for_update().filter(pk=key, live=True, expire_at__lte=now).first()
    if held is None:
        return False
    held.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(key: int, now: datetime) -> bool:
    revision = _due(now).select_for_update().filter(pk=key).first()
    if revision is None:
        return False
    due_at = revision.approved_go_live_at
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except PublishRefused as refused:
        Revision.objects.filter(pk=key).update(approved_go_live_at=None)
        _note_refusal(revision.content_object, due_at, now, refused)
        return False
    return True


def _note_refusal(page: CityPage, due_at: datetime, now: datetime, refused: PublishRefused) -> None:
    RefusedSchedule.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "division": page.division,
            "due_at": due_at,
            "refused_at": now,
            "rules": sorted({fault.rule for fault in refused.faults}),
            "attempts": 0,
            "retry_at": None,
        },
    )
    record(
        ScheduleRefused(subject=page.public_id, division=page.division, faults=len(refused.faults))
    )
