"""Services of the catalogue as the search takes them: those with a page of their own to begin at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext

from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.search.declare import Entry
from tsunagari.kernel.service import api as rooms
from tsunagari.kernel.service.declare import Service

LANGUAGES: Final = ("ja", "en")


def entries() -> Iterator[Entry]:
    """Every service that has an index page, in each language of the screens."""
    for language in LANGUAGES:
        with translation.override(language):
            found = [_entry(each, language) for each in rooms.services()]
        yield from (each for each in found if each is not None)


def _entry(service: Service, language: str) -> Entry | None:
    try:
        address = reverse(f"{service.id}:index", urlconf=settings.ROOT_URLCONF)
    except NoReverseMatch:
        return None
    return Entry(
        kind="service.start",
        public_id=service.id,
        language=language,
        title=gettext(service.title),
        address=address,
        summary=gettext(service.purpose),
        facets={"division": (service.division,)},
        weight=1.2,
    )


def facet_words(_facet: str, held: Sequence[str], _language: str) -> Mapping[str, str]:
    """Names of divisions by their code."""
    return identity.names_of(held)
