"""Brings stored values and meters together: each year's figure, the latest one, and its judgement."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tsunagari.engines.plan.models import Evidence, Indicator, Target, Value
from tsunagari.engines.plan.queries.board import EvidenceLink, Result
from tsunagari.engines.plan.queries.past_meters import months_until
from tsunagari.engines.plan.rules.forecast import Forecast, foretell
from tsunagari.engines.plan.rules.progress import (
    ONE,
    UNTOLD,
    Accumulate,
    Actual,
    Aim,
    Direction,
    Portion,
    Progress,
    Scale,
    adds_up,
    judge,
    over_time,
)
from tsunagari.kernel.i18n.days import (
    FiscalYear,
    day_start,
    japan_day,
    month_start,
    next_month,
)
from tsunagari.kernel.metering import api as metering

DIRECTIONS: dict[str, Direction] = {
    "up": "up",
    "down": "down",
    "keep": "keep",
    "range": "range",
    "milestone": "milestone",
}
ACCUMULATIONS: dict[str, Accumulate] = {
    "flow": "flow",
    "stock": "stock",
    "latest": "latest",
    "ratio": "ratio",
}
LAST_MONTH = 3
"""March: with it a fiscal year ends."""


@dataclass(frozen=True, kw_only=True)
class Metered:
    """What an indicator's meter says: its months so far, each with its fiscal year."""

    points: tuple[metering.Point, ...]

    @classmethod
    def read(
        cls, meter_ids: Collection[str], *, first_year: int, now: datetime, past: bool = False
    ) -> dict[str, "Metered"]:
        """One read of the months of all these meters, by id; the years are made from them. A page's
        queries do not grow with its meters. `past`: `now` is a moment gone by, up to which they speak."""
        start = FiscalYear(min(first_year, FiscalYear.at(now).year)).start
        if past:
            found = months_until(meter_ids, start=start, until=now)
        else:
            found = metering.series_of(meter_ids, grain="month", start=start, end=now)
        return {meter_id: cls(points=points) for meter_id, points in found.items()}

    @property
    def began_at(self) -> datetime | None:
        """When this installation began to count; None for figures that come from outside."""
        return next((point.figure.began_at for point in self.points if point.figure.began_at), None)

    @property
    def outside(self) -> bool:
        """Whether the figures come from outside, month by month."""
        return any(point.figure.origin == "loaded" for point in self.points)

    def whole_months(self, year: FiscalYear) -> tuple[Decimal | None, ...]:
        """The figures of a year's months; one that began before counting did is not known."""
        began = self.began_at
        return tuple(
            None if began and point.start < began else point.figure.value
            for point in self.months_of(year)
        )

    def months_of(self, year: FiscalYear) -> tuple[metering.Point, ...]:
        """The months of one fiscal year that have begun."""
        first, after = year.start, year.end
        return tuple(point for point in self.points if first <= point.start < after)


def aim_of(indicator: Indicator, targets: Sequence[Target], values: Sequence[Value]) -> Aim:
    """What an indicator is to reach, from its standing targets and its baseline."""
    baseline = baseline_of(indicator, values)
    last = targets[-1] if targets else None
    return Aim(
        direction=DIRECTIONS[indicator.direction],
        accumulate=ACCUMULATIONS[indicator.accumulate],
        baseline=baseline.value if baseline else None,
        baseline_year=indicator.baseline_year,
        target=last.value if last else None,
        target_year=last.fiscal_year if last else None,
        yearly={target.fiscal_year: target.value for target in targets},
        low=indicator.low,
        high=indicator.high,
    )


def links(rows: Iterable[Evidence]) -> tuple[EvidenceLink, ...]:
    """Evidence as screens show it."""
    return tuple(
        EvidenceLink(
            public_id=each.public_id,
            title=each.title,
            address=each.address,
            file_name=each.file_name,
            size=each.size,
            public=each.public,
            withdrawn_at=each.withdrawn_at,
            withdrawn_reason=each.withdrawn_reason,
        )
        for each in rows
    )


