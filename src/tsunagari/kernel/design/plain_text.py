"""Plain text as people type it in haste, shown with its paragraphs and lists."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_ITEM: Final = re.compile(r"\s*(?:[-*•・‐−–—]\s|・|•)\s*")
"""How a line of a list begins."""


def shown(text: str) -> SafeString:
    """Paragraphs between empty lines, broken where lines end; lines that begin with "- " or 「・」 are a list."""
    return mark_safe("".join(_parts(text.strip())))  # noqa: S308 - each part escapes what was typed


def _parts(text: str) -> Iterator[SafeString]:
    for block in re.split(r"(?:\r?\n[ \t　]*){2,}", text):
        for listed, lines in groupby(block.splitlines(), lambda line: bool(_ITEM.match(line))):
            show = _list if listed else _paragraph
            yield show(lines)


def _paragraph(lines: Iterable[str]) -> SafeString:
    told = format_html_join(mark_safe("<br>"), "{}", ((line.strip(),) for line in lines))
    return format_html("<p>{}</p>", told) if told else told


def _list(lines: Iterable[str]) -> SafeString:
    items = ((_ITEM.sub("", line, count=1).strip(),) for line in lines)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
