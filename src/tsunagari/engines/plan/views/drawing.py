"""The chart of an indicator: its points, its table and the sentence that says what it means."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.api import (
    REASONS,
    Forecast,
    IndicatorState,
    PlanHead,
    SeriesLine,
    mark_in,
)
from tsunagari.engines.plan.views.words import amount, year_words
from tsunagari.engines.plan.views.year_lines import (
    Unknown,
    YearLine,
    is_drawn,
    unknowns,
    year_lines,
)
from tsunagari.kernel.design.charts import Break, Mark, Stretch, line_chart
from tsunagari.kernel.design.figures import figure
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_years

ORIGIN_WORDS: dict[str, Promise] = {
    "metered": _("自動計測"),
    "loaded": _("取込"),
    "summed": _("自動計測と取込・入力の合計"),
    "typed": _("入力"),
    "estimated": pgettext_lazy("of a figure", "見込"),
}

STATUS_WORDS: dict[str, Promise] = {
    "provisional": _("暫定"),
    "final": _("確定"),
    "revised": _("修正"),
}
"""How settled a figure is."""


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """One row of the table under a chart, in words; "" where nothing is to be said."""

    year: str
    actual: str
    origin: str
    status: str
    aim: str
    aimed: str
    plan: str
    known: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A chart with its words and its table. `over_plans` says that several plans stand in it."""

    title: str
    meaning: str
    svg: SafeString
    rows: tuple[YearRow, ...]
    notes: tuple[str, ...]
    over_plans: bool


def drawing(
    head: PlanHead,
    indicator: IndicatorState,
    language: str,
    *,
    running: int,
    series: SeriesLine | None = None,
    until: int | None = None,
) -> Drawing:
    """The chart of one indicator in the reader's language; `running` is the fiscal year now, `until` the last
    year of a measure that ends before its plan."""
    lines = year_lines(head, indicator, running=running, series=series, until=until)
    over_plans = bool(series and len(series.parts) > 1)
    return Drawing(
        title=_title(indicator, lines, series, language),
        meaning=meaning(head, indicator, language, ended=until is not None and until < running),
        svg=chart(indicator, lines, series, language),
        rows=tuple(_rows(indicator, lines, language)),
        notes=tuple(notes(indicator, lines, series, language)),
        over_plans=over_plans,
    )


def _title(
    indicator: IndicatorState,
    lines: Sequence[YearLine],
    series: SeriesLine | None,
    language: str,
) -> str:
    if series and len(series.parts) > 1:
        return gettext("%(name)sの実績と目標（%(first)sから%(last)sまで）") % {
            "name": series.name,
            "first": year_words(lines[0].year, language),
            "last": year_words(lines[-1].year, language),
        }
    return gettext("%(name)sの実績と目標") % {"name": indicator.name}


def chart(
    indicator: IndicatorState,
    lines: Sequence[YearLine],
    series: SeriesLine | None,
    language: str,
) -> SafeString:
    """The drawing: known years alone are joined, goals stand in their own years."""

    def marks(value: Callable[[YearLine], Decimal | None]) -> tuple[Mark, ...]:
        return tuple(_mark(line.year, value(line), language) for line in lines)

    return line_chart(
        title=indicator.name,
        unit=indicator.unit,
        points=marks(lambda line: _drawn_value(indicator, line)),
        expected=[mark for mark in marks(lambda line: line.expected) if mark.value is not None],
        goals=[mark for mark in marks(lambda line: line.target) if mark.value is not None],
        foretold=_foretold(indicator, language),
        stretches=[_stretch(each, language) for each in unknowns(lines, language)],
        breaks=[
            Break(label=year_words(year, language), words=words)
            for year, words in breaks(indicator, series, language)
            if any(line.year == year for line in lines)
        ],
        digits=indicator.digits,
        language=language,
    )


def _mark(year: int, value: Decimal | None, language: str) -> Mark:
    return Mark(
        label=year_words(year, language), small="" if language == "en" else str(year), value=value
    )


def _drawn_value(indicator: IndicatorState, line: YearLine) -> Decimal | None:
    return line.result.value if line.result and is_drawn(indicator, line.result) else None


def _foretold(indicator: IndicatorState, language: str) -> list[Mark]:
    forecast = indicator.forecast
    if forecast is None:
        return []
    return [_mark(forecast.year, round(forecast.value, indicator.digits), language)]


def _stretch(unknown: Unknown, language: str) -> Stretch:
    return Stretch(
        first=year_words(unknown.first, language),
        last=year_words(unknown.last, language),
        words=unknown.words,
    )


def breaks(
    indicator: IndicatorState, series: SeriesLine | None, language: str
) -> list[tuple[int, str]]:
    """The years from which figures are counted in another way, with the words that say so."""
    own = {result.year for result in indicator.results}
    found = []
    for part in series.parts if series else ():
        years = [each.year for each in part.results if part.here or each.year not in own]
        if part.definition_note and years:
            found.append((years[0], part.definition_note))
    began = indicator.meter_began_at
    if began and indicator.results and indicator.results[0].origin not in ("metered", "summed"):
        year = FiscalYear.at(began).year
        words = gettext("%(year)sの途中から、このサイトが数えています") % {
            "year": year_words(year, language)
        }
        found.append((year, words))
    return found