def baseline_of(indicator: Indicator, values: Sequence[Value]) -> Value | None:
    """The standing value of the baseline's year."""
    return next(
        (v for v in values if v.fiscal_year == indicator.baseline_year and v.month is None), None
    )


@dataclass(frozen=True, kw_only=True)
class Stock:
    """What is known of one indicator: how it adds up, its standing values with what stands behind them,
    and its meter's months (None without a meter).

    `yearly` keeps what the values come to, by fiscal year and by the running year at which one asks: it is
    worked out once for all who read the same rows.
    """

    aim: Aim
    factor: int
    values: Sequence[Value]
    evidence: Mapping[int, Sequence[Evidence]]
    metered: Metered | None
    yearly: dict[tuple[int, int], Result | None] = field(default_factory=dict)


def results_of(stock: Stock, now: datetime) -> tuple[Result, ...]:
    """Each fiscal year's known figure, oldest first. A stored whole-year figure goes before the meter,
    a stored month before the same month of the meter."""
    running = FiscalYear.at(now)
    by_year: dict[int, list[Value]] = {}
    for value in stock.values:
        by_year.setdefault(value.fiscal_year, []).append(value)
    metered = stock.metered
    counted = {FiscalYear.at(p.start).year for p in metered.points} if metered else set()
    found = (
        _of_year(stock, by_year.get(year, []), FiscalYear(year), running)
        for year in sorted(counted | set(by_year))
    )
    return tuple(result for result in found if result)


def _of_year(
    stock: Stock, values: Sequence[Value], year: FiscalYear, running: FiscalYear
) -> Result | None:
    metered = stock.metered
    counted = _metered(stock, metered, year, running) if metered else None
    asked = year.year, running.year
    if asked not in stock.yearly:
        stock.yearly[asked] = _stored(stock, values, running.year)
    stored = stock.yearly[asked]
    if stored is None or counted is None or metered is None:
        return stored or counted
    if any(v.month is None and v.value is not None for v in values):
        return replace(stored, counted=counted.value)
    return _begun_by_hand(stock, values, metered, counted)


def as_result(value: Value, evidence: Sequence[Evidence] = (), *, running: int) -> Result | None:
    """A stored figure of a year; None where it says that nothing is known. One that was recorded while its
    year ran, and not confirmed since, speaks of that moment only, unless it is an estimate of the whole.
    `running` is the fiscal year now."""
    if value.value is None:
        return None
    whole = value.origin == "estimated" or (value.fiscal_year < running and not _is_early(value))
    return Result(
        year=value.fiscal_year,
        value=value.value,
        origin=value.origin,
        whole=whole,
        status=value.status if whole else "provisional",
        as_of=None if whole else value.recorded_at,
        numerator=value.numerator,
        denominator=value.denominator,
        source="" if value.from_pack else value.source,
        reason=value.reason,
        evidence=links(evidence),
    )


def _is_early(value: Value) -> bool:
    return value.status == "provisional" and value.recorded_at < FiscalYear(value.fiscal_year).end


def _stored(stock: Stock, values: Sequence[Value], running: int) -> Result | None:
    whole = next((v for v in values if v.month is None and v.value is not None), None)
    if whole:
        return as_result(whole, stock.evidence.get(whole.pk, ()), running=running)
    months = sorted((v for v in values if v.month), key=lambda v: ((v.month or 0) - 4) % 12)
    portions = [_portion(v) for v in months]
    total = _total(stock, portions)
    if total is None:
        return None
    year = months[0].fiscal_year
    known = {v.month or 0 for v in months if v.value is not None}
    complete = year < running and not lacking(stock.aim, known)
    return Result(
        year=year,
        value=total,
        origin=months[-1].origin,
        whole=complete,
        status=_status(months) if complete else "provisional",
        numerator=_added(portions, "numerator"),
        denominator=_added(portions, "denominator"),
        through=None if complete else _last_day(months[-1]),
        gaps=not complete and has_gaps(stock.aim, known),
    )


