"""Where a new page can be put: what stands directly below the home."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Site


@dataclass(frozen=True, kw_only=True)
class WritingPlace:
    """A place below which pages are written, by its key."""

    key: int
    title: str


def writing_places(user: Any) -> tuple[WritingPlace, ...]:
    """The first level of the Japanese site, in its order; nothing for somebody who may add no page to it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not site.root_page.permissions_for_user(user).can_add_subpage():
        return ()
    found = Page.objects.child_of(site.root_page).live().order_by("path")
    return tuple(
        WritingPlace(key=key, title=title) for key, title in found.values_list("pk", "title")
    )
