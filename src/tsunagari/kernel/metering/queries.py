"""Reads of metering. A dashboard reads roll-ups only: its cost does not grow with the events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.db.models import Sum as Total
from django.utils.translation import gettext

from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.metering.declare import Counter, Gauge, Loaded, Meter, PageViews, Ratio, Sum
from tsunagari.kernel.metering.models import (
    Began,
    GaugeValue,
    LoadedFigure,
    Loading,
    PendingViews,
    Reached,
    Recount,
    Rollup,
    ViewBatch,
)
from tsunagari.kernel.metering.rules import (
    WHOLE,
    Declared,
    Figure,
    Grain,
    Period,
    Point,
    RecountResult,
    next_start,
    period_start,
    slice_dimensions,
    worst,
)

DECLARED = Declared()
"""What the door has let in."""


def meter_named(meter_id: str) -> Meter:
    """One declared meter; KeyError in a sentence when there is none."""
    if meter_id not in DECLARED.meters:
        raise KeyError(
            f"there is no meter {meter_id!r}; there are: {', '.join(sorted(DECLARED.meters))}"
        )
    return DECLARED.meters[meter_id]


def series(meter_id: str, *, grain: Grain, start: datetime, end: datetime) -> tuple[Point, ...]:
    """Every period that begins in [start, end), each with its figure (value None: nothing known)."""
    return series_of([meter_id], grain=grain, start=start, end=end)[meter_id]


def series_of(
    meter_ids: Iterable[str], *, grain: Grain, start: datetime, end: datetime
) -> dict[str, tuple[Point, ...]]:
    """The series of many meters by their ids, with as many queries as for one."""
    meters = [meter_named(meter_id) for meter_id in meter_ids]
    starts = _starts(grain, start, end)
    if not starts or not meters:
        return {meter.id: () for meter in meters}
    held = _held(meters, grain, starts)
    found = {meter.id: _figures(meter, grain, starts, held) for meter in meters}
    return {
        name: tuple(Point(start=each, grain=grain, figure=figures[each]) for each in starts)
        for name, figures in found.items()
    }


def figure(meter_id: str, *, grain: Grain, start: datetime) -> Figure:
    """The figure of one period."""
    return figures([meter_id], grain=grain, start=start)[meter_id]


def figures(meter_ids: Iterable[str], *, grain: Grain, start: datetime) -> dict[str, Figure]:
    """The figures of one period of many meters, with as many queries as for one."""
    first = period_start(grain, start)
    meters = [meter_named(meter_id) for meter_id in meter_ids]
    held = _held(meters, grain, [first])
    return {meter.id: _figures(meter, grain, [first], held)[first] for meter in meters}


def _starts(grain: Grain, start: datetime, end: datetime) -> list[datetime]:
    first = period_start(grain, start)
    if first < start:
        first = next_start(grain, first)
    starts = []
    while first < end:
        starts.append(first)
        first = next_start(grain, first)
    return starts


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the tables hold of some meters in some periods, by meter."""

    totals: Mapping[tuple[str, datetime], int]
    began: Mapping[str, datetime]
    reached: Mapping[str, datetime]
    gauged: Mapping[str, Sequence[GaugeValue]]
    loaded: Mapping[str, Sequence[tuple[date, Decimal, datetime]]]


def _held(meters: Iterable[Meter], grain: Grain, starts: list[datetime]) -> Held:
    needed = {each.id: each for meter in meters for each in _made_of(meter)}
    counters = [name for name, each in needed.items() if isinstance(each, Counter)]
    gauges = [name for name, each in needed.items() if isinstance(each, Gauge)]
    outside = [name for name, each in needed.items() if isinstance(each, Loaded)]
    totals = Rollup.objects.filter(
        meter__in=counters, grain=grain, slice=WHOLE, start__gte=starts[0], start__lte=starts[-1]
    ).values_list("meter", "start", "total")
    began = Began.objects.filter(meter__in=[*counters, *gauges]).values_list("meter", "at")
    return Held(
        totals={(name, start): total for name, start, total in totals},
        began=dict(began),
        reached=dict(Reached.objects.values_list("source", "at")) if counters else {},
        gauged=_gauge_values(gauges, grain, starts),
        loaded=_loaded_months(outside, grain, starts),
    )


