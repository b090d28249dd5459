"""An indicator in an annual report: the table of its years, its chart, and what they mean in a sentence."""

import itertools
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext

from tsunagari.engines.cycle.rules.report_words import (
    ORIGINS,
    STATUSES,
    UNKNOWN,
    amount,
    percent,
    worded,
    year_name,
    year_words,
)
from tsunagari.engines.cycle.rules.yearbook import YearFigure, YearIndicator
from tsunagari.kernel.design.chart_layers import Mark
from tsunagari.kernel.design.chart_lines import Lines
from tsunagari.kernel.design.figures import figure


def indicator_told(
    indicator: YearIndicator, fiscal_year: int, language: str, image: str
) -> dict[str, Any]:
    """What the report shows of an indicator; `image` names its drawing, "" where there is none."""
    return {
        "name": indicator.name,
        "meaning": meaning(indicator, fiscal_year, language),
        "image": image,
        "alt": _ear_words(indicator, language),
        "caption": gettext("%(name)sの実績と目標") % {"name": indicator.name},
        "heads": [
            gettext("年度"),
            _with_unit(gettext("目標"), indicator),
            _with_unit(gettext("実績"), indicator),
            gettext("到達率"),
            gettext("数値の出どころ"),
        ],
        "rows": [_row(indicator, year, fiscal_year, language) for year in _years(indicator)],
        "quarters": _quarters(indicator),
        "reasons": _reasons(indicator, language),
    }


def chart_of(indicator: YearIndicator, language: str, colour: str) -> Lines | None:
    """The chart: what was reached, what is aimed at, and the straight way there. None without any result."""
    if not any(each.value is not None for each in indicator.results):
        return None
    years = range(_years(indicator)[0], _years(indicator)[-1] + 1)
    reached = {each.year: each.value for each in indicator.results if each.origin != "estimated"}
    foretold = {each.year: each.value for each in indicator.results if each.origin == "estimated"}
    way = _way(indicator)

    def marks(values: dict[int, Decimal | None], *, every: bool = False) -> tuple[Mark, ...]:
        shown = [year for year in years if every or values.get(year) is not None]
        return tuple(_mark(year, values.get(year), language) for year in shown)

    return Lines(
        unit=indicator.unit,
        points=marks(reached, every=True),
        expected=marks(dict(way)),
        goals=marks(_targets(indicator)),
        foretold=marks(foretold),
        digits=indicator.digits,
        colour=colour,
    )


def share_of_way(indicator: YearIndicator, value: Decimal | None) -> Decimal | None:
    """How far a value has come from the baseline to the target, 1 for the whole way; None where the way is
    not known or leads nowhere, and for indicators that shall stay in a range or reach a step."""
    base, target = indicator.baseline, indicator.target
    if value is None or base is None or target is None or base == target:
        return None
    if indicator.direction not in ("up", "down"):
        return None
    return (value - base) / (target - base)


def meaning(indicator: YearIndicator, fiscal_year: int, language: str) -> str:
    """What is aimed at and what was reached in the year, with the plan's judgement, in sentences."""
    space = "" if language == "ja" else " "
    return space.join(filter(None, (_aim(indicator, language), _reached(indicator, fiscal_year))))


def _aim(indicator: YearIndicator, language: str) -> str:
    if None in (indicator.baseline, indicator.baseline_year, indicator.target):
        return ""
    if indicator.baseline_year is None or indicator.target_year is None:
        return ""
    return gettext("%(first)sの%(baseline)sを、%(last)sに%(target)sにする目標です。") % {
        "first": year_name(indicator.baseline_year, language),
        "baseline": amount(indicator.baseline, indicator),
        "last": year_name(indicator.target_year, language),
        "target": amount(indicator.target, indicator),
    }


def _reached(indicator: YearIndicator, fiscal_year: int) -> str:
    result = indicator.result_of(fiscal_year)
    value = result.value if result else None
    if value is None:
        return gettext("この年度の実績は、分かっていません。")
    said = {"actual": amount(value, indicator), "status": indicator.status_title}
    if not indicator.status_title:
        return gettext("この年度の実績は%(actual)sです。") % said
    return gettext("この年度の実績は%(actual)sで、「%(status)s」です。") % said


def _ear_words(indicator: YearIndicator, language: str) -> str:
    """The alternative text of the chart: its ends and its goal; the figures stand in the table after it."""
    known = [(each.year, each.value) for each in indicator.results if each.value is not None]
    if not known:
        return ""
    goals = [(year, value) for year, value in _targets(indicator).items() if value is not None]
    said = [_from_to(indicator, known, language), *_goal_words(indicator, goals[-1:], language)]
    said.append(gettext("年度ごとの数値は、この図のあとの表にあります。"))
    space = "" if language == "ja" else " "
    return space.join(said)


