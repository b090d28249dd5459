"""The page of the search."""

from datetime import timedelta
from logging import getLogger
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tsunagari.kernel.design.easy import page_exists_in, speaks_easy
from tsunagari.kernel.edge.api import is_asked_by_a_person
from tsunagari.kernel.edge.declare import READ_ONLY
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.search import api
from tsunagari.kernel.search.declare import Found, Onward
from tsunagari.kernel.search.views import results
from tsunagari.kernel.search.views.asking import Asked, asked_in

A_PAGE = 20
MOST_PAGES = 10
LATELY = timedelta(days=30)
LANGUAGES = ("ja", "en", "easy")

logger = getLogger(__name__)


# Never `kept` by the edge (kernel/edge): each asking is counted where the page is drawn.
@require_safe
@speaks_easy
def index(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The field alone, or what was found for `?q=`."""
    asked = asked_in(request, api.declared())
    language = get_language() or "ja"
    page_exists_in(request, {code: _in_language(request, asked, code) for code in LANGUAGES})
    context = {"asked": asked, "suggest": reverse("search:suggest")}
    if not asked.text:
        return render(request, "search/index.html", context | _ways(language, clock))
    found = _found(asked, language, clock)
    if asked.page > 1 and not found.hits:
        return HttpResponseRedirect(asked.address())
    _note(request, asked, language, found, clock)
    return render(request, "search/index.html", context | _answer(asked, found, language))


def _in_language(request: HttpRequest, asked: Asked, language: str) -> str:
    """The same question among the pages of another language; Japanese words are none for English pages."""
    keeps = language != "en" or asked.text.isascii()
    return translate_url(request.get_full_path() if keeps else request.path, language)


def _found(asked: Asked, language: str, clock: Clock) -> Found:
    return api.find(
        asked.text,
        language=language,
        facets={name: (value,) for name, value in asked.facets.items()},
        kinds=(asked.kind,) if asked.kind else None,
        page=asked.page,
        size=A_PAGE,
        at=clock(),
        literally=asked.literally,
    )


def _ways(language: str, clock: Clock) -> dict[str, Any]:
    """For the page before anything is asked: what others seek, and other ways in."""
    since = japan_day(clock()) - LATELY
    return {
        "popular": api.popular(language=language, first=since),
        "onward": _onward("", language),
    }


def _onward(text: str, language: str) -> list[Onward]:
    return [
        way
        for source in api.declared()
        if source.onward
        for way in source.onward(text, language)
        if way.links
    ]


def _answer(asked: Asked, found: Found, language: str) -> dict[str, Any]:
    sources = api.declared()
    if not found.number:
        nearest = () if asked.narrowed else api.nearest(asked.text, language=language)
        return {
            "found": found,
            "nearest": nearest,
            "onward": [] if asked.narrowed else _onward(asked.text, language),
            "elsewhere": translate_url(reverse("search:index"), "ja") if language == "en" else "",
            "wider": _wider(asked),
        }
    words = results.facet_words(found, asked, sources, language)
    places = results.places_of(found, sources, language)
    return {
        "found": found,
        "results": results.results(found, words, places),
        "kinds": results.kind_filter(found, asked),
        "filters": results.facet_filters(found, asked, words, sources),
        "also": results.also_sought(found.synonyms),
        "literal": asked.address(literally="1"),
        "wider": _wider(asked),
        "shown": _shown(found, asked),
    }


def _wider(asked: Asked) -> str:
    """The question without any filter; "" where none is set."""
    if not asked.narrowed:
        return ""
    return asked.address(kind="", **dict.fromkeys(asked.facets, ""))


class _Found(Paginator[int]):
    """Pages of what was found; only the best ten can be turned to."""

    @property
    def num_pages(self) -> int:
        """At most ten."""
        return min(super().num_pages, MOST_PAGES)


def _shown(found: Found, asked: Asked) -> Page[int]:
    return _Found(range(found.number), A_PAGE).get_page(asked.page)


def _note(request: HttpRequest, asked: Asked, language: str, found: Found, clock: Clock) -> None:
    """Count the question once, as a person asked it: not its further pages, filters or corrections. What
    cannot be written (read-only, a database that is busy with others) is let go: the page matters more."""
    again = asked.page > 1 or asked.narrowed or asked.literally
    if again or request.META.get(READ_ONLY) or not is_asked_by_a_person(request.META):
        return
    try:
        api.note_sought(asked.text, language, found.number, clock=clock)
    except DatabaseError:
        logger.warning("What was sought could not be counted.", exc_info=True)
