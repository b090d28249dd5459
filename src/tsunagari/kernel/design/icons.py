"""Material Symbols as inline SVG, read once from the package in settings.ICONS."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class UnknownIconError(LookupError):
    """No such icon; the message says where the names stand."""


def icon(name: str, size: int = 24) -> SafeString:
    """An icon `size` pixels wide, hidden from screen readers: words stand beside it."""
    return format_html(
        '<svg class="ts-icon" width="{size}" height="{size}" viewBox="0 -960 960 960"'
        ' fill="currentColor" aria-hidden="true" focusable="false">{paths}</svg>',
        size=size,
        paths=_paths(name),
    )


@cache
def _paths(name: str) -> SafeString:
    file = Path(settings.ICONS) / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9_-]+", name) or not file.is_file():
        raise UnknownIconError(
            f"There is no icon {name!r}; the names are the files in {settings.ICONS}."
        )
    drawn = re.search(r"<svg[^>]*>(.*)</svg>", file.read_text(encoding="utf-8"), re.DOTALL)
    if drawn is None:
        raise UnknownIconError(f"{file} is no SVG drawing.")
    return mark_safe(drawn[1])  # noqa: S308 - a file of the locked icon package
