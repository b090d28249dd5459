"""Where the export begins: the home, every room's index, and what rooms name in EXPORTED, in each language.

A room's `urls.py` (or `tasks.py`) may hold `EXPORTED`, a tuple of callables that give public paths in the language
that is active: pages to which no other page leads. Its `urls.py` may hold `AT_REQUEST`, names of its pages that are
not exported: a search, a figure of any hour of any year.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from urllib.parse import unquote

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language_from_path

from tsunagari.city import addresses, discovery

Exported = Callable[[], Iterable[str]]

WELL_KNOWN = ("/robots.txt", "/sitemap.xml", "/favicon.ico")
"""Files that machines ask for without a link; none of them has to be there."""


def starting_addresses() -> list[str]:
    """Every address from which links are followed, without doubles."""
    found: dict[str, None] = {}
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            home = translate_url("/", code)
            for each in ("/" if code == settings.LANGUAGE_CODE else home, *_indexes(), *_exported()):  # fmt: skip
                found.setdefault(each)
    return list(found)


def pages_at_request() -> frozenset[str]:
    """The pages that rooms keep out of the export, as "room:page"."""
    modules = [import_module(name) for name in addresses.public_modules()]
    return frozenset(
        f"{module.app_name}:{page}"
        for module in modules
        for page in getattr(module, "AT_REQUEST", ())
    )


def page_named(address: str) -> str:
    """The name of the page that answers this address, as "room:page"; "" where none does."""
    path = unquote(address.partition("?")[0])
    with translation.override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path).view_name
        except Resolver404:
            return ""


def _indexes() -> Iterable[str]:
    for name in addresses.public_modules():
        room = import_module(name).app_name
        for page in ("index", "home"):
            try:
                yield reverse(f"{room}:{page}")
            except NoReverseMatch:
                continue


def _exported() -> Iterable[str]:
    for drawer in ("urls", "tasks"):
        for name in discovery.having(drawer):
            given: tuple[Exported, ...] = getattr(import_module(name), "EXPORTED", ())
            for each in given:
                yield from each()
