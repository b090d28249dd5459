"""The years of an indicator, over all plans that know it: what was reached, aimed at, and what nobody knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from tsunagari.engines.plan.api import IndicatorState, PlanHead, Result, SeriesLine
from tsunagari.engines.plan.rules.progress import (
    Actual,
    adds_up,
    expected_share,
    expected_value,
)
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_years


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One fiscal year of an indicator: result, where it should be, target. None is not known.

    `over` says that the year has ended, `own` that it is one of this plan's. `plan` names the plan
    whose figure or target it is, "" where none has either. `stated` says that the figure is a plan's
    own baseline.
    """

    year: int
    result: Result | None
    expected: Decimal | None
    target: Decimal | None
    over: bool
    own: bool
    plan: str = ""
    stated: bool = False

    @property
    def unknown(self) -> bool:
        """Whether the year is over and nothing is known of it."""
        return self.over and self.result is None


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """A run of years of which nothing is known, with the words that say so."""

    first: int
    last: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the plans know of one indicator, by year; of two plans this page's own goes first."""

    results: dict[int, Result]
    targets: dict[int, Decimal]
    plans: dict[int, str]
    stated: frozenset[int]


def known_of(head: PlanHead, indicator: IndicatorState, series: SeriesLine | None) -> Known:
    """Results and targets of all plans of the series; of the indicator alone where there is none."""
    results: dict[int, Result] = {}
    targets: dict[int, Decimal] = {}
    for part in sorted(series.parts, key=lambda part: part.here) if series else ():
        results |= {result.year: result for result in part.results}
        targets |= {target.year: target.value for target in part.targets}
    return Known(
        results=results | {result.year: result for result in indicator.results},
        targets=targets | dict(indicator.aim.yearly),
        plans=_plans(head, indicator, series),
        stated=_baseline_years(indicator, series),
    )


def _plans(head: PlanHead, indicator: IndicatorState, series: SeriesLine | None) -> dict[int, str]:
    """Whose figures and targets a year holds, the older plan first."""
    if series is None:
        years = {result.year for result in indicator.results} | set(indicator.aim.yearly)
        return dict.fromkeys(years, head.short_name)
    named: dict[int, list[str]] = {}
    for part in series.parts:
        years = {result.year for result in part.results} | {target.year for target in part.targets}
        for year in years:
            named.setdefault(year, []).append(part.plan_name)
    between = pgettext("between plans", "・")
    return {year: between.join(dict.fromkeys(names)) for year, names in named.items()}


def _baseline_years(indicator: IndicatorState, series: SeriesLine | None) -> frozenset[int]:
    """The years of the plans' baselines: of another plan the first year that it knows."""
    parts = series.parts if series else ()
    own = {result.year for result in indicator.results}
    others = {part.results[0].year for part in parts if part.results and not part.here}
    return frozenset((others - own) | {indicator.aim.baseline_year or 0})


def year_lines(
    head: PlanHead,
    indicator: IndicatorState,
    *,
    running: int,
    series: SeriesLine | None = None,
    until: int | None = None,
) -> tuple[YearLine, ...]:
    """Every year from the first that a plan knows to the end of the plan, or to `until`, the last year of a
    measure that ends before; `running` is the fiscal year now."""
    known = known_of(head, indicator, series)
    named = [*known.results, *known.targets, indicator.aim.baseline_year or head.first_year]
    last = max(*named, head.last_year) if until is None else until
    return tuple(
        YearLine(
            year=year,
            result=known.results.get(year),
            expected=_expected(indicator, year),
            target=known.targets.get(year),
            over=year < running,
            own=not head.ended and head.first_year <= year <= head.last_year,
            plan=known.plans.get(year, ""),
            stated=year in known.stated,
        )
        for year in range(min(named), last + 1)
    )


def _expected(indicator: IndicatorState, year: int) -> Decimal | None:
    """Where it should be at the end of a year; nothing before the baseline or beyond the target."""
    aim = indicator.aim
    if aim.target_year is None or aim.baseline_year is None:
        return None
    if not aim.baseline_year <= year <= aim.target_year:
        return None
    value = expected_value(aim, expected_share(aim, Actual(year=year, value=None)))
    return None if value is None else round(value, indicator.digits)


def unknowns(lines: Sequence[YearLine], language: str) -> tuple[Unknown, ...]:
    """The runs of years of which nothing is known; in a plan that goes on they are merely not entered."""
    return tuple(
        Unknown(first=run[0].year, last=run[-1].year, words=_words(run, language))
        for run in _runs(lines)
    )


def _runs(lines: Sequence[YearLine]) -> Iterator[list[YearLine]]:
    run: list[YearLine] = []
    for line in lines:
        if run and not (line.unknown and line.own == run[-1].own):
            yield run
            run = []
        if line.unknown:
            run.append(line)
    if run:
        yield run


def _words(run: Sequence[YearLine], language: str) -> str:
    first, last = FiscalYear(run[0].year), FiscalYear(run[-1].year)
    years = {"years": format_fiscal_years(first, last, language=language)}
    if run[0].own:
        return gettext("%(years)sの実績は未登録") % years
    return gettext("%(years)sの数値は分かりません") % years


def is_drawn(indicator: IndicatorState, result: Result) -> bool:
    """Whether a figure may stand beside whole years: a running count stands in the table only."""
    return result.whole or not adds_up(indicator.aim)
