"""Pages as objects in batches, each with the version that clerks see: the newest."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from tsunagari.engines.content.models import PAGE_TYPES, CityPage


def newest_version(page: Any) -> Any:
    """The page as its newest version says; the page itself where it has none."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def versions_to_check(page: Any) -> Iterator[tuple[Any, bool]]:
    """What of a page is checked: what residents read (True), and a newer draft (False)."""
    if page.live:
        yield page, True
    if not page.live or page.has_unpublished_changes:
        yield newest_version(page), False


def written_pages() -> QuerySet[Any]:
    """Every page below a home, homes included, whatever its state."""
    found: QuerySet[Any] = Page.objects.filter(depth__gte=2)
    return found


def batch_after(pages: QuerySet[Any], key: int, size: int) -> tuple[int, list[Any]]:
    """The next pages by their keys, each as its own type, and the last of the keys (0: there are no more)."""
    keys = list(pages.filter(pk__gt=key).order_by("pk").values_list("pk", flat=True)[:size])
    found = Page.objects.filter(pk__in=keys).order_by("pk").specific()
    return max(keys, default=0), [page for page in found if isinstance(page, CityPage)]


def page_known_as(public_id: str) -> Any:
    """The page with a public id, whatever its kind and state; None where there is none."""
    rows = (kind.objects.filter(public_id=public_id).first() for kind in PAGE_TYPES)
    return next((row for row in rows if row is not None), None)
