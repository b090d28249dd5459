"""What this city calls the life events and the certificates that its pages are sorted by, from the city pack."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from tsunagari.engines.content.rules.site_file import Word, site_words


def life_event_words() -> tuple[Word, ...]:
    """The life events of this city, in its order."""
    return site_words(Path(settings.CITY_PACK)).life_events


def certificate_words() -> tuple[Word, ...]:
    """The classes of this city's certificates for people with disabilities, in its order."""
    return site_words(Path(settings.CITY_PACK)).certificates


def titles_of(words: Iterable[Word], language: str) -> Mapping[str, str]:
    """Code and title, in the order of the words."""
    return {each.code: each.in_language(language) for each in words}