def _made_of(meter: Meter) -> list[Meter]:
    """The meters that hold figures of their own: parts of parts, or itself."""
    if isinstance(meter, Ratio):
        parts: tuple[str, ...] = (meter.numerator, meter.denominator)
    elif isinstance(meter, Sum):
        parts = meter.parts
    else:
        return [meter]
    return [each for part in parts for each in _made_of(meter_named(part))]


def _gauge_values(
    gauges: list[str], grain: Grain, starts: list[datetime]
) -> dict[str, list[GaugeValue]]:
    if grain == "hour":
        return {}
    rows = GaugeValue.objects.filter(
        meter__in=gauges,
        slice=WHOLE,
        day__gte=japan_day(starts[0]),
        day__lt=japan_day(next_start(grain, starts[-1])),
    ).order_by("day")
    found: dict[str, list[GaugeValue]] = {}
    for row in rows:
        found.setdefault(row.meter, []).append(row)
    return found


def _loaded_months(
    outside: list[str], grain: Grain, starts: list[datetime]
) -> dict[str, list[tuple[date, Decimal, datetime]]]:
    if grain in ("hour", "day"):
        return {}
    rows = (
        LoadedFigure.objects.filter(
            meter__in=outside,
            superseded_at__isnull=True,
            month__gte=japan_day(starts[0]),
            month__lt=japan_day(next_start(grain, starts[-1])),
        )
        .order_by("month")
        .values_list("meter", "month", "value", "loading__loaded_at")
    )
    found: dict[str, list[tuple[date, Decimal, datetime]]] = {}
    for name, month, value, loaded_at in rows:
        found.setdefault(name, []).append((month, value, loaded_at))
    return found


def _figures(
    meter: Meter, grain: Grain, starts: list[datetime], held: Held
) -> dict[datetime, Figure]:
    if isinstance(meter, Counter):
        return _counted(meter, grain, starts, held)
    if isinstance(meter, Gauge):
        return _gauged(meter, grain, starts, held)
    if isinstance(meter, Loaded):
        return _loaded(meter, grain, starts, held)
    if isinstance(meter, Ratio):
        return _divided(meter, grain, starts, held)
    if isinstance(meter, Sum):
        return _summed(meter, grain, starts, held)
    raise TypeError(f"{type(meter).__name__} is not one of the five kinds of meter.")


def _counted(
    meter: Counter, grain: Grain, starts: list[datetime], held: Held
) -> dict[datetime, Figure]:
    began = held.began.get(meter.id)
    reached = held.reached.get("views" if isinstance(meter.counts, PageViews) else "events")

    def one(start: datetime) -> Figure:
        total = held.totals.get((meter.id, start))
        counted = began is not None and began < next_start(grain, start)
        known = total is not None or (counted and reached is not None and start <= reached)
        value = Decimal(total or 0) if known else None
        return Figure(value=value, origin="metered", as_of=reached, began_at=began)

    return {start: one(start) for start in starts}


def _gauged(
    meter: Gauge, grain: Grain, starts: list[datetime], held: Held
) -> dict[datetime, Figure]:
    began = held.began.get(meter.id)
    last: dict[datetime, Figure] = {}
    for row in held.gauged.get(meter.id, ()):
        start = period_start(grain, row.read_at)
        last[start] = Figure(
            value=Decimal(row.value), origin="metered", as_of=row.read_at, began_at=began
        )
    nothing = Figure(value=None, origin="metered", began_at=began)
    return {start: last.get(start, nothing) for start in starts}


