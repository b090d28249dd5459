"""What narrows a plan's list, and what stands above it: sentence, bar of counts, legend of the scale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import MeasureState, PlanBoard, PlanHead, ScaleHead, ServiceLink
from tsunagari.engines.plan.rules.how import HOW
from tsunagari.engines.plan.views.as_of import day_asked, not_before
from tsunagari.engines.plan.views.narrowing import Filter, Narrowing
from tsunagari.engines.plan.views.rows import without_results
from tsunagari.engines.plan.views.words import STAGES, year_words
from tsunagari.kernel.design.figures import Count
from tsunagari.kernel.i18n.days import FiscalYear

COVERED = ("certain", "possible")

SOURCE_WORDS: tuple[dict[str, Promise | str], dict[str, str]] = (
    {"no_result": _("目標値を定めたもの"), "no_target": _("指標か目標を検討するとしたもの")},
    {"no_result": "stages"},
)
"""Titles and colours of a bar that knows no results."""


@dataclass(frozen=True, kw_only=True)
class GradeLine:
    """A grade in the legend: its letter, its words, the statuses for which it stands."""

    code: str
    title: str
    statuses: str


@dataclass(frozen=True, kw_only=True)
class Legend:
    """How a plan is judged, in words: thresholds in per cent, grades, which end is the best."""

    on_track: str
    slightly_behind: str
    grades: tuple[GradeLine, ...]
    best: str


def found(code: str, now: datetime, language: str, *, on: date | None = None) -> PlanBoard:
    """A plan with its measures, on a past day `on` if one is asked for; 404 in words where there is none."""
    board = api.plan_board(code, now=now, language=language, on=on)
    if board is None:
        not_before(on, code)
        raise Http404(gettext("この計画は見つかりません。"))
    return board


def narrowing(
    request: HttpRequest, board: PlanBoard, now: datetime, language: str
) -> Narrowing[MeasureState]:
    """What the address asks to see of a plan."""
    year = stage_year(board.head, now)
    return Narrowing.of(
        request,
        board.measures,
        (_sections(board), _stages(year, language), *_marks(board), _divisions(board)),
        searched,
        always=day_asked(board.head.on),
    )


def searched(measure: MeasureState) -> str:
    """What a word is looked for in: number, name, indicators."""
    names = (indicator.name for indicator in measure.indicators)
    return " ".join((measure.quoted, measure.number, measure.name, *names))


def stage_year(head: PlanHead, now: datetime) -> int:
    """The running year, or the plan's first or last one when it is not running."""
    return min(max(FiscalYear.at(now).year, head.first_year), head.last_year)


def stages_in(measure: MeasureState, year: int) -> set[str]:
    """The words of the stages in which a measure is that year, for certain or possibly."""
    return {
        line.word
        for line in measure.stages
        if any(cell.year == year and cell.cover in COVERED for cell in line.cells)
    }


def _sections(board: PlanBoard) -> Filter[MeasureState]:
    fields = any(section.kind == "field" for section in board.head.sections)
    return Filter(
        name="list",
        title=gettext("分野") if fields else gettext("一覧"),
        titles={m.section: m.section_name for m in board.measures},
        keys=lambda measure: [measure.section],
    )


def _stages(year: int, language: str) -> Filter[MeasureState]:
    return Filter(
        name="stage",
        title=gettext("段階（%(year)s）") % {"year": year_words(year, language)},
        titles={word: str(title) for word, title in STAGES.items()},
        keys=lambda measure: stages_in(measure, year),
    )


def _divisions(board: PlanBoard) -> Filter[MeasureState]:
    numbers: dict[str, int] = {}
    names: dict[str, str] = {}
    for measure in board.measures:
        for division in measure.divisions:
            names[division.code] = division.name
            numbers[division.code] = numbers.get(division.code, 0) + 1
    return Filter(
        name="division",
        title=board.head.labels["divisions"],
        titles={code: names[code] for code in sorted(names, key=lambda code: -numbers[code])},
        keys=lambda measure: [division.code for division in measure.divisions],
    )


def _marks(board: PlanBoard) -> tuple[Filter[MeasureState], ...]:
    return (
        Filter(
            name="status",
            title=gettext("状態"),
            titles=_status_titles(board),
            keys=lambda measure: [measure.code],
        ),
        Filter(
            name="how",
            title=gettext("数え方"),
            titles={how: str(title) for how, title in HOW.items()},
            keys=lambda measure: {indicator.how for indicator in measure.indicators},
        ),
        Filter(
            name="viewpoint",
            title=gettext("重視する視点"),
            titles={label.code: label.name for label in board.head.viewpoints},
            keys=lambda measure: [label.code for label in measure.viewpoints],
        ),
    )


def _status_titles(board: PlanBoard) -> dict[str, str]:
    own = SOURCE_WORDS[0] if without_results(board) else {}
    return {code: str(own.get(code, api.mark_in(board.head, code).title)) for code in api.CODES}


def bar_of_counts(
    board: PlanBoard, measures: Iterable[MeasureState], query: str = ""
) -> tuple[Count, ...]:
    """The pieces of the bar, each a link to the plan's list with that status (and `query`: "list=study"):
    the measures that count, as the sentence beside it has them.

    Where a plan has ended and no result is known, the bar tells what had a target and what had none.
    """
    head, source = board.head, without_results(board)
    page = reverse("plan:plan", args=[head.code])
    beside = "".join(f"{each}&" for each in (day_asked(head.on), query) if each)
    titles, swatches = SOURCE_WORDS if source else ({}, {})
    return tuple(
        Count(
            title=str(titles.get(code, api.mark_in(head, code).title)),
            number=number,
            kind=swatches.get(code, api.mark(code).swatch),
            address=f"{page}?{beside}status={code}#list",
        )
        for code, number in api.counts(measures).by_code
    )


def services_of(measures: Iterable[MeasureState]) -> tuple[ServiceLink, ...]:
    """The services that carry these measures out, each once."""
    return tuple({s.id: s for measure in measures for s in measure.services}.values())


def legend(head: PlanHead) -> Legend:
    """The plan's scale in words."""
    scale, between = head.scale, pgettext("between counts in brackets", "・")
    return Legend(
        on_track=f"{scale.on_track * 100:.0f}",
        slightly_behind=f"{scale.slightly_behind * 100:.0f}",
        grades=tuple(
            GradeLine(
                code=grade.code,
                title=grade.title,
                statuses=between.join(api.mark_in(head, status).title for status in grade.statuses),
            )
            for grade in scale.grades
        ),
        best=_best(scale),
    )


def _best(scale: ScaleHead) -> str:
    if not scale.grades:
        return ""
    grade = scale.grades[0 if scale.best == "first" else -1]
    return gettext("いちばん良い評価は %(grade)s です。") % {"grade": grade.code}
