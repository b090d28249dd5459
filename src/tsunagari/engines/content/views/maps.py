"""A page with a map may fetch its pictures from the one host that the installation names; every other page may not."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from tsunagari.engines.content.rules.places import has_coordinates, tiles_of


def allow_map(answer: HttpResponse, page: Any) -> None:
    """Widen the policy of this answer by the host of the map's pictures, where the page shows a map of another host."""
    tiles = tiles_of(settings.MAP_TILES, settings.MAP_CREDIT)
    if tiles is None or not tiles.origin:
        return
    if any(block.block_type == "place" and has_coordinates(block.value) for block in page.body):
        answer._csp_update = {"connect-src": [tiles.origin]}  # type: ignore[attr-defined]  # noqa: SLF001 - as csp_update does
