"""Recount: count the last days of a meter anew, change no sum, and keep what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day, next_month
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.metering.actions.recompute import (
    Difference,
    Key,
    differences_of,
    hold_sums,
    sums_of_year,
)
from tsunagari.kernel.metering.declare import Counter, FiguresLoaded, Loaded, SumsDiffer
from tsunagari.kernel.metering.models import Began, LoadedFigure, Recount, RecountDifference
from tsunagari.kernel.metering.queries import current_recounts
from tsunagari.kernel.metering.rules import GRAINS, RECOUNT_DAYS, WHOLE, figures_told

KEPT = 100
"""Differences of one recount that are kept one by one, the earliest; the rest only by their number."""


@dataclass(kw_only=True)
class _Found:
    """What has been laid side by side so far, and the days of which something can be said."""

    first: date
    last: date
    compared: int = 0
    differing: int = 0
    held: int = 0
    counted: int = 0
    differences: list[Difference] = field(default_factory=list)
    first_known: datetime | None = None

    def take(self, meter: str, held: Mapping[Key, int], counted: Mapping[Key, int]) -> None:
        """Lay some sums beside what was counted."""
        found = list(differences_of(meter, held, counted))
        self.compared += len(held.keys() | counted.keys())
        self.differing += len(found)
        self.differences = sorted([*self.differences, *found], key=_place)[:KEPT]
        self.held += _of_whole_days(held)
        self.counted += _of_whole_days(counted)
        firsts = [start for grain, start, _ in {*held, *counted} if grain == "day"]
        self.first_known = min(filter(None, [self.first_known, *firsts]), default=None)


def _place(each: Difference) -> tuple[datetime, int, str]:
    return each.start, [str(grain) for grain in GRAINS].index(each.grain), each.slice


def _of_whole_days(sums: Mapping[Key, int]) -> int:
    return sum(total for (grain, _, part), total in sums.items() if (grain, part) == ("day", WHOLE))


def recount(
    *, meter: Counter | Loaded, days: int = RECOUNT_DAYS, clock: Clock = system_clock
) -> Recount | None:
    """Count the last `days` whole days before today anew and keep what was found; None when there is no
    whole day yet of which something could be said.

    Of a Counter every hour and day of these days is compared, and the fiscal years that they touch
    with all their months, whole, up to what the sums hold at that moment: all from what was counted,
    none from another sum. Days with a difference that has not been set right stay in, however long ago. Days
    whose events retention has removed are left out. Of a Loaded meter each month's standing figure is
    compared with what the ledger was told when it was loaded.
    A difference that was not known is recorded once.
    """
    now = clock()
    before = current_recounts([meter.id]).first()
    if isinstance(meter, Loaded):
        found = _loaded(meter)
    else:
        last = japan_day(now) - timedelta(days=1)
        found = _counted(meter, _first_day(last, days, before), last)
    if found is None or found.first > found.last:
        return None
    return _keep(meter, found, now)


def _first_day(last: date, days: int, before: Recount | None) -> date:
    """The first day to go over; earlier than asked for while an old difference stands."""
    first = last - timedelta(days=max(days, 1) - 1)
    if before is None or not before.differing:
        return first
    still = [_day_within(each.grain, each.start) for each in before.differences.all()]
    return min([first, *still])


def _day_within(grain: str, start: datetime) -> date:
    """The last day of a period: where it is gone over, the period is."""
    day = japan_day(start)
    if grain == "fiscal_year":
        return FiscalYear.of(day).last_day
    return next_month(day) - timedelta(days=1) if grain == "month" else day


def _counted(meter: Counter, first: date, last: date) -> _Found | None:
    found = _Found(first=first, last=last)
    for year in range(FiscalYear.of(first).year, FiscalYear.of(last).year + 1):
        _count_year(meter, FiscalYear(year), found)
    began = Began.objects.filter(meter=meter.id).first()
    beginnings = [found.first_known] if found.first_known else []
    if began:
        beginnings.append(began.at)
    if not beginnings:
        return None
    found.first = max(found.first, japan_day(min(beginnings)))
    return found


@transaction.atomic
def _count_year(meter: Counter, year: FiscalYear, found: _Found) -> None:
    """Sums of the meter stand still meanwhile; servers go on counting."""
    upto, told_from = hold_sums(meter)
    if told_from is not None:
        found.first = max(found.first, japan_day(told_from) + timedelta(days=1))
    start, end = day_start(found.first), day_start(found.last + timedelta(days=1))
    # Pages add a year up from its months: one that was changed long after it ended would be shown.
    months = {month for month in year.months if month <= found.last}

    def asked(sums: Mapping[Key, int]) -> dict[Key, int]:
        return {
            key: total
            for key, total in sums.items()
            if (told_from is None or key[1] >= told_from)
            and (key[0] in ("month", "fiscal_year") or start <= key[1] < end)
        }

    for held, counted in sums_of_year(meter, year, upto=upto, months=months):
        found.take(meter.id, asked(held), asked(counted))


def _loaded(meter: Loaded) -> _Found | None:
    """Figures that came in before the time of which the ledger still tells are left out."""
    told: dict[date, int] = {}
    untold = set()  # loadings of a time when the ledger was told their number only
    for event in ledger.told(FiguresLoaded.name, meter=meter.id):
        if "figures" in event.data:
            told.update(figures_told(str(event.data["figures"])))
        else:
            untold.add(event.subject)
    rows = LoadedFigure.objects.filter(meter=meter.id, superseded_at__isnull=True)
    rows = rows.exclude(loading__public_id__in=untold)
    since = ledger.whole_since()
    shown = {
        month: int(value)
        for month, value, at in rows.values_list("month", "value", "loading__loaded_at")
        if month in told or since is None or at >= since
    }
    if not told and not shown:
        return None
    months = sorted({*told, *shown})
    found = _Found(first=months[0], last=next_month(months[-1]) - timedelta(days=1))
    found.take(meter.id, _by_month(shown), _by_month(told))
    found.held, found.counted = sum(shown.values()), sum(told.values())
    return found


def _by_month(figures: Mapping[date, int]) -> dict[Key, int]:
    return {("month", day_start(month), WHOLE): value for month, value in figures.items()}


@transaction.atomic
def _keep(meter: Counter | Loaded, found: _Found, now: datetime) -> Recount:
    """The row of a recount. One that began before the last one was begun is kept as superseded."""
    before = current_recounts([meter.id]).select_for_update().first()
    newer = before is None or before.checked_at <= now
    if before and newer:
        before.superseded_at = now
        before.save(update_fields=["superseded_at"])
    kept = Recount.objects.create(
        meter=meter.id,
        checked_at=now,
        first_day=found.first,
        last_day=found.last,
        compared=found.compared,
        differing=found.differing,
        held=found.held,
        counted=found.counted,
        superseded_at=None if newer else now,
    )
    RecountDifference.objects.bulk_create(
        RecountDifference(
            recount=kept,
            grain=each.grain,
            start=each.start,
            slice=each.slice,
            held=each.held,
            counted=each.counted,
        )
        for each in found.differences
    )
    if newer and _is_news(found, before):
        event = SumsDiffer(subject=kept.public_id, meter=meter.id, sums=found.differing)
        record(event, clock=lambda: now)
    return kept


def _is_news(found: _Found, before: Recount | None) -> bool:
    """Whether a difference was not there the last time. The months of today grow on both sides, so one
    is known again by what lies between the two."""
    if before is None or not before.differing:
        return found.differing > 0
    if before.differing > KEPT:
        return found.differing > before.differing
    known = {
        (each.grain, each.start, each.slice, each.held - each.counted)
        for each in before.differences.all()
    }
    return any(
        (each.grain, each.start, each.slice, each.held - each.counted) not in known
        for each in found.differences
    )
