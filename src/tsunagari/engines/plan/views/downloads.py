"""Figures and charts to take away: CSV that Excel opens, SVG that prints."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext, pgettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import IndicatorState, MeasureState, PlanBoard, PlanHead, mark
from tsunagari.engines.plan.views.drawing import drawing, year_lines
from tsunagari.engines.plan.views.words import year_words
from tsunagari.kernel.design.charts import standalone
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.tabular import write_table

Cell = str | int | None


def plan_csv(_request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """Every measure of a plan, one line for each indicator."""
    language = get_language() or "ja"
    board = api.plan_board(code, now=clock(), language=language)
    if board is None:
        raise Http404(gettext("この計画は見つかりません。"))
    data = write_table(_titles(board.head), _lines(board, language))
    return _file(data, f"{code}.csv", "text/csv; charset=utf-8")


def figures_csv(
    _request: HttpRequest, code: str, number: str, order: int, *, clock: Clock = system_clock
) -> HttpResponse:
    """The years of one indicator."""
    language = get_language() or "ja"
    head, indicator = _indicator(code, number, order, clock, language)
    rows = [
        (
            year_words(line.year, language),
            line.year,
            _plain(line.result.value if line.result else None),
            line.result.origin if line.result else "",
            pgettext("part of a year", "年度の途中")
            if line.result and not line.result.whole
            else "",
            _plain(line.expected),
            _plain(line.target),
        )
        for line in year_lines(head, indicator)
    ]
    titles = [
        gettext("年度"),
        gettext("年度（西暦）"),
        f"{indicator.name} ({indicator.unit})",
        gettext("実績の出どころ"),
        gettext("注"),
        gettext("目安"),
        gettext("目標値"),
    ]
    name = f"{code}_{number}_{order}.csv"
    return _file(write_table(titles, rows), name, "text/csv; charset=utf-8")


def chart_svg(
    _request: HttpRequest, code: str, number: str, order: int, *, clock: Clock = system_clock
) -> HttpResponse:
    """The chart of one indicator as a drawing."""
    language = get_language() or "ja"
    head, indicator = _indicator(code, number, order, clock, language)
    chart = drawing(head, indicator, language).svg
    return _file(standalone(chart), f"{code}_{number}_{order}.svg", "image/svg+xml")


def _indicator(
    code: str, number: str, order: int, clock: Clock, language: str
) -> tuple[PlanHead, IndicatorState]:
    page = api.measure_page(code, number, now=clock(), language=language)
    found = [i for i in page.measure.indicators if i.order == order] if page else []
    if page is None or not found:
        raise Http404(gettext("この指標は見つかりません。"))
    return page.head, found[0]


def _titles(head: PlanHead) -> list[str]:
    own = head.labels
    return [
        own["number"],
        own["measure"],
        own["divisions"],
        own["indicator"],
        gettext("単位"),
        gettext("基準の年度"),
        own["baseline"],
        gettext("目標の年度"),
        own["target"],
        gettext("最新の実績の年度"),
        gettext("最新の実績"),
        gettext("最新の実績の出どころ"),
        gettext("状態"),
    ]


def _lines(board: PlanBoard, language: str) -> list[tuple[Cell, ...]]:
    return [line for measure in board.measures for line in _measure_lines(measure, language)]


def _measure_lines(measure: MeasureState, language: str) -> list[tuple[Cell, ...]]:
    first = _first_cells(measure)
    if not measure.indicators:
        return [(*first, *[""] * 9, mark(measure.kind).title)]
    return [(*first, *_indicator_cells(each, language)) for each in measure.indicators]


def _first_cells(measure: MeasureState) -> tuple[Cell, ...]:
    names = [division.name for division in measure.divisions]
    if measure.and_others:
        names.append(gettext("関係各課"))
    return measure.number, measure.name, pgettext("between divisions", "・").join(names)


def _indicator_cells(indicator: IndicatorState, language: str) -> tuple[Cell, ...]:
    aim, latest = indicator.aim, indicator.latest
    return (
        indicator.name,
        indicator.unit,
        year_words(aim.baseline_year, language) if aim.baseline_year else "",
        _plain(aim.baseline),
        year_words(aim.target_year, language) if aim.target_year else "",
        _plain(aim.target),
        year_words(latest.year, language) if latest else "",
        _plain(latest.value if latest else None),
        latest.origin if latest else "",
        mark(indicator.progress.status).title,
    )


def _plain(value: object) -> str:
    """A figure for a machine: digits without commas, "" where nothing is known."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
