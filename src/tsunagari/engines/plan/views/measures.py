"""All measures of all plans in one table: service, where to try it, indicator, how it is measured, figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext, pgettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import (
    IndicatorState,
    Mark,
    MeasureState,
    PlanBoard,
    PlanHead,
    ServiceLink,
)
from tsunagari.engines.plan.rules.how import HOW, HOW_MEANS
from tsunagari.engines.plan.views.figures import division_names, plain
from tsunagari.engines.plan.views.lasting import lasts_words
from tsunagari.engines.plan.views.lists import searched
from tsunagari.engines.plan.views.narrowing import Filter, Narrowing
from tsunagari.engines.plan.views.rows import now_words, unset_words
from tsunagari.engines.plan.views.words import PROVENANCE, year_words
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, Value, write_workbook

WITHOUT = "none"
"""In the address: measures that no service carries out yet."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A measure with the plan that holds it."""

    head: PlanHead
    measure: MeasureState


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One indicator in the table: how it gets its figures, and the latest one."""

    name: str
    how: str
    how_words: str
    address: str
    now: str
    provenance: str
    unset: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A measure in the table. `lasts` is what is said of its own years."""

    head: PlanHead
    measure: MeasureState
    address: str
    mark: Mark
    services: tuple[ServiceLink, ...]
    counted: tuple[Counted, ...]
    lasts: tuple[str, ...]


def measures(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The table as a page."""
    language = get_language() or "ja"
    boards = api.boards(now=clock(), language=language)
    asked = _narrowing(request, boards)
    query = request.GET.urlencode()
    context = {
        "asked": asked,
        "parts": [
            (board.head, [_line(held, language) for held in asked.shown if held.head is board.head])
            for board in boards
            if any(held.head is board.head for held in asked.shown)
        ],
        "totals": _totals(asked.things),
        "query": f"?{query}" if query else "",
    }
    return render(request, "plan/measures.html", context)


def measures_csv(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The table as CSV that Excel opens, narrowed as the page is."""
    headers, rows = _table(request, clock)
    return _file(write_table(headers, rows), "text/csv; charset=utf-8", "csv")


def measures_xlsx(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The table as a workbook, narrowed as the page is."""
    headers, rows = _table(request, clock)
    data = write_workbook(headers, rows, title=gettext("取組とサービス"))
    return _file(data, WORKBOOK_TYPE, "xlsx")


def _narrowing(request: HttpRequest, boards: tuple[PlanBoard, ...]) -> Narrowing[Held]:
    things = [Held(head=board.head, measure=m) for board in boards for m in board.measures]
    return Narrowing.of(
        request, things, _filters(boards, things), lambda held: searched(held.measure)
    )


def _filters(boards: tuple[PlanBoard, ...], things: list[Held]) -> tuple[Filter[Held], ...]:
    services = {s.id: s.title for held in things for s in held.measure.services}
    return (
        Filter(
            name="plan",
            title=gettext("計画"),
            titles={board.head.code: board.head.short_name for board in boards},
            keys=lambda held: [held.head.code],
        ),
        Filter(
            name="how",
            title=gettext("数え方"),
            titles={how: str(title) for how, title in HOW.items()},
            keys=lambda held: {indicator.how for indicator in held.measure.indicators},
        ),
        Filter(
            name="service",
            title=gettext("サービス"),
            titles={**services, WITHOUT: gettext("まだサービスがない取組")},
            keys=lambda held: [s.id for s in held.measure.services] or [WITHOUT],
        ),
        Filter(
            name="field",
            title=gettext("分野・一覧"),
            titles={
                f"{board.head.code}.{section.code}": section.name
                for board in boards
                for section in board.head.sections
            },
            keys=lambda held: [f"{held.head.code}.{held.measure.section}"],
        ),
    )


def _totals(things: tuple[Held, ...]) -> tuple[tuple[str, str, int], ...]:
    """How many indicators get their figures in which way, each way with what it means."""
    hows = [i.how for held in things for i in held.measure.indicators]
    return tuple(
        (str(title), str(HOW_MEANS[how]), sum(each == how for each in hows))
        for how, title in HOW.items()
        if how != "ended" or "ended" in hows
    )


def _line(held: Held, language: str) -> Line:
    measure = held.measure
    return Line(
        head=held.head,
        measure=measure,
        address=reverse("plan:measure", args=[held.head.code, measure.number]),
        mark=api.mark_of(measure, held.head),
        services=measure.services,
        counted=tuple(_counted(each, language) for each in measure.indicators),
        lasts=lasts_words(measure, language),
    )


def _counted(indicator: IndicatorState, language: str) -> Counted:
    return Counted(
        name=indicator.name,
        how=indicator.how,
        how_words=str(HOW[indicator.how]),
        address=reverse("metering:trace", args=[indicator.meter]) if indicator.meter else "",
        now=now_words(indicator, language),
        provenance=PROVENANCE[indicator.latest.origin] if indicator.latest else "",
        unset=unset_words(indicator, language),
    )


def _table(request: HttpRequest, clock: Clock) -> tuple[list[str], list[list[Value]]]:
    language = get_language() or "ja"
    boards = api.boards(now=clock(), language=language)
    rows = [
        row for held in _narrowing(request, boards).shown for row in _table_rows(held, language)
    ]
    return _headers(), rows


def _headers() -> list[str]:
    return [
        gettext("計画"),
        gettext("番号"),
        gettext("取組"),
        gettext("担当する課"),
        gettext("分野・一覧"),
        gettext("サービス"),
        gettext("試せる場所"),
        gettext("指標"),
        gettext("単位"),
        gettext("数え方"),
        gettext("メーター"),
        gettext("最新の実績の年度"),
        gettext("最新の実績"),
        gettext("状態"),
    ]


def _table_rows(held: Held, language: str) -> Iterator[list[Value]]:
    measure = held.measure
    between = pgettext("between divisions", "・")
    first: list[Value] = [
        held.head.short_name,
        measure.quoted,
        measure.name,
        division_names(measure),
        measure.section_name,
        between.join(service.title for service in measure.services),
        " ".join(service.address for service in measure.services if service.address),
    ]
    for each in measure.indicators or (None,):
        if each is None:
            yield [*first, *[""] * 6, api.mark_of(measure, held.head).title]
        else:
            mark = api.mark_beside(each, measure, held.head)
            yield [*first, *_indicator_cells(each, language), mark.title]


def _indicator_cells(each: IndicatorState, language: str) -> list[Value]:
    latest = each.latest
    return [
        each.name,
        each.unit,
        str(HOW[each.how]),
        each.meter,
        year_words(latest.year, language) if latest else "",
        plain(latest.value if latest else None),
    ]


def _file(data: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"measures.{ending}") or ""
    )
    return response
