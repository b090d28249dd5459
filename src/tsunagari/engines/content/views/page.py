"""A page at its address, or the way to where it moved."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tsunagari.engines.content.queries import lists
from tsunagari.engines.content.queries.around import around
from tsunagari.engines.content.queries.finding import moved_to, page_at
from tsunagari.engines.content.queries.rows import rows_of
from tsunagari.engines.content.queries.sections import service_of
from tsunagari.engines.content.queries.structured import of_list
from tsunagari.engines.content.rules.kept_names import list_name, page_name
from tsunagari.engines.content.views.furigana import FURIGANA, add_furigana, wants_furigana
from tsunagari.engines.content.views.keeping import keep
from tsunagari.engines.content.views.maps import allow_map
from tsunagari.engines.content.views.questions import Asked, asked_questions
from tsunagari.kernel.design.easy import page_exists_in, speaks_easy
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.service.declare import Seen

A_PAGE = 20
"""Rows of a list on one page."""


@require_safe
@speaks_easy
def page(request: HttpRequest, path: str, *, clock: Clock = system_clock) -> HttpResponse:
    """Whatever is published there; 301 to where it moved; else not found."""
    language = get_language() or "ja"
    found = page_at(path, language)
    if found is None:
        now = moved_to(path, language)
        if now:
            return HttpResponsePermanentRedirect(now)
        raise Http404
    surroundings = around(found)
    request.tsunagari_around = surroundings  # type: ignore[attr-defined]  # read by the template's tag
    page_exists_in(request, surroundings.addresses)
    if found.kind == "list":
        return _list(request, found, language, clock)
    ruby = wants_furigana(request, language)
    request.tsunagari_furigana = ruby  # type: ignore[attr-defined]  # the page offers the other way
    answer = found.serve(request).render()
    allow_map(answer, found)
    if ruby:
        add_furigana(answer)
    answer = keep(answer, surroundings.made_of, now=clock(), query=(FURIGANA,))
    return _counted(answer, found, path)


@require_safe
def former(_request: HttpRequest, path: str) -> HttpResponse:
    """An address as old sites have them (…/index.html): 301 to its page, else not found."""
    now = moved_to(path, get_language() or "ja")
    if not now:
        raise Http404
    return HttpResponsePermanentRedirect(now)


def _counted(answer: HttpResponse, page: Any, path: str) -> HttpResponse:
    """Its view counts for the service to which the page belongs, for its division and for itself."""
    asked = page.life_events if page.kind == "question" else ()
    answer.seen = Seen(  # type: ignore[attr-defined]  # read by the middleware of the rooms
        service=service_of(path, asked),
        page=page.kind,
        division=page.division,
        subject=page.public_id,
    )
    return answer


def _list(request: HttpRequest, page: Any, language: str, clock: Clock) -> HttpResponse:
    category = request.GET.get("category", "")
    asked: Asked | None = None
    if page.lists == "news":
        found: Any = lists.news(language, category=category)
    elif page.lists == "event":
        found = lists.events(language, now=clock(), category=category)
    else:
        asked = asked_questions(request, language)
        found = asked.found(now=clock())
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "self": page,
        "shown": shown,
        "rows": rows_of(shown.object_list),
        "category": category,
        "categories": lists.categories(page.lists, language) if page.lists != "question" else (),
        "asked": asked,
        "lists": page.lists,
        "machines": of_list(
            page, rows_of(shown.object_list), language, request.build_absolute_uri("/").rstrip("/")
        ),
    }
    answer = render(request, "content/list.html", context)
    names = (page_name(page.public_id), list_name(page.lists, language))
    ends = [row.ends or row.begins for row in context["rows"] if page.lists == "event"]
    first = min((end for end in ends if end), default=None)
    answer = keep(answer, names, now=clock(), until=first, query=("page", "category"))
    return _counted(answer, page, f"{page.slug}/")
