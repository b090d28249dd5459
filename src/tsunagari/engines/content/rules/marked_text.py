"""The few marks of a text in a city pack's site files, turned into the rich text that an editor stores.

Paragraphs, `- ` and `1. ` lists, **bold** and [words](address). `page:slug` names a page of the same pack.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Final

_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_ITEM: Final = re.compile(r"^(?:-\s+|(\d+)\.\s+)(.*)$")

Link = Callable[[str, str], str]
"""Takes words (already safe) and an address; gives the element that leads there."""


def rich_text(text: str, link: Link) -> str:
    """The text as stored rich text."""
    return "".join(_block(block, link) for block in re.split(r"\n\s*\n", text.strip()) if block)


def heading(level: int, text: str) -> str:
    """A heading in stored rich text."""
    return f"<h{level}>{escape(text, quote=False)}</h{level}>"


def _block(block: str, link: Link) -> str:
    parts: list[str] = []
    lines: list[str] = []
    items: list[str] = []
    kind = ""
    for line in [*block.splitlines(), ""]:
        found = _ITEM.match(line.strip())
        this = ("ol" if found[1] else "ul") if found else ""
        if items and this != kind:
            parts.append(f"<{kind}>{''.join(items)}</{kind}>")
            items = []
        if found:
            if lines:
                parts.append(_paragraph(lines, link))
                lines = []
            items.append(f"<li>{_inline(found[2], link)}</li>")
        elif line.strip():
            lines.append(line.strip())
        kind = this
    if lines:
        parts.append(_paragraph(lines, link))
    return "".join(parts)


def _paragraph(lines: list[str], link: Link) -> str:
    return f"<p>{'<br/>'.join(_inline(line, link) for line in lines)}</p>"


def _inline(text: str, link: Link) -> str:
    safe = escape(text, quote=False)
    bold = _BOLD.sub(r"<b>\1</b>", safe)
    return _LINK.sub(lambda found: link(found[1], found[2]), bold)
