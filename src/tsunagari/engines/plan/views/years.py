"""The action plan of one fiscal year: what will be done and was done, stages and targets of that year."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import (
    ActionState,
    IndicatorState,
    MeasureState,
    PlanBoard,
    StageLine,
    TargetState,
)
from tsunagari.engines.plan.views.as_of import Seen, address_of, as_of
from tsunagari.engines.plan.views.dashboard import page_of
from tsunagari.engines.plan.views.lists import COVERED, found
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.report_ways import report_ways
from tsunagari.engines.plan.views.words import amount, year_words
from tsunagari.kernel.i18n.days import FiscalYear


@dataclass(frozen=True, kw_only=True)
class StageOfYear:
    """A stage in that year: its words, and whether the source has it for certain."""

    text: str
    certain: bool


@dataclass(frozen=True, kw_only=True)
class FigureOfYear:
    """An indicator in that year: its target, and what was reached; "" where there is none.

    `goal` is the target of a later year, with that year, where this one has none. `unfinished` says that
    the result is one of a year that is not over.
    """

    name: str
    target: str
    goal: str
    result: str
    unfinished: bool


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """A measure in that year."""

    measure: MeasureState
    address: str
    action: ActionState | None
    stages: tuple[StageOfYear, ...]
    figures: tuple[FigureOfYear, ...]


@dataclass(frozen=True, kw_only=True)
class YearPart:
    """A field or list of the plan with its measures in that year."""

    title: str
    rows: tuple[YearRow, ...]


@in_words
@as_of
def year(request: HttpRequest, seen: Seen, code: str, year: int) -> HttpResponse:
    """The action plan of one year."""
    language = get_language() or "ja"
    board = found(code, seen.now, language, on=seen.on)
    heads = {each.year: each for each in board.head.action_plans}
    if year not in heads:
        raise Http404(gettext("この計画に、その年度のアクションプランはありません。"))
    parts = _parts(board, year, language)
    running = FiscalYear.at(seen.now).year
    context = {
        **page_of(board.head, seen, language),
        "year": heads[year],
        "year_words": year_words(year, language),
        "parts": parts,
        "told": sum(row.action is not None for part in parts for row in part.rows),
        "state": "running" if year == running else "over" if year < running else "ahead",
        "report": next((r for r in report_ways(code, seen, language) if r.number == year), None),
        "year_links": [(y, year_words(y, language), y == year) for y in heads],
    }
    return render(request, "plan/year.html", context)


def _parts(board: PlanBoard, year: int, language: str) -> tuple[YearPart, ...]:
    actions = api.year_actions(board.head.code, year, language, board.head.on)
    titles = {m.section: m.section_name for m in board.measures if m.runs_in(year)}
    return tuple(
        YearPart(
            title=title,
            rows=tuple(
                _row(board, measure, actions.get(measure.number), year, language)
                for measure in board.measures
                if measure.section == section and measure.runs_in(year)
            ),
        )
        for section, title in titles.items()
    )


def _row(
    board: PlanBoard,
    measure: MeasureState,
    action: ActionState | None,
    year: int,
    language: str,
) -> YearRow:
    return YearRow(
        measure=measure,
        address=address_of("measure", board.head.code, measure.number, on=board.head.on),
        action=action,
        stages=_stages(measure.stages, year),
        figures=tuple(_figure(indicator, year, language) for indicator in measure.indicators),
    )


def _stages(lines: tuple[StageLine, ...], year: int) -> tuple[StageOfYear, ...]:
    return tuple(
        StageOfYear(text=line.text, certain=cell.cover == "certain")
        for line in lines
        for cell in line.cells
        if cell.year == year and cell.cover in COVERED
    )


def _figure(indicator: IndicatorState, year: int, language: str) -> FigureOfYear:
    target = next((each for each in indicator.targets if each.year == year), None)
    later = next((each for each in indicator.targets if each.year > year), None)
    result = next((each for each in indicator.results if each.year == year), None)
    return FigureOfYear(
        name=indicator.name,
        target=amount(target.value, indicator) if target else "",
        goal=_goal(later, indicator, language) if later and not target else "",
        result=amount(result.value, indicator) if result else "",
        unfinished=bool(result and not result.whole),
    )


def _goal(target: TargetState, indicator: IndicatorState, language: str) -> str:
    return gettext("%(year)sの目標 %(amount)s") % {
        "year": year_words(target.year, language),
        "amount": amount(target.value, indicator),
    }
