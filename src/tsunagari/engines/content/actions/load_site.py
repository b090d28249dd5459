"""Load the site of a city pack: its topics, pages, news, events and questions, each where no page stands yet.

A page that stands is never touched: from its first day on it belongs to the clerks.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from wagtail.models import Page

from tsunagari.engines.content.actions.load_words import load_words
from tsunagari.engines.content.actions.prepare_site import Prepared, prepare_site
from tsunagari.engines.content.actions.show_new_pages import show_new_pages
from tsunagari.engines.content.models import (
    ArticlePage,
    CityPage,
    EventPage,
    NewsPage,
    QuestionPage,
    TopicPage,
)
from tsunagari.engines.content.models.city_page import LONGEST_SUMMARY
from tsunagari.engines.content.models.permission import office
from tsunagari.engines.content.rules.site_blocks import stream
from tsunagari.engines.content.rules.site_file import Topic, site_words
from tsunagari.engines.content.rules.site_pages import (
    LANGUAGES,
    LISTS,
    SitePage,
    SiteRefused,
    Wording,
    moment,
    site_pages,
)
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import JAPAN, japan_day
from tsunagari.kernel.search.api import PackRefused, load_synonyms

_TYPES: Final[Mapping[str, type[CityPage]]] = {
    "page": ArticlePage,
    "news": NewsPage,
    "event": EventPage,
    "question": QuestionPage,
}

MORNING = time(9, 0)
"""When pages of a pack were published, on their day."""


@dataclass(frozen=True, kw_only=True)
class LoadedSite:
    """How many pages were written, all languages together, and how many stood already."""

    written: int
    standing: int


@transaction.atomic
def load_site(pack: Path, *, clock: Clock) -> LoadedSite:
    """Bring the pack's pages in, with its words and the synonyms for the search. All or nothing: raises SiteRefused."""
    pages = list(site_pages(pack))
    prepared = prepare_site(clock=clock)
    loading = _Loading(prepared, clock)
    for topic in site_words(pack).topics:
        loading.topic(topic, ())
    for page in pages:
        loading.page(page)
    loading.write_bodies()
    load_words(pack)
    try:
        load_synonyms(pack)
    except PackRefused as refused:
        raise SiteRefused(str(refused)) from refused
    return LoadedSite(written=len(loading.new), standing=loading.standing)


