"""What a division still has to enter: the indicators of one fiscal year, those that miss a figure first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from tsunagari.engines.plan.queries.board import IndicatorState, MeasureState, PlanHead, Result
from tsunagari.engines.plan.queries.heads import head_of
from tsunagari.engines.plan.queries.reading import Reading
from tsunagari.engines.plan.queries.snapshot import snapshot
from tsunagari.engines.plan.queries.working import working_of, working_today
from tsunagari.engines.plan.rules.reports import things_of
from tsunagari.engines.plan.rules.typed_figure import Period, is_over, last_whole_year
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.widths import narrow_signs

State = Literal[
    "missing",
    "partial",
    "provisional",
    "final",
    "running",
    "unset",
    "closed",
    "before",
    "outside",
]
"""missing: the year is over and nothing is known. partial: only a part of it is known. running: it is
not over. unset: the plan has not set the indicator yet. closed: the year was published without a figure.
before: the plan had not begun. outside: the measure did not run in that year, so nobody is asked for a
figure."""

ORDER: Final[tuple[State, ...]] = (
    "missing",
    "partial",
    "provisional",
    "running",
    "final",
    "unset",
    "closed",
    "before",
    "outside",
)
"""What needs somebody stands first."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a clerk wants to see. Texts are codes or words as typed, "" for all; `year` a fiscal year,
    None for the last one that is over."""

    plan: str = ""
    year: int | None = None
    division: str = ""
    section: str = ""
    only: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One indicator in one fiscal year. `result` is what the plan shows for it, None where nothing. `closed`:
    the year's report tells of it, and nothing is entered."""

    measure: MeasureState
    indicator: IndicatorState
    year: int
    result: Result | None
    state: State
    closed: bool


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """The indicators of one year, those that miss a figure first. `years` may be chosen, newest first;
    `missing` counts over all of them, whatever was asked for."""

    plan: PlanHead
    plans: tuple[PlanHead, ...]
    year: int
    years: tuple[int, ...]
    rows: tuple[DeskRow, ...]
    missing: int
    whole: int


def desk_page(
    asked: Asked, *, division: str | None, now: datetime, language: str, outside: bool = False
) -> DeskPage | None:
    """The indicators that `division` (a code) works on, or all of them for None; None where the city has
    no plan. With `outside` also those whose measures do not run in the year. Bounded queries."""
    held = snapshot(language)
    plans = [plan for plan in held.plans.values() if held.measures[plan.pk]]
    if not plans:
        return None
    plan = next((each for each in plans if each.code == asked.plan), plans[0])
    measures = list(held.measures[plan.pk])
    working = working_today([code for each in measures for code in each.divisions], now)
    wanted = division if division is not None else asked.division
    if wanted:
        measures = [each for each in measures if wanted in working_of(each, working)]
    year = _year(asked.year, plan.first_year, plan.last_year, now)
    reading, closed = Reading(held, measures, now=now), things_of(plan.code, year)
    rows = [
        row
        for measure in measures
        for row in _rows(reading.measure(measure), year, plan.first_year, closed, now)
        if outside or row.state != "outside"
    ]
    shown = [row for row in rows if _fits(row, asked)]
    shown.sort(key=lambda row: ORDER.index(row.state))
    return DeskPage(
        plan=head_of(plan, held, now),
        plans=tuple(head_of(each, held, now) for each in plans),
        year=year,
        years=years_open(plan.first_year, plan.last_year, now),
        rows=tuple(shown),
        missing=sum(row.state == "missing" for row in rows),
        whole=len(rows),
    )


def years_open(first: int, last: int, now: datetime) -> tuple[int, ...]:
    """The fiscal years of a plan that have begun, newest first; its first year where none has."""
    running = FiscalYear.at(now).year
    return tuple(range(min(last, running), first - 1, -1)) or (first,)


def missing_of(division: str, *, now: datetime, language: str) -> tuple[DeskRow, ...]:
    """Of all plans, the indicators of a division for which the last fiscal year that is over has no
    figure at all."""
    held = snapshot(language)
    year = last_whole_year(japan_day(now))
    measures = [
        each
        for plan in held.plans.values()
        if plan.first_year <= year <= plan.last_year
        for each in held.measures[plan.pk]
    ]
    working = working_today([code for each in measures for code in each.divisions], now)
    mine = [each for each in measures if division in working_of(each, working)]
    if not mine:
        return ()
    reading = Reading(held, mine, now=now)
    found: list[DeskRow] = []
    for plan in {each.plan_id: held.plans_by_key[each.plan_id] for each in mine}.values():
        states = [reading.measure(each) for each in mine if each.plan_id == plan.pk]
        rows = [row for each in states for row in _rows(each, year, year, (), now)]
        missing = [row for row in rows if row.state == "missing"]
        # Whoever misses nothing is not asked which years are closed.
        closed = things_of(plan.code, year) if missing else frozenset()
        found += [row for row in missing if row.indicator.public_id not in closed]
    return tuple(found)


def _year(asked: int | None, first: int, last: int, now: datetime) -> int:
    years = years_open(first, last, now)
    if asked in years:
        return asked
    return max(first, min(last, last_whole_year(japan_day(now))))


def _rows(
    measure: MeasureState, year: int, first: int, closed: Collection[str], now: datetime
) -> Iterator[DeskRow]:
    for indicator in measure.indicators:
        result = next((each for each in indicator.results if each.year == year), None)
        is_closed = indicator.public_id in closed
        runs = measure.runs_in(year)
        state = _state(indicator, result, year, first, now) if runs else "outside"
        yield DeskRow(
            measure=measure,
            indicator=indicator,
            year=year,
            result=result,
            state="closed" if is_closed and state == "missing" else state,
            closed=is_closed,
        )


def _state(
    indicator: IndicatorState, result: Result | None, year: int, first: int, now: datetime
) -> State:
    over = is_over(Period(year=year), japan_day(now))
    if year < first:
        return "before"
    if indicator.to_set_year and result is None:
        return "unset"
    if not over:
        return "running"
    if result is None:
        return "missing"
    if not result.whole and (result.through or result.began_at):
        return "partial"
    return "provisional" if result.status == "provisional" else "final"


def _fits(row: DeskRow, asked: Asked) -> bool:
    if asked.section and row.measure.section != asked.section:
        return False
    if asked.only and row.state != asked.only:
        return False
    words = narrow_signs(asked.words).casefold().split()
    text = narrow_signs(
        f"{row.measure.quoted} {row.measure.number} {row.measure.name} {row.indicator.name}"
    ).casefold()
    return all(word in text for word in words)