def _loaded(
    meter: Loaded, grain: Grain, starts: list[datetime], held: Held
) -> dict[datetime, Figure]:
    nothing = Figure(value=None, origin="loaded")
    found: dict[datetime, Figure] = {}
    for month, value, loaded_at in held.loaded.get(meter.id, ()):
        start = FiscalYear.of(month).start if grain == "fiscal_year" else day_start(month)
        before = found.get(start, nothing).value
        added = value + before if meter.adds == "flow" and before is not None else value
        found[start] = Figure(value=added, origin="loaded", as_of=loaded_at)
    return {start: found.get(start, nothing) for start in starts}


def _divided(
    meter: Ratio, grain: Grain, starts: list[datetime], held: Held
) -> dict[datetime, Figure]:
    above = _figures(meter_named(meter.numerator), grain, starts, held)
    below = _figures(meter_named(meter.denominator), grain, starts, held)

    def one(start: datetime) -> Figure:
        up, down = above[start], below[start]
        value = up.value / down.value if up.value is not None and down.value else None
        return replace(
            up,
            value=value,
            numerator=up.value,
            denominator=down.value,
            parts=((meter.numerator, up), (meter.denominator, down)),
        )

    return {start: one(start) for start in starts}


def _summed(meter: Sum, grain: Grain, starts: list[datetime], held: Held) -> dict[datetime, Figure]:
    by_part = {part: _figures(meter_named(part), grain, starts, held) for part in meter.parts}

    def one(start: datetime) -> Figure:
        parts = tuple((part, figures[start]) for part, figures in by_part.items())
        known = [part.value for _, part in parts if part.value is not None]
        moments = [part.as_of for _, part in parts if part.as_of]
        return Figure(
            value=sum(known, Decimal(0)) if known else None,
            origin="summed",
            as_of=min(moments) if moments else None,
            parts=parts,
        )

    return {start: one(start) for start in starts}


