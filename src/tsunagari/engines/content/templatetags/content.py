"""Template tags of the city's pages: what stands around a page, and rich text as readers get it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from tsunagari.engines.content.declare import KINDS
from tsunagari.engines.content.queries.around import Around, around
from tsunagari.engines.content.queries.contacts import ContactWords, contact_words, division_title
from tsunagari.engines.content.queries.picture_sizes import drawn, shared
from tsunagari.engines.content.queries.structured import Machines, of_page
from tsunagari.engines.content.rules.grids import Grid, grid_of
from tsunagari.engines.content.rules.headings import anchored
from tsunagari.engines.content.rules.places import Tiles, has_coordinates, tiles_of
from tsunagari.engines.content.rules.rich_links import FileLink, with_addresses
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan
from tsunagari.kernel.i18n.eras import format_day

register = template.Library()


@register.simple_tag(takes_context=True, name="around")
def surroundings(context: Mapping[str, Any], page: Any) -> Around:
    """{% around page as around %}: read once for a page, handed to all of its blocks."""
    request = context["request"]
    if not hasattr(request, "tsunagari_around"):
        request.tsunagari_around = around(page)
    found: Around = request.tsunagari_around
    return found


@register.simple_tag(takes_context=True)
def told_to_machines(context: Mapping[str, Any], page: Any, around: Around) -> Machines:
    """{% told_to_machines page around as machines %}: for parts/head.html."""
    origin = context["request"].build_absolute_uri("/").rstrip("/")
    return of_page(page, around, origin=origin, image=_first_picture(page))


def _first_picture(page: Any) -> str:
    shown = (block.value["image"] for block in page.body if block.block_type == "picture")
    picture = next((each for each in shown if each is not None), None)
    return shared(picture) if picture else ""


@register.filter
def rich(text: Any, around: Around) -> SafeString:
    """{{ value|rich:around }}: stored rich text with the addresses of today.

    What is stored was cleaned when it was typed: only elements and attributes that the editor knows.
    """
    source = getattr(text, "source", text) or ""
    shown = with_addresses(
        source,
        pages={key: row.address for key, row in around.pages.items()},
        files=around.files,
    )
    return mark_safe(shown)  # noqa: S308 - see above


@register.filter
def rich_with_anchors(text: Any, around: Around) -> SafeString:
    """As `rich`, with an id on each heading of the second level, to which the list of contents leads."""
    source = getattr(text, "source", text) or ""
    return mark_safe(anchored(rich(text, around), around.first_heading.get(source, 0)))  # noqa: S308 - ids only


@register.filter
def file_in(key: int, files: Mapping[int, FileLink]) -> FileLink | None:
    """{{ file.pk|file_in:around.files }}: a chosen file's address, kind and size."""
    return files.get(key)


SHOWN_AT = "(min-width: 48rem) 640px, 100vw"


@register.simple_tag
def sizes(picture: Any) -> SafeString:
    """{% sizes value.image %}: a picture in its sizes; the original while the worker has not made them.

    Nobody's reading makes one: that took a second or more for each picture.
    """
    made = drawn(picture, {"sizes": SHOWN_AT, "loading": "lazy"})
    if made is not None:
        return SafeString(made.__html__())
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        picture.file.url,
        picture.width,
        picture.height,
        "" if picture.decorative else picture.contextual_alt_text or picture.default_alt_text,
    )


@register.simple_tag
def grid(value: Mapping[str, Any]) -> Grid:
    """{% grid self as table %}: a table block's value as head, rows and labels."""
    return grid_of(value)


@register.simple_tag
def map_of(value: Mapping[str, Any]) -> Tiles | None:
    """{% map_of value as map %}: the map that can show a place; None without coordinates, or without tiles."""
    tiles = tiles_of(settings.MAP_TILES, settings.MAP_CREDIT)
    return tiles if has_coordinates(value) else None


@register.filter(name="has_coordinates")
def says_where(value: Mapping[str, Any]) -> bool:
    """{% if value|has_coordinates %}: whether a place block says where its place is."""
    return has_coordinates(value)


@register.filter
def unlocalized(value: object) -> str:
    """{{ value.latitude|unlocalized }}: a number as addresses and scripts write it."""
    return str(value)


@register.simple_tag
def map_words(name: str) -> str:
    """What the map says, as JSON by MapLibre's own keys."""
    said = {
        "Map.Title": gettext("%(name)sの地図（矢印キーで動き、＋と−で大きさが変わります）")
        % {"name": name},
        "Marker.Title": name,
        "NavigationControl.ZoomIn": gettext("大きくする"),
        "NavigationControl.ZoomOut": gettext("小さくする"),
        "CooperativeGesturesHandler.WindowsHelpText": gettext(
            "Ctrlキーを押しながら回すと、地図の大きさが変わります"
        ),
        "CooperativeGesturesHandler.MacHelpText": gettext(
            "⌘キーを押しながら回すと、地図の大きさが変わります"
        ),
        "CooperativeGesturesHandler.MobileHelpText": gettext("地図は2本の指で動かします"),
    }
    return json.dumps(said, ensure_ascii=False)


@register.simple_tag
def asked_of(page: Any) -> ContactWords | None:
    """Whom to ask about a page that names nobody itself; None where a block of it does, or nobody answers for it."""
    if not page.division or any(block.block_type == "contact" for block in page.body):
        return None
    return contact({"division": page.division})


@register.simple_tag
def division_name(code: str) -> str:
    """The name of a division now."""
    return division_title(code, get_language() or settings.LANGUAGE_CODE, clock=system_clock)


@register.simple_tag
def contact(value: Mapping[str, Any]) -> ContactWords:
    """{% contact value as asked %}: whom to ask, the block's own words before the division's."""
    return contact_words(value, get_language() or settings.LANGUAGE_CODE, clock=system_clock)


@register.filter
def found_in(key: Any, rows: Mapping[int, Any]) -> Any:
    """{{ chosen.pk|found_in:around.pages }}: the row of a chosen page, None where it is not published."""
    return rows.get(getattr(key, "pk", key))


@register.filter
def kind_title(kind: str) -> str:
    """What a kind of page is called."""
    return KINDS[kind]  # type: ignore[index]  # only kinds come here


@register.filter
def when(page: Any) -> str:
    """When an event takes place, in words: 12月5日（土） 10:00〜12:00."""
    language = get_language() or "ja"
    return time_words(page.begins, page.ends, language)


def time_words(begins: datetime, ends: datetime | None, language: str) -> str:
    """Day and time of an event; its last day only where it is another one."""
    start = japan(begins)
    said = f"{format_day(start.date(), language=language, weekday=True)} {start:%H:%M}"
    if ends is None:
        return said
    end = japan(ends)
    between = "〜" if language != "en" else "–"
    if end.date() == start.date():
        return f"{said}{between}{end:%H:%M}"
    return f"{said} {between} {format_day(end.date(), language=language, weekday=True)} {end:%H:%M}"


@register.filter
def in_list(value: object) -> list[object]:
    """One thing, for what draws several."""
    return [value]


@register.filter
def named(people: Mapping[str, str], public_id: str) -> str:
    """{{ people|named:each.begun_by }}: who did it; a command where nobody is named."""
    if not public_id:
        return gettext("コマンド")
    return people.get(public_id, gettext("いまは いない職員"))
