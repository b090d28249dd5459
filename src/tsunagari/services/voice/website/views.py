"""The city's home page: what is here now, how the plan stands, what people read, divisions last."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.content import api as content
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.design.banner import EMERGENCY, light_banner
from tsunagari.kernel.design.context import public_address
from tsunagari.kernel.design.easy import page_exists_in, speaks_easy
from tsunagari.kernel.design.figures import Count
from tsunagari.kernel.edge.api import kept
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.service import api as rooms
from tsunagari.services.voice.website import queries

ROOMS = {"metering": N_("数値の一覧と、その数え方")}
"""Titles of kernel rooms that have public pages; engines and services bring their own."""

SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Read:
    """A part of the site with how often it was read."""

    title: str
    address: str
    views: int


@dataclass(frozen=True, kw_only=True)
class Moving:
    """An indicator that has a figure: its measure's page and the figure."""

    name: str
    address: str
    value: object
    unit: str
    digits: int
    year: str


@speaks_easy
def home(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The home page; in an emergency that wants it so, the light page in its place. `?full` asks for the home."""
    page_exists_in(request, {"ja": "/", "en": "/en/", "easy": "/easy/"})
    language = get_language() or "ja"
    light = light_banner(request) if "full" not in request.GET else None
    if light:
        foreign = light.said.language == "ja" and language == "en"
        answer = render(request, "design/light.html", {"light": light, "foreign": foreign})
        return kept(answer, names=[EMERGENCY])
    found = queries.home(now=clock(), language=language)
    context = {
        "urgent": found.urgent,
        "news": found.news,
        "events": found.events,
        "topics": found.topics,
        "life_events": [
            (each.code, each.icon, each.in_language(language)) for each in found.life_events
        ],
        "examples": found.examples if language == "ja" else (),
        "machines": content.home_for_machines(
            language, request.build_absolute_uri("/").rstrip("/")
        ),
        "search": public_address("search:index"),
        "board": found.board,
        "counts": found.counts,
        "sentence": _sentence(found),
        "bar": _bar(found),
        "moving": [_moving(found.board, *each, language) for each in found.moving if found.board],
        "read": _read(found.read),
        "divisions": found.divisions,
        "year": format_fiscal_year(FiscalYear.at(clock()), language=language),
    }
    return render(request, "website/home.html", context)


def _sentence(found: queries.Home) -> str:
    if found.board is None or found.counts is None:
        return ""
    return plan.sentence(found.board.head.short_name, found.counts)


def _bar(found: queries.Home) -> tuple[Count, ...]:
    """How the plan stands, each piece a link to its measures: the same counts as in the sentence."""
    if found.board is None or found.counts is None:
        return ()
    page = reverse("plan:plan", args=[found.board.head.code])
    marks = [
        (plan.mark_in(found.board.head, code), number) for code, number in found.counts.by_code
    ]
    return tuple(
        Count(
            title=mark.title,
            number=number,
            kind=mark.swatch,
            address=f"{page}?status={mark.code}#list",
        )
        for mark, number in marks
    )


def _moving(
    board: plan.PlanBoard,
    measure: plan.MeasureState,
    indicator: plan.IndicatorState,
    language: str,
) -> Moving:
    result = indicator.latest
    return Moving(
        name=indicator.name,
        address=reverse("plan:measure", args=[board.head.code, measure.number]),
        value=result.value if result else None,
        unit=indicator.unit,
        digits=indicator.digits,
        year=format_fiscal_year(FiscalYear(result.year), language=language) if result else "",
    )


def _read(counted: tuple[tuple[str, int], ...]) -> list[Read]:
    """The rooms people went to from here; a room without an index page is left out."""
    shown = []
    for room, views in counted:
        title, address = _title(room), _index(room)
        if title and address:
            shown.append(Read(title=title, address=address, views=views))
    return shown[:SHOWN]


def _title(room: str) -> str:
    engines = {each.id: each.title for each in rooms.engines()}
    services = {each.id: each.title for each in rooms.services()}
    title = (ROOMS | engines | services).get(room, "")
    return gettext(title) if title else ""


def _index(room: str) -> str:
    try:
        return reverse(f"{room}:index")
    except NoReverseMatch:
        return ""
