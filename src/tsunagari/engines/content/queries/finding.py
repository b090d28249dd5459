"""What stands at an address: a page, the way to where it moved, or nothing."""

from typing import Any

from tsunagari.engines.content.models import (
    PAGE_TYPES,
    FormerAddress,
    Published,
)
from tsunagari.engines.content.models.city_page import address_of

_TYPES = {kind.kind: kind for kind in PAGE_TYPES}


def page_at(path: str, language: str) -> Any:
    """The page itself with its locale, ready to be drawn; None where nothing is published."""
    row = Published.objects.filter(language=language, path=path).first()
    if row is None:
        return None
    kind = _TYPES[row.told_kind]
    page = kind.objects.select_related("locale").filter(pk=row.page_id).first()
    if page is not None:
        page.published_row = row
    return page


def address_of_published(path: str, language: str) -> str:
    """The address of what is published at a path; "" where nothing is."""
    stands = Published.objects.filter(language=language, path=path).exists()
    return address_of(path, language) if stands else ""


def moved_to(path: str, language: str) -> str:
    """Where the page that once had this address is now; "" when nobody knows."""
    former = (
        FormerAddress.objects.filter(language=language, path=path)
        .select_related("page__published")
        .first()
    )
    if former is None or not hasattr(former.page, "published"):
        return ""
    now = former.page.published
    return address_of(now.path, now.language)
