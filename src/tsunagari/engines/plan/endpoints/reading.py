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
from tsunagari.engines.plan.endpoints.days import NO_DAY, Asked, On, asked
from tsunagari.engines.plan.endpoints.plans import Code, Number, Order, router
from tsunagari.kernel.answers.api import Lang, RefusedOut
from tsunagari.kernel.i18n.clock import system_clock

MISFIT = {422: RefusedOut, **NO_DAY}
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
            and self.status in (None, measure.code)
            and self.how in (None, *(each.how for each in measure.indicators))
        )


@router.get(
    "/", response={200: list[shapes.PlanOut], **MISFIT}, summary="Every plan, the newest first"
)
def plans(request: HttpRequest, on: On = None, lang: Lang = None) -> list[dict[str, Any]]:
    """Plans without their measures."""
    return [made.plan_out(head) for head in _heads(_asked(on))]


@router.get(
    "/measures",
    response={200: list[shapes.RowOut], **MISFIT},
    summary="The measures of all plans in one table",
)
def rows(
    request: HttpRequest,
    plan: Annotated[str, Query("", description="Code of a plan, to read its rows alone.")] = "",
    on: On = None,
    lang: Lang = None,
) -> list[dict[str, Any]]:
    """Which measure is carried out by which service, and how each indicator is measured."""
    seen = _asked(on)
    boards = api.boards(now=seen.now, language=_language(), on=seen.on)
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
def lineage(request: HttpRequest, on: On = None, lang: Lang = None) -> api.River:
    """Every way between measures, with the measures at its ends."""
    return api.whole_river(_language(), _asked(on).on)


@router.get(
    "/drivers", response={200: list[shapes.DriverOut], **MISFIT}, summary="Why measures exist"
)
def drivers(request: HttpRequest, on: On = None, lang: Lang = None) -> tuple[api.DriverState, ...]:
    """Laws, guidelines, technologies and local issues from which measures follow."""
    return api.drivers(_language(), _asked(on).on)


@router.get(
    "/assets",
    response={200: list[shapes.AssetOut], **MISFIT},
    summary="The information infrastructure",
)
def assets(request: HttpRequest, on: On = None, lang: Lang = None) -> tuple[api.AssetState, ...]:
    """What the city already has, since when, at what cost."""
    return api.assets(_language(), _asked(on).on)


@router.get(
    "/series",
    response={200: list[shapes.SeriesHeadOut], **MISFIT},
    summary="Every series over plans",
)
def every_series(
    request: HttpRequest, on: On = None, lang: Lang = None
) -> list[shapes.SeriesHeadOut]:
    """Series without their figures."""
    return made.series_heads_out(api.series_heads(_language(), _asked(on).on))


@router.get(
    "/series/{code}", response={200: shapes.SeriesOut, **MISSING}, summary="One series over plans"
)
def series(
    request: HttpRequest,
    code: Annotated[str, Path(description="Its word, as /api/plans/series lists it.")],
    on: On = None,
    lang: Lang = None,
) -> api.SeriesLine:
    """The same indicator over several plans. Years that no plan knows are missing, not zero."""
    seen = _asked(on)
    return _found(api.series_line(code, now=seen.now, language=_language(), on=seen.on))


@router.get(
    "/{code}", response={200: shapes.PlanWholeOut, **MISSING}, summary="One plan without measures"
)
def plan(request: HttpRequest, code: Code, on: On = None, lang: Lang = None) -> dict[str, Any]:
    """A plan with its own words, its parts, how it grades, and how its measures stand."""
    seen = _asked(on)
    head = _head(code, seen)
    board = api.plan_board(code, now=seen.now, language=_language(), on=seen.on)
    return made.plan_whole(board, head)


@router.get(
    "/{code}/measures",
    response={200: list[shapes.MeasureOut], **MISSING},
    summary="The measures of one plan, in its order",
)
def measures(
    request: HttpRequest, code: Code, narrowing: Query[Narrowing], on: On = None, lang: Lang = None
) -> list[dict[str, Any]]:
    """Whole, without pages: a plan has some tens of measures. An unknown code gives an empty list."""
    seen = _asked(on)
    head = _head(code, seen)
    board = api.plan_board(code, now=seen.now, language=_language(), on=seen.on)
    found = board.measures if board else ()
    return [made.measure_out(each, head) for each in found if narrowing.lets_in(each)]


@router.get(
    "/{code}/measures/{number}",
    response={200: shapes.MeasureWholeOut, **MISSING},
    summary="One measure with all that surrounds it",
)
def measure(
    request: HttpRequest, code: Code, number: Number, on: On = None, lang: Lang = None
) -> dict[str, Any]:
    """Everything that the measure's page shows."""
    seen = _asked(on)
    found = api.measure_page(code, number, now=seen.now, language=_language(), on=seen.on)
    return made.measure_whole(_known(found, seen, code, number))


@router.get(
    "/{code}/measures/{number}/history",
    response={200: shapes.HistoryOut, **MISSING},
    summary="How a measure came to read as it does",
)
def history(
    request: HttpRequest, code: Code, number: Number, on: On = None, lang: Lang = None
) -> api.History:
    """Figures that were replaced and texts that were edited, newest first."""
    seen = _asked(on)
    found = api.history(code, number, language=_language(), on=seen.on)
    return _known(found, seen, code, number)


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


def _asked(on: str | None) -> Asked:
    return asked(on, system_clock)


def _heads(seen: Asked) -> tuple[api.PlanHead, ...]:
    return api.plan_heads(_language(), now=seen.now, on=seen.on)


def _head(code: str, seen: Asked) -> api.PlanHead:
    found = next((head for head in _heads(seen) if head.code == code), None)
    return _known(found, seen, code)


def _language() -> str:
    return get_language() or "ja"


def _known(thing: T | None, seen: Asked, code: str, number: str = "") -> T:
    """What was asked for; a refusal in words where there is none, or was none yet on that day."""
    first = api.first_day(code, number) if thing is None and seen.on else None
    if seen.on and first and first > seen.on:
        said = _("%(day)s には、まだ登録されていません。%(first)s からの内容を読めます。")
        raise HttpError(404, said % {"day": seen.on.isoformat(), "first": first.isoformat()})
    return _found(thing)


def _found(thing: T | None) -> T:
    """What was asked for; a refusal in words where there is none."""
    if thing is None:
        raise HttpError(
            404, _("その計画、取組、指標または系列はありません。番号を確かめてください。")
        )
    return thing