def notes(
    indicator: IndicatorState,
    lines: Sequence[YearLine],
    series: SeriesLine | None,
    language: str,
) -> list[str]:
    """What a reader must know of the drawing, in whole sentences."""
    said = [
        gettext("%(year)sからの数値について：%(words)s")
        % {
            "year": year_words(year, language),
            "words": words,
        }
        for year, words in breaks(indicator, series, language)
        if series
        and any(part.definition_note == words for part in series.parts)
        and any(line.year == year for line in lines)
    ]
    if any(line.result and not is_drawn(indicator, line.result) for line in lines):
        said.append(
            gettext(
                "1年分がそろっていない数値は、ほかの年度と比べられないため、グラフには入れていません。"
            )
        )
    if indicator.forecast:
        said.append(forecast_words(indicator, indicator.forecast, language))
    return said


def forecast_words(indicator: IndicatorState, forecast: Forecast, language: str) -> str:
    """How the running year's figure is foretold, with the numbers that went in."""
    said = {
        "year": year_words(forecast.year, language),
        "value": amount(forecast.value, indicator),
        "so_far": amount(forecast.so_far, indicator),
        "share": f"{forecast.share * 100:.1f}",
        "years": gettext("と").join(year_words(year, language) for year in forecast.years),
    }
    if forecast.method == "seasonal":
        return (
            gettext(
                "%(year)sの見込は%(value)sです。%(years)sには、1年分の%(share)s%%がこの日までに数えられていました。これまでの%(so_far)s ÷ %(share)s%% で計算しています。"
            )
            % said
        )
    return (
        gettext(
            "%(year)sの見込は%(value)sです。前の年度の記録がまだないため、過ぎた日数の割合（%(share)s%%）から、これまでの%(so_far)s ÷ %(share)s%% で計算しています。"
        )
        % said
    )


def _rows(indicator: IndicatorState, lines: Sequence[YearLine], language: str) -> list[YearRow]:
    """The table: a year a row; a run of years with nothing to say of any is one row."""
    rows: list[YearRow] = []
    for bare, run in itertools.groupby(lines, _bare):
        together = tuple(run)
        if bare:
            rows.append(_empty_row(together, language))
        else:
            rows += (_row(indicator, line, language) for line in together)
    return rows


def _bare(line: YearLine) -> str:
    """Why a year has neither figure nor aim, in the word that stands there; "" where it has one."""
    if line.result or line.target is not None or line.expected is not None:
        return ""
    return _missing(line)


def _empty_row(run: Sequence[YearLine], language: str) -> YearRow:
    first, last = FiscalYear(run[0].year), FiscalYear(run[-1].year)
    return YearRow(
        year=format_fiscal_years(first, last, language=language),
        actual=_missing(run[0]),
        origin="",
        status="",
        aim="",
        aimed="",
        plan="",
        known=False,
    )


def _row(indicator: IndicatorState, line: YearLine, language: str) -> YearRow:
    result = line.result
    aim = line.target if line.target is not None else line.expected
    return YearRow(
        year=year_words(line.year, language),
        actual=figure(result.value, indicator.digits) if result else _missing(line),
        origin=origin_words(line),
        status=str(STATUS_WORDS[result.status]) if result else "",
        aim=figure(aim, indicator.digits) if aim is not None else "",
        aimed=_aimed(line),
        plan=line.plan,
        known=result is not None,
    )


def _missing(line: YearLine) -> str:
    if not line.over:
        return pgettext("a year's figure", "これから")
    return gettext("未登録") if line.own else gettext("分かりません")


def _aimed(line: YearLine) -> str:
    if line.target is not None:
        return gettext("目標値")
    return gettext("目安") if line.expected is not None else ""


def origin_words(line: YearLine) -> str:
    """Where a year's figure comes from: a plan's own baseline stands in the plan."""
    if line.result is None:
        return ""
    if line.stated and line.result.origin == "loaded":
        return gettext("計画に記載")
    word = str(ORIGIN_WORDS[line.result.origin])
    if line.result.whole:
        return word
    if line.over:
        return gettext("%(origin)s（1年分がそろっていない）") % {"origin": word}
    return gettext("%(origin)s（年度の途中）") % {"origin": word}


def meaning(
    head: PlanHead, indicator: IndicatorState, language: str, *, ended: bool = False
) -> str:
    """One or two sentences that say what the chart means; `ended`: its measure has ended before its plan."""
    space = "" if language == "ja" else " "
    stands = (
        gettext("終了するまでの実績は、登録されていません。")
        if ended and indicator.latest is None
        else _standing(head, indicator, language, space)
    )
    said = (_way(indicator, language), stands)
    return space.join(filter(None, said))


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
    if indicator.unit == "%":
        said["step"] = gettext("%(figure)sポイント") % {
            "figure": figure(abs(aim.target - aim.baseline))
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


def _standing(head: PlanHead, indicator: IndicatorState, language: str, space: str) -> str:
    latest, progress = indicator.latest, indicator.progress
    if latest is None and head.ended:
        return gettext("この計画の期間の実績は、資料がないため分かりません。")
    if latest is None:
        return gettext("その後の実績は、まだ登録されていません。")
    said = {
        "year": year_words(latest.year, language),
        "actual": amount(latest.value, indicator),
        "status": mark_in(head, progress.status).title,
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