class _Loading:
    """One loading: parents by their address, pages by slug and language, so that links can be made."""

    def __init__(self, prepared: Prepared, clock: Clock) -> None:
        self._clock = clock
        self._parents: dict[tuple[str, str], Any] = {
            (language, ""): home for language, home in prepared.homes.items()
        }
        self._keys: dict[str, dict[str, int]] = {language: {} for language in LANGUAGES}
        self._standing = {
            page.url_path: page
            for home in prepared.homes.values()
            for page in Page.objects.descendant_of(home).select_related("locale")
        }
        self.new: list[tuple[Any, SitePage | None, Wording | None]] = []
        self.standing = 0

    def topic(self, topic: Topic, above: tuple[str, ...]) -> None:
        """A topic in every language, then those below it."""
        original: Any = None
        for language in LANGUAGES:
            parent = self._parents[language, "/".join(above)]
            found = self._standing.get(_below(parent, topic.code))
            if found is None:
                found = TopicPage(
                    title=topic.in_language(language),
                    summary=topic.summary_in(language)[:LONGEST_SUMMARY],
                    slug=topic.code,
                    icon=topic.icon,
                    division=office(),
                    locale=parent.locale,
                )
                if original is not None:
                    found.translation_key = original.translation_key
                self._add(parent, found, self._clock(), None, None)
            original = original or found
            self._parents[language, "/".join((*above, topic.code))] = found
        for each in topic.below:
            self.topic(each, (*above, topic.code))

    def page(self, page: SitePage) -> None:
        """A page in every language that it has."""
        original: Any = None
        for language, wording in page.wordings.items():
            parent = self._parent(page, language)
            found = self._standing.get(_below(parent, page.slug))
            if found is None:
                found = self._made(page, wording, parent)
                if original is not None:
                    found.translation_key = original.translation_key
                self._add(parent, found, _published(page, self._clock()), page, wording)
            else:
                self.standing += 1
            original = original or found
            self._keys[language][page.slug] = found.pk

    def _parent(self, page: SitePage, language: str) -> Any:
        where = "/".join(page.topics) if page.topics else LISTS.get(page.kind, "")
        key = (language, where)
        if key not in self._parents and page.kind in LISTS:
            self._parents[key] = self._standing[_below(self._parents[language, ""], where)]
        if key not in self._parents:
            raise SiteRefused(
                f"{page.file}: there is no topic {where!r}; name it in site.yaml or move the file."
            )
        return self._parents[key]

    def _made(self, page: SitePage, wording: Wording, parent: Any) -> Any:
        return _TYPES[page.kind](
            title=wording.title,
            slug=page.slug,
            summary=wording.summary[:LONGEST_SUMMARY],
            division=page.division,
            life_events=list(page.life_events),
            keywords="、".join(page.keywords)[:500],
            reading=page.reading,
            checked_on=page.checked_on or page.published,
            locale=parent.locale,
            **_own(page),
        )

    def _add(
        self,
        parent: Any,
        page: Any,
        published: datetime,
        said: SitePage | None,
        wording: Wording | None,
    ) -> None:
        now = self._clock()
        page.expired = page.expire_at is not None and page.expire_at <= now
        page.live = published <= now and not page.expired
        if page.live or page.expired:
            page.first_published_at = page.last_published_at = published
        else:
            page.go_live_at = published
        parent.add_child(instance=page)
        self.new.append((page, said, wording))

    def write_bodies(self) -> None:
        """When every page has its key, the bodies with their links."""
        for page, said, wording in self.new:
            if said and wording:
                keys = {**self._keys["ja"], **self._keys[page.locale.language_code]}
                raw = stream(
                    wording.body,
                    page=f"{said.slug}:{page.locale.language_code}",
                    link=partial(_link, keys),
                    pages=keys,
                )
                page.body = json.dumps(raw, ensure_ascii=False)
                # What Wagtail does after a save waits for the commit since the page was added, and reads the body then.
                type(page).objects.filter(pk=page.pk).update(body=page.body)
        show_new_pages([page for page, *_rest in self.new], clock=self._clock)


def _below(parent: Any, slug: str) -> str:
    return f"{parent.url_path}{slug}/"


def _link(keys: Mapping[str, int], words: str, address: str) -> str:
    slug = address.removeprefix("page:")
    if slug == address:
        return f'<a href="{escape(address)}">{words}</a>'
    return f'<a linktype="page" id="{keys[slug]}">{words}</a>' if slug in keys else words


def _published(page: SitePage, now: datetime) -> datetime:
    day = page.published or japan_day(now) - timedelta(days=30)
    return datetime.combine(day, MORNING, JAPAN)


def _own(page: SitePage) -> dict[str, Any]:
    said = page.more
    if page.kind == "news":
        until: date | None = said.get("until")
        return {
            "day": page.published,
            "category": str(said.get("category") or ""),
            "urgent": bool(said.get("urgent")),
            "expire_at": datetime.combine(until, time(23, 59), JAPAN) if until else None,
        }
    if page.kind == "event":
        place = said.get("place") or ""
        return {
            "begins": moment(said["starts"]),
            "ends": moment(said.get("ends")),
            "category": str(said.get("category") or ""),
            "place": place["name"] if isinstance(place, Mapping) else str(place),
            "fee": str(said.get("fee") or ""),
            "capacity": str(said.get("capacity") or ""),
            "booking": str(said.get("booking") or "")[:300],
        }
    return dict(said) if page.kind == "question" else {}