def _from_to(indicator: YearIndicator, known: list[tuple[int, Decimal]], language: str) -> str:
    (first, began), (last, ended) = known[0], known[-1]
    said = {
        "name": indicator.name,
        "first": year_name(first, language),
        "began": amount(began, indicator),
        "last": year_name(last, language),
        "ended": amount(ended, indicator),
    }
    if first == last:
        return gettext("%(name)sの図。実績は%(last)sの%(ended)sだけです。") % said
    return (
        gettext("%(name)sの折れ線の図。実績は%(first)sの%(began)sから%(last)sの%(ended)sまで。")
        % said
    )


def _goal_words(
    indicator: YearIndicator, goals: list[tuple[int, Decimal]], language: str
) -> list[str]:
    return [
        gettext("目標は%(year)sに%(target)sです。")
        % {"year": year_name(year, language), "target": amount(value, indicator)}
        for year, value in goals
    ]


def _mark(year: int, value: Decimal | None, language: str) -> Mark:
    small = "" if language == "en" else str(year)
    return Mark(label=year_name(year, language), small=small, value=value)


def _with_unit(word: str, indicator: YearIndicator) -> str:
    if not indicator.unit:
        return word
    return gettext("%(word)s（%(unit)s）") % {"word": word, "unit": indicator.unit}


def _targets(indicator: YearIndicator) -> dict[int, Decimal | None]:
    """The targets by year, the final one with them, in the order of years."""
    final = {} if indicator.target_year is None else {indicator.target_year: indicator.target}
    return dict(sorted((final | {each.year: each.value for each in indicator.targets}).items()))


def _years(indicator: YearIndicator) -> list[int]:
    """Every year of which a figure or a target is told; the baseline's alone where there is none."""
    told = {each.year for each in indicator.results} | set(_targets(indicator))
    if indicator.baseline_year is not None:
        told.add(indicator.baseline_year)
    return sorted(told)


def _way(indicator: YearIndicator) -> dict[int, Decimal]:
    """The straight way from the baseline over the years' targets, for figures that shall rise or fall."""
    if indicator.direction not in ("up", "down") or indicator.baseline_year is None:
        return {}
    steps = {indicator.baseline_year: indicator.baseline} | _targets(indicator)
    known = [(year, value) for year, value in sorted(steps.items()) if value is not None]
    way: dict[int, Decimal] = dict(known[:1])
    for (first, start), (last, end) in itertools.pairwise(known):
        for year in range(first + 1, last + 1):
            gone = Decimal(year - first) / (last - first)
            way[year] = round(start + (end - start) * gone, indicator.digits)
    return way if len(way) > 1 else {}


def _row(indicator: YearIndicator, year: int, fiscal_year: int, language: str) -> list[str]:
    result = indicator.result_of(year)
    value = result.value if result else None
    if value is None and year == indicator.baseline_year:
        value = indicator.baseline
    frozen = indicator.rate if year == fiscal_year else None
    rate = frozen if frozen is not None else share_of_way(indicator, value)
    return [
        year_words(year, language),
        figure(_targets(indicator).get(year), indicator.digits),
        figure(value, indicator.digits),
        percent(rate),
        _origin(indicator, year, result),
    ]


def _origin(indicator: YearIndicator, year: int, result: YearFigure | None) -> str:
    if result is None or result.value is None:
        known = year == indicator.baseline_year and indicator.baseline is not None
        return gettext("計画に記載") if known else UNKNOWN
    comma = pgettext("between the figures of a sentence", "、")
    parts = [worded(ORIGINS, result.origin), worded(STATUSES, result.status)]
    if result.numerator is not None and result.denominator is not None:
        parts.append(f"{figure(result.numerator)} ÷ {figure(result.denominator)}")
    return comma.join(filter(None, [*parts, result.source]))


def _reasons(indicator: YearIndicator, language: str) -> list[str]:
    """Why figures were replaced or estimated, and what the plan's rule says of the judgement."""
    said = [
        gettext("%(year)sの数値について：%(words)s")
        % {"year": year_name(each.year, language), "words": each.reason}
        for each in indicator.results
        if each.reason
    ]
    return [*filter(None, (indicator.reason,)), *said]


def _quarters(indicator: YearIndicator) -> list[str]:
    """What was reached by the end of each quarter; nothing where no quarter is known."""
    if all(value is None for value in indicator.quarters):
        return []
    return [figure(value, indicator.digits) for value in indicator.quarters]
