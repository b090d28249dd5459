"""What everyone may read: plans, measures, series, lineage, and what surrounds them."""

from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Path, Query, Schema
from ninja.errors import HttpError

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import How, Status
from tsunagari.engines.plan.endpoints import made, shapes
from tsunagari.engines.plan.endpoints.plans import Code, Number, Order, router
from tsunagari.kernel.answers.api import Lang, RefusedOut
from tsunagari.kernel.i18n.clock import system_clock

MISFIT = {422: RefusedOut}
MISSING = {404: RefusedOut, **MISFIT}

T = TypeVar("T")


class Narrowing(Schema):
    """What a list of measures is narrowed to; all that is given must hold."""

    section: Annotated[
        str, Query("", description="Code of a field or list: `sections` of the plan.")
    ] = ""
    division: Annotated[
        str, Query("", description="Code of a division in charge: `divisions` of a measure.")
    ] = ""
    viewpoint: Annotated[
        str, Query("", description="Code of a viewpoint: `viewpoints` of the plan.")
    ] = ""
    status: Annotated[
        Status | None, Query(None, description="Status under which the measure is counted.")
    ] = None
    how: Annotated[
        How | None, Query(None, description="How one of its indicators gets its figures.")
    ] = None

    def lets_in(self, measure: api.MeasureState) -> bool:
        """Whether a measure is asked for."""
        return (
            self.section in ("", measure.section)
            and self.division in ("", *(each.code for each in measure.divisions))
            and self.viewpoint in ("", *(each.code for each in measure.viewpoints))
            and self.status in (None, measure.status)
            and self.how in (None, *(each.how for each in measure.indicators))
        )


@router.get(
    "/", response={200: list[shapes.PlanOut], **MISFIT}, summary="Every plan, the newest first"
)
def plans(request: HttpRequest, lang: Lang = None) -> list[dict[str, Any]]:
    """Plans without their measures."""
    return [made.plan_out(head) for head in _heads()]


@router.get(
    "/measures",
    response={200: list[shapes.RowOut], **MISFIT},
    summary="The measures of all plans in one table",
)
def rows(
    request: HttpRequest,
    plan: Annotated[str, Query("", description="Code of a plan, to read its rows alone.")] = "",
    lang: Lang = None,
) -> list[dict[str, Any]]:
    """Which measure is carried out by which service, and how each indicator is measured."""
    boards = api.boards(now=system_clock(), language=_language())
    return [
        made.row_out(measure, board.head)
        for board in boards
        if plan in ("", board.head.code)
        for measure in board.measures
    ]


@router.get(
    "/lineage",
    response={200: shapes.LineageOut, **MISFIT},
    summary="What grew from what, over all plans",
)
def lineage(request: HttpRequest, lang: Lang = None) -> api.River:
    """Every way between measures, with the measures at its ends."""
    return api.whole_river(_language())


@router.get(
    "/drivers", response={200: list[shapes.DriverOut], **MISFIT}, summary="Why measures exist"
)
def drivers(request: HttpRequest, lang: Lang = None) -> tuple[api.DriverState, ...]:
    """Laws, guidelines, technologies and local issues from which measures follow."""
    return api.drivers(_language())


@router.get(
    "/assets",
    response={200: list[shapes.AssetOut], **MISFIT},
    summary="The information infrastructure",
)
def assets(request: HttpRequest, lang: Lang = None) -> tuple[api.AssetState, ...]:
    """What the city already has, since when, at what cost."""
    return api.assets(_language())


@router.get(
    "/series",
    response={200: list[shapes.SeriesHeadOut], **MISFIT},
    summary="Every series over plans",
)
def every_series(request: HttpRequest, lang: Lang = None) -> list[shapes.SeriesHeadOut]:
    """Series without their figures."""
    return made.series_heads_out(api.series_heads(_language()))


@router.get(
    "/series/{code}", response={200: shapes.SeriesOut, **MISSING}, summary="One series over plans"
)
def series(
    request: HttpRequest,
    code: Annotated[str, Path(description="Its word, as /api/plans/series lists it.")],
    lang: Lang = None,
) -> api.SeriesLine:
    """The same indicator over several plans. Years that no plan knows are missing, not zero."""
    return _found(api.series_line(code, now=system_clock(), language=_language()))


@router.get(
    "/{code}", response={200: shapes.PlanWholeOut, **MISSING}, summary="One plan without measures"
)
def plan(request: HttpRequest, code: Code, lang: Lang = None) -> dict[str, Any]:
    """A plan with its own words, its parts, how it grades, and how its measures stand."""
    head = _head(code)
    board = api.plan_board(code, now=system_clock(), language=_language())
    return made.plan_whole(board, head)


@router.get(
    "/{code}/measures",
    response={200: list[shapes.MeasureOut], **MISSING},
    summary="The measures of one plan, in its order",
)
def measures(
    request: HttpRequest, code: Code, narrowing: Query[Narrowing], lang: Lang = None
) -> list[dict[str, Any]]:
    """Whole, without pages: a plan has some tens of measures. An unknown code gives an empty list."""
    head = _head(code)
    board = api.plan_board(code, now=system_clock(), language=_language())
    found = board.measures if board else ()
    return [made.measure_out(each, head) for each in found if narrowing.lets_in(each)]


@router.get(
    "/{code}/measures/{number}",
    response={200: shapes.MeasureWholeOut, **MISSING},
    summary="One measure with all that surrounds it",
)
def measure(request: HttpRequest, code: Code, number: Number, lang: Lang = None) -> dict[str, Any]:
    """Everything that the measure's page shows."""
    found = api.measure_page(code, number, now=system_clock(), language=_language())
    return made.measure_whole(_found(found))


@router.get(
    "/{code}/measures/{number}/history",
    response={200: shapes.HistoryOut, **MISSING},
    summary="How a measure came to read as it does",
)
def history(request: HttpRequest, code: Code, number: Number, lang: Lang = None) -> api.History:
    """Figures that were replaced and texts that were edited, newest first."""
    return _found(api.history(code, number, language=_language()))


@router.get(
    "/{code}/measures/{number}/indicators/{int:order}/values",
    response={200: list[shapes.StandingFigureOut], **MISSING},
    summary="The stored figures of an indicator that stand now",
)
def values(
    request: HttpRequest, code: Code, number: Number, order: Order, lang: Lang = None
) -> tuple[api.StandingFigure, ...]:
    """By year and month, each with the id that a sender names who replaces it. Metered figures are not
    among them: they are at /api/meters/{meter}/figures."""
    return _found(api.standing_figures(code, number, order))


def _heads() -> tuple[api.PlanHead, ...]:
    return api.plan_heads(_language(), now=system_clock())


def _head(code: str) -> api.PlanHead:
    return _found(next((head for head in _heads() if head.code == code), None))


def _language() -> str:
    return get_language() or "ja"


def _found(thing: T | None) -> T:
    """What was asked for; a refusal in words where there is none."""
    if thing is None:
        raise HttpError(
            404, _("その計画、取組、指標または系列はありません。番号を確かめてください。")
        )
    return thing
