"""Figures and charts to take away: CSV that Excel opens, SVG that prints."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan.api import (
    IndicatorState,
    MeasureState,
    PlanBoard,
    PlanHead,
    mark_beside,
    mark_of,
)
from tsunagari.engines.plan.views.as_of import Seen, as_of, named
from tsunagari.engines.plan.views.figures import division_names, plain
from tsunagari.engines.plan.views.lists import found
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.words import year_words
from tsunagari.kernel.i18n.tabular import write_table

Cell = str | int | None


@in_words
@as_of
def plan_csv(_request: HttpRequest, seen: Seen, code: str) -> HttpResponse:
    """Every measure of a plan, one line for each indicator."""
    language = get_language() or "ja"
    board = found(code, seen.now, language, on=seen.on)
    data = write_table(_titles(board.head), _lines(board, language))
    return _file(data, f"{named(code, seen.on)}.csv", "text/csv; charset=utf-8")


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
    return [
        line for measure in board.measures for line in _measure_lines(board.head, measure, language)
    ]


def _measure_lines(head: PlanHead, measure: MeasureState, language: str) -> list[tuple[Cell, ...]]:
    first = _first_cells(measure)
    if not measure.indicators:
        return [(*first, *[""] * 9, mark_of(measure, head).title)]
    return [
        (*first, *_indicator_cells(each, language), mark_beside(each, measure, head).title)
        for each in measure.indicators
    ]


def _first_cells(measure: MeasureState) -> tuple[Cell, ...]:
    return measure.number, measure.name, division_names(measure)


def _indicator_cells(indicator: IndicatorState, language: str) -> tuple[Cell, ...]:
    aim, latest = indicator.aim, indicator.latest
    return (
        indicator.name,
        indicator.unit,
        year_words(aim.baseline_year, language) if aim.baseline_year else "",
        plain(aim.baseline),
        year_words(aim.target_year, language) if aim.target_year else "",
        plain(aim.target),
        year_words(latest.year, language) if latest else "",
        plain(latest.value if latest else None),
        latest.origin if latest else "",
    )


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
