"""What is new, for readers that ask by themselves: Atom (RFC 4287), RSS 2.0, and events as a calendar (RFC 5545)."""

import re
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.queries import lists
from tsunagari.engines.content.queries.contacts import division_title
from tsunagari.engines.content.queries.rows import PageRow, rows_of
from tsunagari.engines.content.rules.icalendar_text import calendar_of
from tsunagari.engines.content.rules.kept_names import changed_name, division_name, list_name
from tsunagari.engines.content.views.keeping import keep
from tsunagari.kernel.design.city_look import city_look, in_language
from tsunagari.kernel.design.easy import speaks_easy, tag_of
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import day_start

ENTRIES: Final = 30
FORMS: Final[dict[str, type[Atom1Feed] | type[Rss201rev2Feed]]] = {
    "atom": Atom1Feed,
    "rss": Rss201rev2Feed,
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Signs that no XML may hold."""


@require_safe
@speaks_easy
def news_feed(request: HttpRequest, form: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The newest news; `?category=` or `?division=` narrows them."""
    language = get_language() or "ja"
    category, division = _asked(request, "category"), _asked(request, "division")
    found = lists.news(language, category=category)
    if division:
        found = found.filter(division=division)
    narrowed = category or (division_title(division, language, clock=clock) if division else "")
    if division and not narrowed:
        raise Http404
    title = gettext("お知らせ")
    feed = _feed(
        request,
        form,
        f"{title}（{narrowed}）" if narrowed else title,
        address_of("news/", language),
    )
    for row in rows_of(found[:ENTRIES]):
        _add(feed, row, request, first=day_start(row.day))
    names = [list_name("news", language), changed_name(language)]
    names += [division_name(division, language)] if division else []
    return keep(_answer(feed), names, now=clock(), query=("category", "division"))


@require_safe
@speaks_easy
def changes_feed(request: HttpRequest, form: str, *, clock: Clock = system_clock) -> HttpResponse:
    """The pages that were published last, of every kind."""
    language = get_language() or "ja"
    feed = _feed(request, form, gettext("新しく変わったページ"), address_of("", language))
    for row in lists.changed_lately(language, ENTRIES):
        _add(feed, row, request, first=None)
    return keep(_answer(feed), [changed_name(language)], now=clock())


@require_safe
@speaks_easy
def events_calendar(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """All events to come, for a calendar that subscribes to them; `?category=` narrows them."""
    language, now = get_language() or "ja", clock()
    category = _asked(request, "category")
    rows = rows_of(lists.events(language, now=now, category=category)[:500])
    text = calendar_of(
        [lists.calendar_event(row) for row in rows],
        name=_plain(f"{in_language(city_look().name)} {category}".strip()),
        origin=_origin(request),
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    ends = [row.ends or row.begins for row in rows]
    first = min((end for end in ends if end), default=None)
    names = [list_name("event", language), changed_name(language)]
    return keep(answer, names, now=now, until=first, query=("category",))


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:50]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _feed(request: HttpRequest, form: str, title: str, address: str) -> Atom1Feed | Rss201rev2Feed:
    site = in_language(city_look().site)
    return FORMS[form](
        title=_plain(f"{site} {title}"),
        link=f"{_origin(request)}{address}",
        description=_plain(f"{site} {title}"),
        language=tag_of(get_language() or "ja"),
        author_name=in_language(city_look().name),
        feed_url=f"{_origin(request)}{request.get_full_path()}",
    )


def _add(feed: SyndicationFeed, row: PageRow, request: HttpRequest, first: datetime | None) -> None:
    feed.add_item(
        title=_plain(row.title),
        link=f"{_origin(request)}{row.address}",
        description=_plain(row.summary),
        unique_id=f"tag:{request.get_host().partition(':')[0]},2026:{row.public_id}",
        unique_id_is_permalink=False,
        pubdate=first or row.changed_at,
        updateddate=row.changed_at,
        categories=[_plain(row.category)] if row.category else [],
    )


def _plain(text: str) -> str:
    return _CONTROL.sub("", text)


def _answer(feed: Atom1Feed | Rss201rev2Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
