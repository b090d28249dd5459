"""Pictures in the sizes and forms that pages show."""

from collections.abc import Iterator
from typing import Any, Final

from wagtail.images.models import Filter
from wagtail.images.models import Picture as Drawn

from tsunagari.engines.content.models import Picture

FORMS: Final = ("avif", "webp", "jpeg")
WIDTHS: Final = (480, 960)
SPECS: Final = tuple(f"format-{form}|width-{width}" for form in FORMS for width in WIDTHS)

SHARED: Final = "format-jpeg|width-960"
"""Of these the one that every place where pages are shared can read."""


def filters() -> list[Filter]:
    """Every size in every form."""
    return [Filter(spec=spec) for spec in SPECS]


def drawn(picture: Picture, attributes: dict[str, Any]) -> Any:
    """The picture in all of its sizes, ready to stand on a page; None where the worker has not made them all yet."""
    wanted = filters()
    found = picture.find_existing_renditions(*wanted)
    if len(found) < len(wanted):
        return None
    return Drawn({each.spec: found[each] for each in wanted}, attributes)


def shared(picture: Picture) -> str:
    """The address of the picture as it is shown where somebody shares its page; "" until the worker has made it."""
    wanted = Filter(spec=SHARED)
    found = picture.find_existing_renditions(wanted).get(wanted)
    return str(found.url) if found else ""


def pictures_in(page: Any) -> Iterator[Picture]:
    """The pictures that a page shows."""
    keys = {
        block["value"]["image"]["image"]
        for block in page.body.raw_data
        if block["type"] == "picture"
    }
    yield from Picture.objects.filter(pk__in=keys - {None})
