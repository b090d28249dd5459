"""Letters with what they look like, gathered into paragraphs and written as rich text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import Final

_JAPANESE: Final = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_WRAPPED: Final = re.compile(rf"(?<=[{_JAPANESE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_JAPANESE}])")
_SPACES: Final = re.compile("[ \t\r\n\xa0\u2002-\u200a]+")
_WIDE_SPACES: Final = re.compile("[ \u3000]*\u3000[ \u3000]+|[ \u3000]+\u3000[ \u3000]*")
BREAK: Final = "\n"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Letters that look alike. `text` BREAK is a new line."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A paragraph that is an item of a list: depth from 0, numbered or not."""

    depth: int
    ordered: bool


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Leaves in a row. `level` is that of a heading (0: none); `large` says that its letters are."""

    leaves: tuple[Leaf, ...] = ()
    level: int = 0
    listed: Listed | None = None
    large: bool = False
    made_by_hand: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """Its letters."""
        return "".join(leaf.text for leaf in self.leaves)

    @property
    def all_bold(self) -> bool:
        """Whether all its letters are bold."""
        return all(leaf.bold for leaf in self.leaves if leaf.text.strip()) and bool(
            self.text.strip()
        )

    @property
    def linked(self) -> bool:
        """Whether it holds a link."""
        return any(leaf.href for leaf in self.leaves)


def squeezed(text: str) -> str:
    """Spaces as they are shown: lines that the sender wrapped are joined, in Japanese without a space."""
    return _SPACES.sub(" ", _WRAPPED.sub("", text))


def tidy(paragraph: Paragraph) -> Paragraph:
    """The paragraph without spaces at its ends and around its breaks, and without rows of spaces."""
    leaves: list[Leaf] = []
    at_start = True
    for leaf in paragraph.leaves:
        text = (
            leaf.text
            if leaf.text == BREAK
            else _WIDE_SPACES.sub("\u3000", re.sub(" {2,}", " ", leaf.text))
        )
        if at_start and text != BREAK:
            text = text.lstrip(" \u3000")
        if text == BREAK and at_start and not leaves:
            continue
        if text:
            leaves.append(leaf if text == leaf.text else replace(leaf, text=text))
            at_start = text == BREAK or text.endswith(" ")
    while leaves and not leaves[-1].text.strip(" \u3000\n"):
        leaves.pop()
    if leaves and leaves[-1].text[-1] in " \u3000":
        leaves[-1] = replace(leaves[-1], text=leaves[-1].text.rstrip(" \u3000"))
    return replace(paragraph, leaves=tuple(leaves))


def lines(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph cut at its breaks."""
    line: list[Leaf] = []
    for leaf in paragraph.leaves:
        if leaf.text == BREAK:
            yield replace(paragraph, leaves=tuple(line))
            line = []
        else:
            line.append(leaf)
    yield replace(paragraph, leaves=tuple(line))


def without_start(paragraph: Paragraph, count: int) -> Paragraph:
    """The paragraph without its first letters."""
    leaves = []
    for leaf in paragraph.leaves:
        cut = min(count, len(leaf.text))
        count -= cut
        if leaf.text[cut:]:
            leaves.append(replace(leaf, text=leaf.text[cut:]))
    return tidy(replace(paragraph, leaves=tuple(leaves)))


def written(leaves: Iterable[Leaf], *, bold: bool = True) -> str:
    """The leaves as rich text; links and looks that go on are written once."""
    parts = []
    for href, linked in groupby(leaves, key=lambda leaf: leaf.href):
        inside = "".join(
            _looks(tuple(alike), bold=bold) for _key, alike in groupby(linked, key=_look)
        )
        if href and inside.replace("<br/>", "").strip():
            parts.append(f'<a href="{escape(href)}">{inside}</a>')
        else:
            parts.append(inside)
    return "".join(parts)


def _look(leaf: Leaf) -> tuple[bool, bool, str]:
    return leaf.bold, leaf.italic, leaf.raised


def _looks(leaves: Sequence[Leaf], *, bold: bool) -> str:
    text = escape("".join(leaf.text for leaf in leaves), quote=False).replace(BREAK, "<br/>")
    if not text.replace("<br/>", "").strip():
        return text
    first = leaves[0]
    if first.raised:
        text = f"<{first.raised}>{text}</{first.raised}>"
    if first.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if first.bold and bold else text


def as_list(paragraphs: Sequence[Paragraph]) -> str:
    """Items as nested lists; a depth that is skipped counts as one."""
    parts: list[str] = []
    stack: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        listed = paragraph.listed or Listed(depth=0, ordered=False)
        tag = "ol" if listed.ordered else "ul"
        while stack and (
            stack[-1][0] > listed.depth or (stack[-1][0] == listed.depth and stack[-1][1] != tag)
        ):
            if len(stack) == 1 and stack[-1][0] > listed.depth:
                stack[-1] = (listed.depth, stack[-1][1])
                continue
            parts.append(f"</li></{stack.pop()[1]}>")
        if not stack or stack[-1][0] < listed.depth:
            parts.append(f"<{tag}><li>")
            stack.append((listed.depth, tag))
        else:
            parts.append("</li><li>")
        parts.append(written(paragraph.leaves, bold=not paragraph.all_bold))
    parts += [f"</li></{tag}>" for _depth, tag in reversed(stack)]
    return "".join(parts)
