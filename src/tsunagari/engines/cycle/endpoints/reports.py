"""What everyone may read of closed years."""

from typing import Annotated, Any, Final, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja.errors import HttpError

from tsunagari.engines.cycle.endpoints import shapes
from tsunagari.engines.cycle.queries.published import Report, Version, report, versions_of
from tsunagari.engines.cycle.rules.yearbook import YearMeasure
from tsunagari.kernel.answers.api import Lang, RefusedOut

ADDRESS: Final = "reports"

router = Router(tags=["reports"])

MISFIT = {422: RefusedOut}
MISSING = {404: RefusedOut, **MISFIT}

T = TypeVar("T")

Plan = Annotated[
    str,
    Path(description="The plan's code, as /api/plans/ lists it.", examples=["policy-2024-2028"]),
]
Year = Annotated[int, Path(description="The fiscal year.", examples=[2025])]
Number = Annotated[str, Path(description="The measure's number in the plan.", examples=["2"])]
Which = Annotated[int, Path(description="The version, from 1.", examples=[1])]


@router.get(
    "/",
    response={200: list[shapes.ReportHeadOut], **MISFIT},
    summary="Every closed year, the newest first",
)
def reports(
    request: HttpRequest,
    plan: Annotated[
        str,
        Query("", description="Code of a plan, to read its years alone.", pattern=r"^[a-z0-9-]*$"),
    ] = "",
    lang: Lang = None,
) -> list[dict[str, Any]]:
    """Closed years with their versions, without their content."""
    years: dict[tuple[str, int], list[Version]] = {}
    for each in versions_of(plan):
        years.setdefault((each.plan, each.year), []).append(each)
    return [
        {
            "plan": code,
            "fiscal_year": year,
            "versions": [_version(each) for each in versions],
            "address": reverse("cycle:report", args=[code, year]),
        }
        for (code, year), versions in years.items()
    ]


@router.get(
    "/{plan}/{int:year}",
    response={200: shapes.ReportOut, **MISSING},
    summary="A closed year as it reads now",
)
def newest(request: HttpRequest, plan: Plan, year: Year, lang: Lang = None) -> dict[str, Any]:
    """The newest version, with every erratum in it."""
    return _whole(_found(plan, year))


@router.get(
    "/{plan}/{int:year}/versions/{int:version}",
    response={200: shapes.ReportOut, **MISSING},
    summary="A closed year as one version reads",
)
def one_version(
    request: HttpRequest, plan: Plan, year: Year, version: Which, lang: Lang = None
) -> dict[str, Any]:
    """A version never changes."""
    return _whole(_found(plan, year, version))


@router.get(
    "/{plan}/{int:year}/measures/{number}",
    response={200: shapes.YearMeasureOut, **MISSING},
    summary="One measure of a closed year as it reads now",
)
def measure(
    request: HttpRequest, plan: Plan, year: Year, number: Number, lang: Lang = None
) -> YearMeasure:
    """The measure in the newest version."""
    return _there(_found(plan, year).book.measure(number))


def _found(plan: str, year: int, version: int | None = None) -> Report:
    return _there(report(plan, year, language=get_language() or "ja", version=version))


def _there(thing: T | None) -> T:
    """What was asked for; a refusal in words where there is none."""
    if thing is None:
        raise HttpError(
            404,
            _(
                "その年度、版または取組の年次報告は公表されていません。/api/reports/ で確かめてください。"
            ),
        )
    return thing


def _whole(held: Report) -> dict[str, Any]:
    return {
        "version": _version(held.version),
        "versions": [_version(each) for each in held.versions],
        "content": held.book,
    }


def _version(version: Version) -> dict[str, Any]:
    place = [version.plan, version.year]
    page = reverse("cycle:report", args=place)
    return {
        **vars(version),
        "page": f"{page}?version={version.version}",
        "data": reverse("cycle:download", args=[*place, version.version, "data.json"]),
    }
