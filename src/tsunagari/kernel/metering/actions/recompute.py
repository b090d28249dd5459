"""Recompute: build a meter's sums anew from what was counted, and say where they differed."""

from collections import Counter as Tally
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import Min, Sum

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start, next_month
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.api import first_since, hours_of, lock_follower, record, whole_since
from tsunagari.kernel.metering.actions.absorb_views import hold_views
from tsunagari.kernel.metering.actions.add_up import put
from tsunagari.kernel.metering.declare import Counter, Events, PageViews, SumsMended
from tsunagari.kernel.metering.models import Rollup, ViewBatch
from tsunagari.kernel.metering.rules import (
    GRAINS,
    WHOLE,
    Grain,
    is_sliced,
    period_start,
    slice_name,
)

EVENTS = "meters"
"""The id of the projection that counts events."""

WITHIN_A_MONTH: tuple[Grain, ...] = ("hour", "day", "month")

Key = tuple[str, datetime, str]
"""Grain, start and slice of one sum."""

Hours = dict[tuple[datetime, str], int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One sum that disagreed: what stood there and what was counted. Both whole numbers."""

    meter: str
    grain: str
    start: datetime
    slice: str
    held: int
    counted: int


Tell = Callable[[Difference], object]


def recompute(
    *, meter: Counter, mend: bool, tell: Tell | None = None, clock: Clock = system_clock
) -> int:
    """Compare every sum of `meter` with what was counted, tell each that differs, and with `mend` set
    them right; returns how many differed.

    Goes fiscal year by fiscal year, each in a transaction of its own, and within it month by month: in
    memory are the sums of one month and the differences of one year. Adding up waits while a year is
    compared; servers go on counting. Views that no sum holds yet are left out on both sides. Events of
    emptied batches are gone: their periods are left as they stand.
    """
    found = 0
    moment = datetime.min.replace(tzinfo=UTC)
    while first := _first_since(meter, moment):
        year = FiscalYear.at(first)
        differences = _compare_year(meter, year, mend=mend, clock=clock)
        found += len(differences)
        if tell:
            for each in differences:
                tell(each)
        moment = year.end
    return found


def _first_since(meter: Counter, moment: datetime) -> datetime | None:
    """The first moment for which a sum stands or something was counted."""
    sums = Rollup.objects.filter(meter=meter.id, start__gte=moment)
    firsts = [sums.filter(grain=grain).aggregate(first=Min("start"))["first"] for grain in GRAINS]
    if isinstance(meter.counts, PageViews):
        batches = ViewBatch.objects.filter(hour__gte=moment)
        firsts.append(batches.aggregate(first=Min("hour"))["first"])
    else:
        firsts.append(first_since(moment))
    return min((first for first in firsts if first), default=None)


@transaction.atomic
def _compare_year(
    meter: Counter, year: FiscalYear, *, mend: bool, clock: Clock
) -> list[Difference]:
    upto, told_from = hold_sums(meter)
    differences: list[Difference] = []
    for held, counted in sums_of_year(meter, year, upto=upto):
        differences += _differences(meter, held, counted, told_from, mend=mend)
    if mend and differences:
        event = SumsMended(
            subject=new_public_id(),
            meter=meter.id,
            fiscal_year=year.year,
            periods=len(differences),
        )
        record(event, clock=clock)
    return sorted(differences, key=lambda each: (each.grain, each.start, each.slice))


def sums_of_year(
    meter: Counter, year: FiscalYear, *, upto: int, months: Container[date] | None = None
) -> Iterator[tuple[Mapping[Key, int], Mapping[Key, int]]]:
    """The sums of a fiscal year as they stand and as counted anew, month by month, and those of the
    whole year last. With `months` (their first days) only these are given; all are counted for the
    year. Call it in the transaction that holds the sums (`hold_sums`, which gives `upto`)."""
    whole_year: Tally[str] = Tally()
    for month in year.months:
        start, end = day_start(month), day_start(next_month(month))
        hours = _hours(meter, upto, start, end)
        for (_hour, name), amount in hours.items():
            for part in {WHOLE, name}:
                whole_year[part] += amount
        if months is None or month in months:
            yield _held(meter, WITHIN_A_MONTH, start, end), _sums(meter, hours)
    counted = {("fiscal_year", year.start, part): amount for part, amount in whole_year.items()}
    yield _held(meter, ("fiscal_year",), year.start, year.end), counted


def hold_sums(meter: Counter) -> tuple[int, datetime | None]:
    """Let no sum of the meter move until the transaction ends. Gives the position up to which events
    are in the sums, and the moment from which all of them are still there (None: all are)."""
    if isinstance(meter.counts, PageViews):
        hold_views(shared=False)
        return 0, None
    return lock_follower(EVENTS), whole_since()


def _differences(
    meter: Counter,
    held: Mapping[Key, int],
    counted: Mapping[Key, int],
    told_from: datetime | None,
    *,
    mend: bool,
) -> list[Difference]:
    found = list(differences_of(meter.id, held, counted, told_from))
    if mend:
        put({(d.meter, d.grain, d.start, d.slice): d.counted - d.held for d in found})
    return found


def differences_of(
    meter: str,
    held: Mapping[Key, int],
    counted: Mapping[Key, int],
    told_from: datetime | None = None,
) -> Iterator[Difference]:
    """Every sum that does not stand as it was counted; what was counted before `told_from` is not
    whole any more and tells nothing."""
    return (
        Difference(
            meter=meter, grain=key[0], start=key[1], slice=key[2],
            held=held.get(key, 0), counted=counted.get(key, 0),
        )
        for key in {*held, *counted}
        if held.get(key, 0) != counted.get(key, 0) and (told_from is None or key[1] >= told_from)
    )  # fmt: skip


def _held(
    meter: Counter, grains: tuple[Grain, ...], start: datetime, end: datetime
) -> dict[Key, int]:
    rows = Rollup.objects.filter(
        meter=meter.id, grain__in=grains, start__gte=start, start__lt=end
    ).values_list("grain", "start", "slice", "total")
    return {(grain, at, name): total for grain, at, name, total in rows.iterator()}


def _sums(meter: Counter, hours: Hours) -> Mapping[Key, int]:
    sums: Tally[Key] = Tally()
    for (hour, name), amount in hours.items():
        for grain in WITHIN_A_MONTH:
            at = period_start(grain, hour)
            for part in {WHOLE, name} if is_sliced(grain, meter.slices_from) else {WHOLE}:
                sums[grain, at, part] += amount
    return sums


def _hours(meter: Counter, upto: int, start: datetime, end: datetime) -> Hours:
    """What was counted in one month, by hour and slice."""
    if isinstance(meter.counts, Events):
        rows = hours_of(
            meter.counts.name,
            upto=upto,
            since=start,
            until=end,
            by=meter.dimensions,
            amount=meter.counts.amount,
            where=meter.counts.where,
        )
        return {
            (hour, slice_name(dict(zip(meter.dimensions, held, strict=True)))): amount
            for (hour, held), amount in rows.items()
        }
    batches = ViewBatch.objects.filter(pendingviews__isnull=True, hour__gte=start, hour__lt=end)
    if meter.counts.service:
        batches = batches.filter(service=meter.counts.service)
    views = batches.values("hour", *meter.dimensions).annotate(amount=Sum("count")).order_by()
    return {
        (row["hour"], slice_name({name: row[name] for name in meter.dimensions})): row["amount"]
        for row in views.iterator()
    }
