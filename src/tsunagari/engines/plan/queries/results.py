"""Brings stored values and meters together: each year's figure, the latest one, and its judgement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tsunagari.engines.plan.models import Indicator, Target, Value
from tsunagari.engines.plan.queries.board import Result
from tsunagari.engines.plan.rules.progress import (
    ONE,
    Accumulate,
    Actual,
    Aim,
    Direction,
    Portion,
    Progress,
    judge,
    over_time,
)
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day, month_start
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


@dataclass(frozen=True, kw_only=True)
class Metered:
    """What an indicator's meter says: its months so far, each with its fiscal year."""

    points: tuple[metering.Point, ...]

    @classmethod
    def read(
        cls, meter_ids: Collection[str], *, first_year: int, now: datetime
    ) -> dict[str, "Metered"]:
        """One read of the months of all these meters, by id; the years are made from them. A page's
        queries do not grow with its meters."""
        start = FiscalYear(min(first_year, FiscalYear.at(now).year)).start
        found = metering.series_of(meter_ids, grain="month", start=start, end=now)
        return {meter_id: cls(points=points) for meter_id, points in found.items()}

    @property
    def began_at(self) -> datetime | None:
        """When this installation began to count; None for figures that come from outside."""
        return next((point.figure.began_at for point in self.points if point.figure.began_at), None)

    def months_of(self, year: FiscalYear) -> tuple[metering.Point, ...]:
        """The months of one fiscal year that have begun."""
        return tuple(point for point in self.points if year.start <= point.start < year.end)


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


def baseline_of(indicator: Indicator, values: Sequence[Value]) -> Value | None:
    """The standing value of the baseline's year."""
    return next(
        (v for v in values if v.fiscal_year == indicator.baseline_year and v.month is None), None
    )


def results_of(
    aim: Aim, values: Sequence[Value], metered: Metered | None, now: datetime
) -> tuple[Result, ...]:
    """Each fiscal year's known figure, oldest first. A stored whole-year figure goes before the meter."""
    running = FiscalYear.at(now)
    stored = {v.fiscal_year for v in values}
    years = stored | ({FiscalYear.at(p.start).year for p in metered.points} if metered else set())
    found = (
        _stored(aim, [v for v in values if v.fiscal_year == year], running.year)
        or (_metered(aim, metered, FiscalYear(year), running) if metered else None)
        for year in sorted(years)
    )
    return tuple(result for result in found if result)


def _stored(aim: Aim, values: Sequence[Value], running: int) -> Result | None:
    whole = next((v for v in values if v.month is None and v.value is not None), None)
    if whole and whole.value is not None:
        return Result(year=whole.fiscal_year, value=whole.value, origin=whole.origin, whole=True)
    months = sorted((v for v in values if v.month), key=lambda v: ((v.month or 0) - 4) % 12)
    total = over_time(aim.accumulate, [_portion(v) for v in months])
    if total is None:
        return None
    year = months[0].fiscal_year
    complete = year < running and (aim.accumulate != "flow" or len(months) == 12)
    return Result(year=year, value=total, origin=months[-1].origin, whole=complete)


def _portion(value: Value) -> Portion:
    return Portion(value=value.value, numerator=value.numerator, denominator=value.denominator)


def _metered(aim: Aim, metered: Metered, year: FiscalYear, running: FiscalYear) -> Result | None:
    months = metered.months_of(year)
    value = over_time(
        aim.accumulate,
        [
            Portion(
                value=p.figure.value, numerator=p.figure.numerator, denominator=p.figure.denominator
            )
            for p in months
        ],
    )
    if value is None:
        return None
    began = metered.began_at
    last = next(p for p in reversed(months) if p.figure.value is not None)
    loaded = last.figure.origin == "loaded"
    return Result(
        year=year.year,
        value=value,
        origin=last.figure.origin,
        whole=year < running and not (began and began > year.start),
        as_of=None if loaded else last.figure.as_of,
        through=japan_day(month_end(last.start) - timedelta(seconds=1)) if loaded else None,
        began_at=began,
    )


def month_end(start: datetime) -> datetime:
    """The first moment after the month that begins at `start`."""
    return day_start(month_start(japan_day(start) + timedelta(days=32)))


def judged(
    aim: Aim, results: Sequence[Result], *, has_meter: bool, now: datetime
) -> tuple[Result | None, Progress]:
    """The latest result after the baseline and its judgement.

    A running year that cannot be judged yet gives way to the last year that can; with neither, the
    running one is shown as what it is.
    """
    after = [
        r for r in reversed(results) if aim.baseline_year is None or r.year > aim.baseline_year
    ]
    tried = [
        (result, judge(aim, _actual(result, has_meter=has_meter, now=now))) for result in after
    ]
    for result, progress in tried:
        if progress.status not in ("pending", "no_result"):
            return result, progress
    if tried:
        return tried[0]
    year = FiscalYear.at(now)
    return None, judge(
        aim, Actual(year=year.year, value=None, elapsed=elapsed(year, now), has_meter=has_meter)
    )


def _actual(result: Result, *, has_meter: bool, now: datetime) -> Actual:
    year = FiscalYear(result.year)
    began = result.began_at
    return Actual(
        year=result.year,
        value=result.value,
        elapsed=ONE if result.whole else elapsed(year, _until(result, now)),
        began_inside=bool(began and year.start < began < year.end),
        has_meter=has_meter,
    )


def _until(result: Result, now: datetime) -> datetime:
    """The moment up to which a result speaks: the end of the last month that was loaded, or now."""
    return day_start(result.through + timedelta(days=1)) if result.through else now


def elapsed(year: FiscalYear, now: datetime) -> Decimal:
    """The share of a fiscal year that has passed, from 0 to 1."""
    whole = Decimal((year.end - year.start).days)
    gone = Decimal((now - year.start).total_seconds()) / Decimal(86400)
    return max(Decimal(0), min(ONE, gone / whole))
