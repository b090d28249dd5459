"""What every template may use under the name `design`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language

from tsunagari.kernel.design.city_look import PageLink, city_look, in_language
from tsunagari.kernel.design.easy import EASY, addresses_named, tag_of


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language of the site: its own name, this page's address in it, and its tag (BCP 47)."""

    code: str
    name: str
    address: str
    current: bool
    tag: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the site's navigation."""

    title: str
    address: str
    current: bool


class Design:
    """The city and the page's surroundings, in the reader's language. The lists are made only for the
    templates that ask for them: the console asks for none."""

    def __init__(self, request: HttpRequest) -> None:
        look = city_look()
        self._request = request
        self._look = look
        self._language = get_language() or settings.LANGUAGE_CODE
        self.city_name = in_language(look.name)
        self.site_name = in_language(look.site)
        self.responsible = in_language(look.responsible)
        self.address = in_language(look.address)
        self.telephone = look.telephone
        self.crest = look.crest
        self.language_tag = tag_of(self._language)
        self.easy = self._language == EASY
        self.home = "/" if self._language == settings.LANGUAGE_CODE else f"/{self._language}/"

    @cached_property
    def stylesheet(self) -> str:
        """The address of the city's colours."""
        return stylesheet()

    @cached_property
    def search(self) -> str:
        """The address of the site's search, "" where this zone has none."""
        return public_address("search:index")

    @cached_property
    def languages(self) -> Sequence[Language]:
        """The languages in which this page exists: those of every screen, or those that its view named
        with `page_exists_in`."""
        addresses = addresses_named(self._request)
        if addresses is None:
            path = self._request.get_full_path()
            codes = [code for code, _ in settings.SCREEN_LANGUAGES]
            addresses = {code: translate_url(path, code) for code in codes}
        return _languages(addresses, self._language)

    @cached_property
    def navigation(self) -> Sequence[Entry]:
        """The entries of the site's navigation."""
        return _entries(self._look.navigation, self._request.path)

    @cached_property
    def footer(self) -> Sequence[Entry]:
        """The entries of the footer."""
        return _entries(self._look.footer, self._request.path)


def design(request: HttpRequest) -> dict[str, object]:
    """Context processor: made only when a template asks for it."""
    return {"design": SimpleLazyObject(lambda: Design(request))}


def stylesheet() -> str:
    """The address of the city's colours on this side of the house, "" where none is mounted."""
    address = public_address("city_css_of_console") or public_address("design:city_css")
    return f"{address}?v={city_look().version}" if address else ""


def public_address(name: str) -> str:
    """The address of a public page by its url name, or "" where this zone does not mount it."""
    for urlconf in (None, settings.ROOT_URLCONF):
        try:
            return reverse(name, urlconf=urlconf)
        except NoReverseMatch:
            continue
    return ""


def _languages(addresses: Mapping[str, str], current: str) -> tuple[Language, ...]:
    return tuple(
        Language(
            code=code,
            name=name,
            address=addresses[code],
            current=code == current,
            tag=tag_of(code),
        )
        for code, name in settings.LANGUAGES
        if code in addresses
    )


def _entries(links: Sequence[PageLink], path: str) -> tuple[Entry, ...]:
    known = ((in_language(link.title), public_address(link.page)) for link in links)
    return tuple(
        Entry(title=title, address=address, current=path.startswith(address))
        for title, address in known
        if address
    )
