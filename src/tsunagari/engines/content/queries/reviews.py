"""Pages that nobody has looked at for a year, and how many were looked at in a fiscal year."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from tsunagari.engines.content.models import PageReview, Published
from tsunagari.engines.content.queries.page_reads import reads_of
from tsunagari.engines.content.rules.periods import Days
from tsunagari.kernel.i18n.days import JAPAN, FiscalYear, day_start, japan_day

KINDS: Final = ("page", "question", "topic")
"""News and events have a day of their own and are looked at no more."""


def year_before(today: date) -> date:
    """The same day a year ago; 28 February for 29 February."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today - timedelta(days=366)


def to_review(now: datetime, division: str = "") -> QuerySet[Published]:
    """Pages last found right, and last published, a year ago or longer; the oldest first. Each bears `seen_on`."""
    limit = year_before(japan_day(now))
    old = Q(checked_on__isnull=True) | Q(checked_on__lte=limit)
    found = Published.objects.filter(old, kind__in=KINDS, changed_at__lt=day_start(limit + _DAY))
    if division:
        found = found.filter(division=division)
    seen = Coalesce(F("checked_on"), TruncDate("changed_at", tzinfo=JAPAN))
    return found.annotate(seen_on=seen).order_by("seen_on", "pk")


_DAY = timedelta(days=1)


def waiting_by_division(now: datetime) -> dict[str, int]:
    """How many pages of each division wait to be looked at."""
    rows = to_review(now).order_by().values_list("division")
    return dict(rows.annotate(pages=Count("pk")))


def reviewed_in(year: FiscalYear) -> dict[str, int]:
    """How many pages each division found right in a fiscal year, each page once."""
    found = PageReview.objects.filter(day__gte=year.first_day, day__lte=year.last_day)
    return dict(found.values_list("division").annotate(pages=Count("page", distinct=True)))


def views_of(public_ids: Iterable[str], today: date) -> Mapping[str, int] | None:
    """How often pages were read in the year up to yesterday; None where nobody counts that."""
    return reads_of(public_ids, Days(first=year_before(today), last=today - _DAY))
