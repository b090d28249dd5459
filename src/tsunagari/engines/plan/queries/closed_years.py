"""A plan as it stood when one fiscal year was over: no figure of a later year is in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from django.utils import translation

from tsunagari.engines.plan.models import Indicator, Measure, Plan, Target
from tsunagari.engines.plan.queries.board import PlanBoard, Result
from tsunagari.engines.plan.queries.heads import head_of, scale_head
from tsunagari.engines.plan.queries.marks import mark
from tsunagari.engines.plan.queries.reading import Reading
from tsunagari.engines.plan.queries.results import Metered, Stock, judged
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.engines.plan.rules.progress import Aim, Progress, Scale
from tsunagari.kernel.i18n.days import FiscalYear, japan_day

Before = Mapping[tuple[str, int], Decimal | None]
"""Targets as they were before something changed them, by the indicator's public id and the target's fiscal
year; None where there was none."""

EMPTY: Final[Before] = MappingProxyType({})

Months = tuple[Decimal | None, ...]
"""Twelve figures, April first; None where nothing is known."""


@dataclass(frozen=True, kw_only=True)
class ClosedYear:
    """A plan judged by the figures up to one fiscal year, and that year's months by the indicator's
    public id (of those of which a month is known)."""

    board: PlanBoard
    months: dict[str, Months]


def closed_years(
    code: str, year: int, *, now: datetime, languages: Iterable[str], before: Before = EMPTY
) -> dict[str, ClosedYear]:
    """A plan at the end of a fiscal year, or now while that year runs, by language. Empty where there is no
    such plan or it has no measures. As many queries as a plan's board for each language.

    `before` holds the targets that changed for later years only: this one is judged by what stood in it. The
    figures are the same in each language: a meter that goes on counting is asked once.
    """
    moment = min(now, FiscalYear(year).end)
    told: dict[str, ClosedYear] = {}
    metered: Mapping[str, Metered] | None = None
    for language in languages:
        held = snapshot(language)
        plan = held.plans.get(code)
        if plan is None or not held.measures[plan.pk]:
            return {}
        reading = _ReadingUpTo(
            held, held.measures[plan.pk], now=moment, year=year, before=before, metered=metered
        )
        metered = reading.metered
        with translation.override(language):
            told[language] = _closed(plan, reading)
    return told


def _closed(plan: Plan, reading: "_ReadingUpTo") -> ClosedYear:
    held = reading.held
    measures = held.measures[plan.pk]
    board = PlanBoard(
        head=head_of(plan, held, reading.now),
        measures=tuple(reading.measure(measure) for measure in measures),
    )
    indicators = [each for measure in measures for each in held.indicators[measure.pk]]
    months = {each.public_id: reading.months(each) for each in indicators}
    return ClosedYear(
        board=board,
        months={key: found for key, found in months.items() if any(v is not None for v in found)},
    )


def months_of_year(
    code: str, measures: Collection[str], year: int, *, now: datetime
) -> Mapping[str, Months]:
    """By an indicator's public id, the months of a fiscal year, of these measures (public ids) of a plan. As
    many queries as their meters need."""
    held = snapshot("ja")
    plan = held.plans.get(code)
    own = [each for each in held.measures[plan.pk] if each.public_id in measures] if plan else []
    reading = _ReadingUpTo(held, own, now=min(now, FiscalYear(year).end), year=year)
    return {
        each.public_id: reading.months(each)
        for measure in own
        for each in held.indicators[measure.pk]
    }


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A judgement with its word, and the letter of the plan's scale ("" where it shows words alone)."""

    progress: Progress
    title: str
    grade: str


def judge_closed(
    code: str, year: int, aim: Aim, results: Sequence[Result], *, language: str
) -> Judged:
    """How figures that were kept apart from the tables are judged at the end of a fiscal year, by the
    plan's scale as it is now. Raises KeyError for a plan that is not there."""
    held = snapshot(language)
    scale = held.scales[held.plans[code].pk]
    _, progress = judged(
        aim,
        _judging(aim, results, year),
        has_meter=False,
        scale=Scale(on_track=scale.on_track, slightly_behind=scale.slightly_behind),
        now=FiscalYear(year).end,
    )
    grades = scale_head(scale, language).grades
    return Judged(
        progress=progress,
        title=mark(progress.status).title,
        grade=next((each.code for each in grades if progress.status in each.statuses), ""),
    )


def _judging(aim: Aim, results: Sequence[Result], year: int) -> Sequence[Result]:
    """By which results a fiscal year that is over is judged: by its own, not by one of a year before; where
    it has none, one waits for it. A survey stands until the next, and what was due earlier stays judged by
    then."""
    due = aim.target_year is not None and aim.target_year < year
    if due or aim.accumulate == "latest":
        return results
    return [each for each in results if each.year == year]


class _ReadingUpTo(Reading):
    """Reads measures without what came after a fiscal year."""

    def __init__(
        self,
        held: Snapshot,
        measures: Sequence[Measure],
        *,
        now: datetime,
        year: int,
        before: Before = EMPTY,
        metered: Mapping[str, Metered] | None = None,
    ) -> None:
        super().__init__(held, measures, now=now, metered=metered)
        self.year = year
        self.before = before

    def _year_told(self) -> int:
        return self.year  # the moment is the first one after it, so that the year counts as over

    def _results(self, indicator: Indicator, plan: Plan, stock: Stock) -> tuple[Result, ...]:
        found = super()._results(indicator, plan, stock)
        return tuple(each for each in found if each.year <= self.year)

    def _judged(
        self, indicator: Indicator, plan: Plan, aim: Aim, results: Sequence[Result]
    ) -> tuple[Result | None, Progress]:
        over = self.now >= FiscalYear(self.year).end
        own = _judging(aim, results, self.year) if over else results
        return super()._judged(indicator, plan, aim, own)

    def _standing_targets(self, indicator: Indicator) -> Sequence[Target]:
        standing = {each.fiscal_year: each for each in super()._standing_targets(indicator)}
        for (owner, year), value in self.before.items():
            if owner != indicator.public_id:
                continue
            if value is None:
                standing.pop(year, None)
            elif year not in standing or standing[year].value != value:
                standing[year] = Target(indicator=indicator, fiscal_year=year, value=value)
        return [standing[year] for year in sorted(standing)]

    def months(self, indicator: Indicator) -> Months:
        """The months of the year; a stored month goes before the meter's."""
        year = FiscalYear(self.year)
        metered = self.metered.get(indicator.meter)
        points = metered.months_of(year) if metered else ()
        known = {japan_day(point.start).month: point.figure.value for point in points}
        for value in self.held.values[indicator.pk]:
            if value.fiscal_year == self.year and value.month:
                known[value.month] = value.value
        return tuple(known.get(first.month) for first in year.months)
