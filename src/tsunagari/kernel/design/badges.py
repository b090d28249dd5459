"""Badges that say how something stands: an icon and a word."""

from functools import lru_cache
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tsunagari.kernel.design.icons import icon

STATUS_ICONS: Final = {
    "achieved": "check_circle",
    "on-track": "trending_up",
    "slightly-late": "trending_flat",
    "late": "warning",
    "waiting": "schedule",
    "ongoing": "event_repeat",
    "stages": "linear_scale",
    "elsewhere": "open_in_new",
    "neutral": "radio_button_unchecked",
}
"""One icon for each kind of status; the word beside it says what it means."""


def status_icon(kind: str) -> SafeString:
    """The icon of a kind of status."""
    return icon(STATUS_ICONS[kind], 20)


@lru_cache(maxsize=512, typed=True)  # a safe text and a plain one of the same letters are two
def status_badge(kind: str, words: str) -> SafeString:
    """What <c-status> shows: `words` beside the icon of `kind`, from memory. A view that builds tables with
    hundreds of them asks for it here, which is many times quicker than a component in its template."""
    return badge_with(kind, words, "")


def badge_with(kind: str, words: str, attrs: str) -> SafeString:
    """The same with attributes of its own, such as an id."""
    return format_html(
        '<span class="ts-status" data-kind="{}" {}>{}<span>{}</span></span>',
        kind,
        attrs,
        status_icon(kind),
        words,
    )