def lacking(aim: Aim, known: Collection[int]) -> bool:
    """Whether these months (1 to 12) do not yet make a year: what adds up needs each of them, a total
    the last one, a survey any."""
    if adds_up(aim):
        return len(known) < 12
    return LAST_MONTH not in known if aim.accumulate == "stock" else not known


def has_gaps(aim: Aim, known: Collection[int]) -> bool:
    """Whether what adds up lacks a month before the last known one."""
    last = max(((month - 4) % 12 for month in known), default=-1)
    return adds_up(aim) and len(known) <= last


def _begun_by_hand(
    stock: Stock, values: Sequence[Value], metered: Metered, counted: Result
) -> Result:
    """A year that was entered by the month until its meter began: each month is taken once."""
    year, began = FiscalYear(counted.year), metered.began_at
    months = {japan_day(p.start).month: _counted(p) for p in metered.months_of(year)}
    typed = {v.month: _portion(v) for v in values if v.month and v.value is not None}
    known = {**months, **typed}
    portions = [known[first.month] for first in year.months if first.month in known]
    total = _total(stock, portions)
    unknown = [
        first
        for first in year.months
        if first.month not in typed and began and day_start(first) < began
    ]
    told = {month for month, portion in known.items() if _is_told(portion)}
    told -= {first.month for first in unknown}
    over = counted.whole or counted.year < FiscalYear.at(metered.points[-1].start).year
    whole = over and not lacking(stock.aim, told)
    return replace(
        counted,
        value=counted.value if total is None else total,
        origin="summed",
        whole=whole,
        status="final" if whole else "provisional",
        numerator=_added(portions, "numerator"),
        denominator=_added(portions, "denominator"),
        as_of=None if whole else counted.as_of,
        through=None if whole else counted.through,
        began_at=began if unknown else None,
        gaps=not whole and not unknown and has_gaps(stock.aim, told),
    )


def _is_told(portion: Portion) -> bool:
    """Whether a month is known; a ratio's month without any case is."""
    return portion.value is not None or portion.denominator is not None


def _counted(point: metering.Point) -> Portion:
    figure = point.figure
    return Portion(value=figure.value, numerator=figure.numerator, denominator=figure.denominator)


def _last_day(value: Value) -> date:
    month = value.month or 4
    first = date(value.fiscal_year + (month < 4), month, 1)
    return next_month(first) - timedelta(days=1)


def _status(months: Sequence[Value]) -> str:
    """The status of a year of months: provisional as long as one is, revised where one was."""
    found = {value.status for value in months}
    return next((each for each in ("provisional", "revised") if each in found), "final")


def _portion(value: Value) -> Portion:
    return Portion(value=value.value, numerator=value.numerator, denominator=value.denominator)


def _total(stock: Stock, portions: Sequence[Portion]) -> Decimal | None:
    """The figure of the parts; a quotient in the indicator's unit."""
    total = over_time(stock.aim.accumulate, portions)
    if total is not None and stock.aim.accumulate == "ratio":
        return total * stock.factor
    return total


def _added(portions: Sequence[Portion], part: str) -> Decimal | None:
    known = [getattr(each, part) for each in portions if getattr(each, part) is not None]
    return sum(known, Decimal(0)) if known else None


def _metered(
    stock: Stock, metered: Metered, year: FiscalYear, running: FiscalYear
) -> Result | None:
    months = metered.months_of(year)
    value = _total(stock, portions := [_counted(p) for p in months])
    if value is None:
        return None
    began = metered.began_at
    last = next(p for p in reversed(months) if p.figure.value is not None)
    loaded = last.figure.origin == "loaded"
    # What was never loaded is no zero.
    known = {japan_day(p.start).month for p in months if _is_told(_counted(p))}
    short = loaded and lacking(stock.aim, known)
    whole = year < running and not short and not (began and began > year.start)
    return Result(
        year=year.year,
        value=value,
        origin=last.figure.origin,
        whole=whole,
        status="final" if whole else "provisional",
        numerator=_added(portions, "numerator"),
        denominator=_added(portions, "denominator"),
        as_of=None if loaded or whole else last.figure.as_of,
        through=japan_day(month_end(last.start) - timedelta(seconds=1))
        if loaded and not whole
        else None,
        began_at=began,
        gaps=loaded and not whole and has_gaps(stock.aim, known),
    )


