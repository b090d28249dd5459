"""Ways into the pages: by life event, by division, and the map of the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.queries import lists
from tsunagari.engines.content.queries.contacts import contact_words
from tsunagari.engines.content.queries.structured import Machines, of_division, of_index
from tsunagari.engines.content.queries.vocabulary import life_event_words
from tsunagari.engines.content.rules.kept_names import division_name, label_name, list_name
from tsunagari.engines.content.views.keeping import keep
from tsunagari.kernel.design.easy import page_exists_in, speaks_easy
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity

READ: tuple[Kind, ...] = ("page",)
LANGUAGES = ("ja", "en", "easy")


def in_all_languages(request: HttpRequest) -> None:
    """This page stands at the same address below the prefix of each language."""
    path = request.path_info
    plain = path.removeprefix("/en/").removeprefix("/easy/").lstrip("/")
    prefixes = {"ja": "/", "en": "/en/", "easy": "/easy/"}
    page_exists_in(request, {code: f"{prefixes[code]}{plain}" for code in LANGUAGES})


def machines_here(request: HttpRequest, title: str) -> Machines:
    """What a page that is none of the tree tells machines of itself."""
    origin = request.build_absolute_uri("/").rstrip("/")
    return of_index(title, request.path, origin=origin, language=get_language() or "ja")


@require_safe
@speaks_easy
def life_events(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """All life events."""
    in_all_languages(request)
    language = get_language() or "ja"
    words = [(each.code, each.icon, each.in_language(language)) for each in life_event_words()]
    machines = machines_here(request, gettext("くらしの場面からさがす"))
    context = {"life_events": words, "machines": machines}
    answer = render(request, "content/life_events.html", context)
    return keep(answer, ["content.words"], now=clock())


@require_safe
@speaks_easy
def life_event(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """What one needs at a life event: pages, then questions, then what is new of it."""
    word = next((each for each in life_event_words() if each.code == code), None)
    if word is None:
        raise Http404
    in_all_languages(request)
    language = get_language() or "ja"
    context = {
        "title": word.in_language(language),
        "machines": machines_here(request, word.in_language(language)),
        "pages": lists.with_label("life_event", code, language, READ),
        "questions": lists.with_label("life_event", code, language, ("question",))[:20],
        "news": lists.with_label("life_event", code, language, ("news",))[:5],
    }
    answer = render(request, "content/life_event.html", context)
    return keep(answer, [label_name("life_event", code, language)], now=clock())


@require_safe
@speaks_easy
def divisions(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """All divisions."""
    in_all_languages(request)
    language = get_language() or "ja"
    found = identity.divisions(FiscalYear.at(clock()), language)
    machines = machines_here(request, gettext("課からさがす"))
    context = {"divisions": found, "machines": machines}
    answer = render(request, "content/divisions.html", context)
    return keep(answer, ["content.words"], now=clock())


@require_safe
@speaks_easy
def division(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """A division: how it is reached, its pages and its news."""
    in_all_languages(request)
    language = get_language() or "ja"
    asked = contact_words({"division": code}, language, clock=clock)
    if not asked.division:
        raise Http404
    context = {
        "asked": asked,
        "pages": lists.of_division(code, language, READ),
        "news": lists.of_division(code, language, ("news", "event"))[:10],
        "code": code,
        "machines": of_division(
            code,
            asked.division,
            asked.telephone,
            language,
            request.build_absolute_uri("/").rstrip("/"),
        ),
    }
    answer = render(request, "content/division.html", context)
    return keep(answer, [division_name(code, language)], now=clock())


@require_safe
@speaks_easy
def site_map(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """All topics, two levels deep."""
    in_all_languages(request)
    language = get_language() or "ja"
    context = {
        "topics": lists.topics_with_those_below(language),
        "machines": machines_here(request, gettext("サイトマップ")),
    }
    answer = render(request, "content/site_map.html", context)
    return keep(answer, [list_name("topic", language)], now=clock())
