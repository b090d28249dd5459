"""Rich text as letters and marks: its plain text with offsets, and changes that leave all else as it was written.

The plain text joins all letters; where a block (paragraph, list item, heading …) begins or ends and at
each <br> stands one line break. Offsets of a Place count in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape, unescape
from typing import Final

BLOCKS: Final = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "hr",
        "blockquote",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "embed",
        "pre",
        "figure",
    ]
)
EMPTY: Final = frozenset(["br", "hr", "img", "embed", "area", "input", "wbr"])
_MARK: Final = re.compile(r"<!--.*?-->|</?[A-Za-z](?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>", re.DOTALL)
_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)")
_ATTRIBUTE: Final = re.compile(r"([^\s=\"'<>/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")


@dataclass(frozen=True, kw_only=True)
class Token:
    """A mark (`tag` set) or letters (`tag` empty). `start` counts in the plain text; `text` are the plain letters."""

    raw: str
    start: int
    tag: str = ""
    closing: bool = False
    text: str = ""

    @property
    def end(self) -> int:
        """Where its letters end in the plain text."""
        return self.start + len(self.text)

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """What a mark says, by lower-case name."""
        return {
            found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(self.raw[1 + len(self.tag) : -1])
        }


@dataclass(frozen=True, kw_only=True)
class Element:
    """A mark with all up to its end: positions among the tokens, and its letters in the plain text."""

    tag: str
    attributes: Mapping[str, str]
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class RichText:
    """HTML read once."""

    tokens: tuple[Token, ...]
    text: str

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements in the order in which they begin; what was never closed ends with its surroundings."""
        return tuple(sorted(_elements(self.tokens, len(self.text)), key=lambda each: each.first))

    def of(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these names."""
        return (each for each in self.elements if each.tag in tags)

    def within(self, element: Element) -> tuple[Token, ...]:
        """What stands between an element's beginning and end."""
        return self.tokens[element.first + 1 : element.last]

    def text_of(self, element: Element) -> str:
        """An element's letters."""
        return self.text[element.start : element.end]


@lru_cache(maxsize=512)
def read(html: str) -> RichText:
    """The HTML as tokens."""
    builder = _Builder()
    position = 0
    for found in _MARK.finditer(html):
        builder.letters(html[position : found.start()])
        builder.mark(found.group())
        position = found.end()
    builder.letters(html[position:])
    return RichText(tokens=tuple(builder.tokens), text="".join(builder.parts))


def plain(html: str) -> str:
    """The plain text of rich text."""
    return read(html).text


class _Builder:
    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.parts: list[str] = []
        self.length = 0
        self.broken = True

    def letters(self, raw: str) -> None:
        if raw:
            text = unescape(raw)
            self.tokens.append(Token(raw=raw, start=self.length, text=text))
            self._add(text)
            self.broken = text.endswith("\n")

    def mark(self, raw: str) -> None:
        name = _NAME.match(raw)
        tag = name[1].lower() if name else "!"
        if tag == "br" or (tag in BLOCKS and not self.broken):
            self._add("\n")
            self.broken = True
        self.tokens.append(Token(raw=raw, start=self.length, tag=tag, closing=raw.startswith("</")))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _elements(tokens: Sequence[Token], length: int) -> Iterator[Element]:
    open_marks: list[int] = []
    depth: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if not token.tag or token.tag == "!":
            continue
        if not token.closing:
            if token.tag in EMPTY or token.raw.endswith("/>"):
                yield _element(tokens, index, index, token.start)
            else:
                open_marks.append(index)
                depth[token.tag] = depth.get(token.tag, 0) + 1
        elif depth.get(token.tag):
            while open_marks:
                first = open_marks.pop()
                depth[tokens[first].tag] -= 1
                yield _element(tokens, first, index, _letters_end(tokens, index))
                if tokens[first].tag == token.tag:
                    break
    for first in open_marks:
        yield _element(tokens, first, len(tokens), length)


def _letters_end(tokens: Sequence[Token], index: int) -> int:
    """Where letters end before a mark; the line break that the mark itself makes is not counted."""
    if index == 0:
        return tokens[index].start
    before = tokens[index - 1]
    return before.end if not before.tag else min(before.start, tokens[index].start)


def _element(tokens: Sequence[Token], first: int, last: int, end: int) -> Element:
    mark = tokens[first]
    return Element(
        tag=mark.tag,
        attributes=mark.attributes,
        first=first,
        last=last,
        start=mark.start,
        end=max(mark.start, end),
    )


def edited(html: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The HTML with letters replaced: (start, end, new letters) in the plain text, not overlapping.

    New letters stand where the first replaced letter stood, in its marks; line breaks between blocks stay.
    """
    tokens = read(html).tokens
    raws = [token.raw for token in tokens]
    lettered = [index for index, token in enumerate(tokens) if not token.tag]
    starts = [tokens[index].start for index in lettered]
    for start, end, new in sorted(edits, reverse=True):
        first = max(0, bisect_right(starts, start) - 1)
        _replace(tokens, raws, lettered[first:], (start, end, new))
    return "".join(raws)


def _replace(
    tokens: Sequence[Token], raws: list[str], lettered: Sequence[int], edit: tuple[int, int, str]
) -> None:
    start, end, new = edit
    for index in lettered:
        token = tokens[index]
        if token.start > end or (token.start == end and start != end):
            break
        if token.end < start or (token.end == start and start != end):
            continue
        letters = unescape(raws[index])
        low, high = max(start - token.start, 0), min(end - token.start, len(token.text))
        raws[index] = escape(letters[:low] + new + letters[high:], quote=False)
        if start == end:
            break
        new = ""


def marked(html: str, raws: Mapping[int, str]) -> str:
    """The HTML with some tokens written anew, by their positions."""
    return "".join(raws.get(index, token.raw) for index, token in enumerate(read(html).tokens))


def renamed(html: str, element: Element, tag: str) -> str:
    """The HTML with an element's name changed: <h4> becomes <h3>."""
    return renamed_all(html, [(element, tag)])


def renamed_all(html: str, changes: Sequence[tuple[Element, str]]) -> str:
    """As `renamed`, for several elements."""
    tokens = read(html).tokens
    raws: dict[int, str] = {}
    for element, tag in changes:
        opening = tokens[element.first].raw
        raws[element.first] = f"<{tag}{opening[1 + len(element.tag) :]}"
        if element.last < len(tokens) and element.last != element.first:
            raws[element.last] = f"</{tag}>"
    return marked(html, raws)


def unwrapped(html: str, element: Element) -> str:
    """The HTML without an element's marks; what stands in it stays."""
    return marked(html, {element.first: "", element.last: ""})


def removed(html: str, element: Element) -> str:
    """The HTML without an element and all in it."""
    last = min(element.last, len(read(html).tokens) - 1)
    return marked(html, dict.fromkeys(range(element.first, last + 1), ""))


def with_attribute(html: str, element: Element, name: str, value: str) -> str:
    """The HTML with one attribute of an element set."""
    raw = read(html).tokens[element.first].raw
    written = f'{name}="{escape(value)}"'
    pattern = re.compile(
        rf"(?<=\s){re.escape(name)}\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>/]+)", re.IGNORECASE
    )
    if pattern.search(raw):
        new = pattern.sub(lambda _found: written, raw, count=1)
    else:
        new = f"<{element.tag} {written}{raw[1 + len(element.tag) :]}"
    return marked(html, {element.first: new})