def forecast_of(stock: Stock, now: datetime) -> Forecast | None:
    """Where the running year's count will end; only for what adds up over a year and is counted live."""
    metered, year = stock.metered, FiscalYear.at(now)
    if metered is None or stock.aim.accumulate != "flow":
        return None
    if metered.began_at and metered.began_at > year.start:
        return None
    months = [p.figure.value for p in metered.months_of(year)]
    known = [value for value in months if value is not None]
    if not known or metered.outside:
        return None
    month = day_start(month_start(japan_day(now)))
    gone = (now - month).total_seconds() / (month_end(month) - month).total_seconds()
    first = min((FiscalYear.at(p.start).year for p in metered.points), default=year.year)
    return foretell(
        year=year.year,
        so_far=sum(known, Decimal(0)),
        elapsed=elapsed(year, now),
        month=len(months) - 1,
        month_elapsed=Decimal(str(round(gone, 4))),
        earlier={y: metered.whole_months(FiscalYear(y)) for y in range(first, year.year)},
    )


def month_end(start: datetime) -> datetime:
    """The first moment after the month that begins at `start`."""
    return day_start(month_start(japan_day(start) + timedelta(days=32)))


def judged(
    aim: Aim, results: Sequence[Result], *, has_meter: bool, scale: Scale, now: datetime
) -> tuple[Result | None, Progress]:
    """The latest result after the baseline and its judgement.

    A running year that cannot be judged yet gives way to the last year that can; with neither, the
    running one is shown as what it is. What was to be reached in a year that is over stays judged by
    that year, whatever came after; a stock may still reach its target later.
    """
    after = [
        r for r in reversed(results) if aim.baseline_year is None or r.year > aim.baseline_year
    ]

    def tried(results: Iterable[Result]) -> Iterator[tuple[Result, Progress]]:
        for each in results:
            yield each, judge(aim, _actual(each, has_meter=has_meter, now=now), scale)

    def told(results: Iterable[Result]) -> tuple[Result, Progress] | None:
        return next((p for p in tried(results) if p[1].status not in UNTOLD), None)

    latest, due = told(after), told(r for r in after if r.year == aim.target_year)
    if latest and due and latest[0] is not due[0] and aim.accumulate != "stock":
        return due[0], replace(due[1], reason=due[1].reason or "target_year_over")
    if latest and due and latest[1].status == "achieved" and due[1].status != "achieved":
        return latest[0], replace(latest[1], reason="reached_late")
    if latest:
        return latest
    if after:
        return next(tried(after))
    year = FiscalYear.at(now)
    return None, judge(
        aim,
        Actual(year=year.year, value=None, elapsed=elapsed(year, now), has_meter=has_meter),
        scale,
    )


def _actual(result: Result, *, has_meter: bool, now: datetime) -> Actual:
    year = FiscalYear(result.year)
    began = result.began_at
    over = year < FiscalYear.at(now)
    return Actual(
        year=result.year,
        value=result.value,
        elapsed=ONE if result.whole else elapsed(year, _until(result, now)),
        began_inside=bool(began and year.start < began < year.end),
        gaps=result.gaps or (over and not result.whole),
        has_meter=has_meter,
    )


def _until(result: Result, now: datetime) -> datetime:
    """The moment up to which a result speaks: the end of the last month that was loaded, when it was
    counted or recorded, or now."""
    if result.through:
        return day_start(result.through + timedelta(days=1))
    return result.as_of or now


def elapsed(year: FiscalYear, now: datetime) -> Decimal:
    """The share of a fiscal year that has passed, from 0 to 1."""
    whole = Decimal((year.end - year.start).days)
    gone = Decimal((now - year.start).total_seconds()) / Decimal(86400)
    return max(Decimal(0), min(ONE, gone / whole))
