"""The chart of an indicator: its points, its table and the sentence that says what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.api import IndicatorState, PlanHead, Result, mark
from tsunagari.engines.plan.rules.progress import Actual, expected_share, expected_value
from tsunagari.engines.plan.views.words import REASONS, amount, year_short, year_words
from tsunagari.kernel.design.charts import Mark, line_chart
from tsunagari.kernel.design.figures import figure
from tsunagari.kernel.design.tables import Column

ORIGIN_WORDS: dict[str, Promise] = {
    "metered": _("自動計測"),
    "loaded": _("取込"),
    "summed": _("自動計測と取込の合計"),
    "typed": _("入力"),
    "estimated": pgettext_lazy("of a figure", "見込"),
}


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One fiscal year of an indicator: result, where it should be, target. None is not known."""

    year: int
    result: Result | None
    expected: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A chart with its words and its table."""

    title: str
    meaning: str
    svg: SafeString
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    note: str


def year_lines(head: PlanHead, indicator: IndicatorState) -> tuple[YearLine, ...]:
    """Every year from the baseline to the end of the plan."""
    aim = indicator.aim
    results = {result.year: result for result in indicator.results}
    return tuple(
        YearLine(
            year=year,
            result=results.get(year),
            expected=_expected(indicator, year),
            target=aim.yearly.get(year),
        )
        for year in range(aim.baseline_year or head.first_year, head.last_year + 1)
    )


def _expected(indicator: IndicatorState, year: int) -> Decimal | None:
    """Where it should be at the end of a year; nothing beyond the target's year."""
    aim = indicator.aim
    if aim.target_year is None or year > aim.target_year:
        return None
    value = expected_value(aim, expected_share(aim, Actual(year=year, value=None)))
    return None if value is None else round(value, indicator.digits)


def drawing(head: PlanHead, indicator: IndicatorState, language: str) -> Drawing:
    """The chart of one indicator in the reader's language."""
    lines = year_lines(head, indicator)
    partial = [line for line in lines if line.result and not _drawn(indicator, line.result)]
    return Drawing(
        title=gettext("%(name)sの実績と目標") % {"name": indicator.name},
        meaning=meaning(indicator, language),
        svg=line_chart(
            title=indicator.name,
            unit=indicator.unit,
            points=_marks(lines, [_drawn_value(indicator, line) for line in lines], language),
            expected=_marks(lines, [line.expected for line in lines], language),
            target=indicator.aim.target,
            language=language,
        ),
        columns=columns(indicator.unit),
        rows=[row(indicator, line, language) for line in lines],
        note=gettext(
            "年度の途中の件数は、1年分の数値と比べられないため、グラフには入れていません。"
        )
        if partial
        else "",
    )


def _drawn(indicator: IndicatorState, result: Result) -> bool:
    """A running count is no year's figure: it stands in the table, not on the line."""
    return result.whole or indicator.aim.accumulate != "flow"


def _drawn_value(indicator: IndicatorState, line: YearLine) -> Decimal | None:
    return line.result.value if line.result and _drawn(indicator, line.result) else None


def _marks(
    lines: Sequence[YearLine], values: Sequence[Decimal | None], language: str
) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            label=year_words(line.year, language),
            small="" if language == "en" else str(line.year),
            value=value,
        )
        for line, value in zip(lines, values, strict=True)
    )


def columns(unit: str) -> tuple[Column, ...]:
    """Titles of the table under the chart; the unit stands here, so that the cells stay narrow."""
    return (
        Column(title=gettext("年度")),
        Column(title=gettext("実績（%s）") % unit, number=True),
        Column(title=gettext("目安と目標値（%s）") % unit, number=True),
    )


def row(indicator: IndicatorState, line: YearLine, language: str) -> tuple[str, ...]:
    """One year of the table, in words; "" where nothing is known."""
    return (
        format_html(
            '<span class="plan-long">{}</span><span class="plan-short" aria-hidden="true">{}</span>',
            year_words(line.year, language),
            year_short(line.year, language),
        ),
        _result(indicator, line.result) if line.result else "",
        _aimed(indicator, line),
    )


def _aimed(indicator: IndicatorState, line: YearLine) -> str:
    """The year's own target, said so; else where it should be by then."""
    if line.target is not None:
        shown = figure(line.target, indicator.digits)
        return format_html(
            '<b>{}</b><small class="plan-origin">{}</small>', shown, gettext("目標値")
        )
    return figure(line.expected, indicator.digits) if line.expected is not None else ""


def _result(indicator: IndicatorState, result: Result) -> str:
    return format_html(
        '{}<small class="plan-origin">{}</small>',
        figure(result.value, indicator.digits),
        _origin(result),
    )


def _origin(result: Result) -> str:
    word = str(ORIGIN_WORDS[result.origin])
    return word if result.whole else gettext("%(origin)s（年度の途中）") % {"origin": word}


def meaning(indicator: IndicatorState, language: str) -> str:
    """One or two sentences that say what the chart means."""
    space = "" if language == "ja" else " "
    return space.join(
        filter(None, (_way(indicator, language), _standing(indicator, language, space)))
    )


def _way(indicator: IndicatorState, language: str) -> str:
    aim = indicator.aim
    if aim.baseline is None or aim.target is None or not aim.baseline_year or not aim.target_year:
        return ""
    said = {
        "baseline_year": year_words(aim.baseline_year, language),
        "baseline": amount(aim.baseline, indicator),
        "target_year": year_words(aim.target_year, language),
        "target": amount(aim.target, indicator),
        "step": amount(abs(aim.target - aim.baseline), indicator),
    }
    if aim.target > aim.baseline:
        return (
            gettext(
                "%(baseline_year)sの%(baseline)sを、%(target_year)sに%(target)sにする目標です（%(step)s増）。"
            )
            % said
        )
    if aim.target < aim.baseline:
        return (
            gettext(
                "%(baseline_year)sの%(baseline)sを、%(target_year)sに%(target)sにする目標です（%(step)s減）。"
            )
            % said
        )
    return gettext("%(baseline_year)sの%(baseline)sを、%(target_year)sも保つ目標です。") % said


def _standing(indicator: IndicatorState, language: str, space: str) -> str:
    latest, progress = indicator.latest, indicator.progress
    if latest is None:
        return gettext("その後の実績は、まだ登録されていません。")
    said = {
        "year": year_words(latest.year, language),
        "actual": amount(latest.value, indicator),
        "status": mark(progress.status).title,
        "expected": amount(progress.expected_value, indicator),
    }
    if progress.status == "pending":
        counted = gettext("%(year)sは、これまでに%(actual)sを数えました。") % said
        return f"{counted}{space}{REASONS[progress.reason]}"
    if progress.expected_value is None or progress.status == "achieved":
        return gettext("%(year)sの実績は%(actual)sで、「%(status)s」です。") % said
    return (
        gettext("%(year)sの実績は%(actual)s、この時点の目安は%(expected)sで、「%(status)s」です。")
        % said
    )
