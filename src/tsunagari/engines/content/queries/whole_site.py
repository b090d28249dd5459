"""All published pages, as machines that read the whole site want them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max, QuerySet

from tsunagari.engines.content.models import Published
from tsunagari.engines.content.models.city_page import address_of

PART: Final = 10_000
"""Addresses in one part of the sitemap (sitemaps.org allows 50,000)."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A page of the site: its address, when it was published last, and its addresses by language."""

    address: str
    changed_at: datetime
    languages: Mapping[str, str]


def parts() -> list[tuple[int, datetime]]:
    """The parts of the sitemap by number from 1, each with its newest page. Pages keep their part: it goes by key."""
    found: dict[int, datetime] = {}
    top = Published.objects.aggregate(top=Max("pk"))["top"] or 0
    for number in range(1, top // PART + 2):
        newest = _in(number).aggregate(newest=Max("changed_at"))["newest"]
        if newest is not None:
            found[number] = newest
    return sorted(found.items())


def _in(number: int) -> QuerySet[Published]:
    return Published.objects.filter(pk__gte=(number - 1) * PART, pk__lt=number * PART)


def part(number: int) -> Iterator[Placed]:
    """The pages of a part, in the order in which they came. Two questions."""
    wanted = ("translations", "language", "path", "changed_at")
    rows = list(_in(number).order_by("pk").values_list(*wanted))
    families: dict[object, dict[str, str]] = {}
    family = Published.objects.filter(translations__in=_in(number).values("translations"))
    for translations, language, path in family.values_list("translations", "language", "path"):
        families.setdefault(translations, {})[language] = address_of(path, language)
    for translations, language, path, changed_at in rows:
        yield Placed(
            address=address_of(path, language),
            changed_at=changed_at,
            languages=families.get(translations, {}),
        )