def slices(
    meter_id: str,
    *,
    grain: Grain,
    start: datetime,
    end: datetime | None = None,
    by: Iterable[str] = (),
) -> tuple[tuple[dict[str, str], int], ...]:
    """The parts of one period by dimension, greatest first; with `end`, of all periods that begin
    before it. `by` names the dimensions to keep; without it all are kept."""
    meter_named(meter_id)
    first = period_start(grain, start)
    rows = (
        Rollup.objects.filter(
            meter=meter_id, grain=grain, start__gte=first, start__lt=end or next_start(grain, first)
        )
        .exclude(slice=WHOLE)
        .values_list("slice")
        .annotate(sum=Total("total"))
    )
    kept = tuple(by)
    grouped: dict[tuple[tuple[str, str], ...], int] = {}
    for name, count in rows:
        dimensions = slice_dimensions(name)
        key = tuple((each, held) for each, held in dimensions.items() if not kept or each in kept)
        grouped[key] = grouped.get(key, 0) + count
    return tuple(
        (dict(key), count) for key, count in sorted(grouped.items(), key=lambda item: -item[1])
    )


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What stands behind one figure: the periods it is made of, its parts by dimension, and what was
    written down while counting.

    `rows` are the finer periods (none for an hour). `records` counts the written records of an hour
    and `recorded` is their sum, None where nothing is written down, where retention has removed it, and
    for longer periods.
    """

    meter: Meter
    period: Period
    figure: Figure
    rows: tuple[Point, ...]
    slices: tuple[tuple[dict[str, str], int], ...]
    records: int | None
    recorded: int | None


def trace(meter_id: str, period: Period) -> Trace:
    """The trace of one period of one meter."""
    meter = meter_named(meter_id)
    rows: tuple[Point, ...] = ()
    if period.finer:
        rows = series(meter_id, grain=period.finer, start=period.start, end=period.end)
    records, recorded = _records(meter, period) if period.grain == "hour" else (None, None)
    return Trace(
        meter=meter,
        period=period,
        figure=figure(meter_id, grain=period.grain, start=period.start),
        rows=rows,
        slices=slices(meter_id, grain=period.grain, start=period.start),
        records=records,
        recorded=recorded,
    )


def _records(meter: Meter, period: Period) -> tuple[int | None, int | None]:
    if not isinstance(meter, Counter):
        return None, None
    if isinstance(meter.counts, PageViews):
        batches = ViewBatch.objects.filter(hour=period.start)
        if meter.counts.service:
            batches = batches.filter(service=meter.counts.service)
        found = batches.aggregate(records=Count("id"), recorded=Total("count"))
        return found["records"], found["recorded"] or 0
    whole_since = ledger.whole_since()
    if whole_since is not None and period.start < whole_since:
        return None, None
    return ledger.written(
        meter.counts.name,
        since=period.start,
        until=period.end,
        amount=meter.counts.amount,
        where=meter.counts.where,
    )


def loadings(meter_id: str, *, limit: int = 50) -> list[Loading]:
    """The newest loadings of a meter, newest first."""
    return list(Loading.objects.filter(meter=meter_id).order_by("-loaded_at", "-id")[:limit])


def recounted_by(meter: Meter) -> list[Counter | Loaded]:
    """The meters whose recounts tell of this one: itself, or the parts of a Ratio or a Sum. A Gauge
    reads a state that is gone the next day, so nothing is left of which it could be counted anew."""
    return [each for each in _made_of(meter) if isinstance(each, Counter | Loaded)]


def last_recount(meter_id: str) -> RecountResult | None:
    """What the last recount of a meter found; None where none was done or none can be."""
    return last_recounts([meter_id])[meter_id]


def last_recounts(meter_ids: Iterable[str]) -> dict[str, RecountResult | None]:
    """The last recounts of many meters by their ids, in one query. For a Ratio or a Sum the worst of its
    parts, and None while one of them has not been recounted."""
    parts = {each: [part.id for part in recounted_by(meter_named(each))] for each in meter_ids}
    needed = {part for several in parts.values() for part in several}
    found = {row.meter: recount_result(row) for row in current_recounts(needed)}
    return {
        name: worst(found[part] for part in several) if found.keys() >= set(several) else None
        for name, several in parts.items()
    }


def current_recounts(meter_ids: Iterable[str]) -> QuerySet[Recount]:
    """The rows of the last recounts of these meters."""
    return Recount.objects.filter(meter__in=meter_ids, superseded_at__isnull=True)


def differing_recounts() -> list[Recount]:
    """The last recounts that found a difference, of meters that are still declared, the oldest first."""
    rows = current_recounts(DECLARED.meters).filter(differing__gt=0)
    return list(rows.order_by("checked_at", "meter"))


def earlier_recounts(meter_id: str, *, limit: int = 30) -> list[Recount]:
    """The newest recounts of a meter, newest first."""
    return list(Recount.objects.filter(meter=meter_id).order_by("-checked_at", "-id")[:limit])


def slice_in_words(name: str) -> list[str]:
    """What a slice's dimensions hold, in the reader's language; nothing for all slices together."""
    held = slice_dimensions(name)
    return [held_in_words(dimension, held) for dimension in held]


def held_in_words(dimension: str, held: Mapping[str, str]) -> str:
    """What one dimension of a slice holds, in the reader's language."""
    value = held.get(dimension, "")
    key = f"{held['service']}.{value}" if dimension == "page" and "service" in held else value
    words = DECLARED.words.get((dimension, key), "")
    return gettext(words) if words else value or gettext("（なし）")


def recount_result(row: Recount) -> RecountResult:
    """A row as plain data."""
    return RecountResult(
        meter=row.meter,
        checked_at=row.checked_at,
        first_day=row.first_day,
        last_day=row.last_day,
        compared=row.compared,
        differing=row.differing,
        held=row.held,
        counted=row.counted,
        mending_asked_at=row.mending_asked_at,
    )


def waiting_views() -> int:
    """How many written rows of page views no sum holds yet."""
    return PendingViews.objects.count()
