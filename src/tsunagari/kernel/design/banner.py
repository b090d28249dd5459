"""What every page has to say first: rooms give it, the frame of every page shows it, also where something went wrong."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language

EMERGENCY = "content.emergency"
"""Names, for the edge, what a kept answer says of an emergency."""

logger = logging.getLogger("tsunagari.design")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What is said, in one language. `name` is the language's own name, `tag` its tag (BCP 47), `address` the
    page that says the same in it."""

    language: str
    tag: str
    name: str
    title: str
    text: str
    todo: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where help is: a page, or a telephone number ("tel:119"). `note` follows it."""

    title: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Banner:
    """An announcement on every page. `said` is in the reader's language, or in Japanese where that is missing;
    `others` are its other languages. `more` is the page to read on, "" for none. `light`: the home is a page of its
    own that says only this. `drill`: nothing has happened, and nobody may think so.
    """

    said: Wording
    others: tuple[Wording, ...] = ()
    changed_at: datetime
    more: str = ""
    light: bool = False
    drill: bool = False
    ways: tuple[Way, ...] = ()


Source = Callable[[str], Iterable[Banner]]
_SOURCES: list[Source] = []
_LAST: dict[str, tuple[Banner, ...]] = {}
"""What this process was told last, by language: said on while the database is away."""


def gives_banners(source: Source) -> Source:
    """Put it on a function that gives, for a language, what every page says first; it asks the database once."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def banners(request: HttpRequest | None = None) -> tuple[Banner, ...]:
    """What this page says first; read once for each request. A database that is away, or
    whatever else is wrong with it, breaks no page."""
    kept: tuple[Banner, ...] | None = getattr(request, "tsunagari_banners", None)
    if kept is None:
        kept = _told(get_language() or "ja")
        if request is not None:
            request.tsunagari_banners = kept  # type: ignore[attr-defined]  # for the rest of the request
    return kept


def light_banner(request: HttpRequest) -> Banner | None:
    """The announcement that takes the home's place; None for the everyday home."""
    return next((each for each in banners(request) if each.light), None)


def _told(language: str) -> tuple[Banner, ...]:
    try:
        _LAST[language] = tuple(each for source in _SOURCES for each in source(language))
    except Exception as fault:  # noqa: BLE001 - no page may break of it, least of all one that says that something broke
        logger.warning("What every page says first could not be read: %s", type(fault).__name__)
    return _LAST.get(language, ())
