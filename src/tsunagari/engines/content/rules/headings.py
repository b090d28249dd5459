"""Headings within a page's rich text, and the anchors by which its list of contents leads to them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Final

_HEADING: Final = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of the second level."""

    anchor: str
    title: str


def headings_in(texts: Iterable[str]) -> tuple[Heading, ...]:
    """The headings of all texts of a page, in order."""
    titles = [found[1] for text in texts for found in _HEADING.finditer(text)]
    return tuple(
        Heading(anchor=anchor(place), title=unescape(_TAG.sub("", title)))
        for place, title in enumerate(titles)
    )


def anchor(place: int) -> str:
    """The anchor of the heading at a place among those of its page."""
    return f"section-{place + 1}"


def anchored(text: str, first: int) -> str:
    """The text with an id on each heading; `first` headings stand before it on the page."""
    places = count(first)
    return _HEADING.sub(lambda found: f'<h2 id="{anchor(next(places))}">{found[1]}</h2>', text)
