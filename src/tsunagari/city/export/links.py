"""Links of a page or a style sheet: where they stand in its text, so that they can be followed and written anew.

Pages are read as a browser's tokenizer would cut them into tags; all that is not a link stays byte for byte.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style|textarea|title)\b(?P<rawrest>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>.*?</(?P=raw)\s*>"
    r"|<(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+))"
)
_CSS = re.compile(
    r"/\*.*?\*/|url\(\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^)\"'\s]*))\s*\)|@import\s+\"(?P<import>[^\"]*)\"",
    re.DOTALL | re.IGNORECASE,
)
_SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](?P<double>\.{0,2}/[^"']+)["']""")

ATTRIBUTES = {
    "href": None,
    "xlink:href": None,
    "hx-get": None,
    "src": None,
    "poster": frozenset({"video"}),
    "data-script": frozenset({"div"}),
    "data-worker": frozenset({"div"}),
    "data-sheet": frozenset({"div"}),
    "data": frozenset({"object"}),
}
"""Attributes that hold an address; on these elements only, where some are named."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text: where it begins and ends, and what it says. In a page it is escaped as HTML."""

    start: int
    end: int
    to: str
    html: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A form's opening tag."""

    start: int
    end: int


Found = Link | Form


def in_page(text: str) -> Iterator[Found]:
    """Every link and form of a page, in their order."""
    for token in _TOKEN.finditer(text):
        name = (token["name"] or token["raw"] or "").lower()
        if not name:
            continue
        if name == "form":
            yield Form(token.start(), token.end())
            continue
        group = "rest" if token["name"] else "rawrest"
        yield from _in_tag(text, name, token.start(group), token.end(group))


def _in_tag(text: str, element: str, start: int, end: int) -> Iterator[Link]:
    if element in ("base", "meta"):
        return
    for found in _ATTRIBUTE.finditer(text, start, end):
        name = found["name"].lower()
        group = next(each for each in ("double", "single", "bare") if found[each] is not None)
        value, begin = found[group], found.start(group)
        if name in ("srcset", "imagesrcset"):
            for each in re.finditer(r"(?:^|,\s*|,?\s+)([^\s,][^\s]*[^\s,])(?:\s+[\d.]+[wx])?\s*", value):  # fmt: skip
                yield Link(begin + each.start(1), begin + each.end(1), unescape(each[1]))
        elif name in ATTRIBUTES and (
            ATTRIBUTES[name] is None or element in (ATTRIBUTES[name] or ())
        ):
            yield Link(begin, begin + len(value), unescape(value))


def in_style(text: str) -> Iterator[Link]:
    """Every address in a style sheet."""
    for found in _CSS.finditer(text):
        group = next((each for each in ("double", "single", "bare", "import") if found[each]), None)
        if group and not found[group].startswith("data:"):
            yield Link(found.start(group), found.end(group), found[group], html=False)


def in_script(text: str) -> Iterator[Link]:
    """The modules that a script's module imports by an address."""
    for found in _SCRIPT.finditer(text):
        yield Link(found.start("double"), found.end("double"), found["double"], html=False)


def written(
    text: str, found: list[Found], new: Callable[[str], str], form: Callable[[str], str]
) -> str:
    """The text with each link as `new` says it and each form's tag as `form` says it; equal ones stay as they are."""
    pieces, last = [], 0
    for each in found:
        if each.start < last:
            continue
        if isinstance(each, Form):
            said = form(text[each.start : each.end])
        else:
            to = new(each.to)
            if to == each.to:
                continue
            said = escape(to) if each.html else to
        pieces += [text[last : each.start], said]
        last = each.end
    return "".join([*pieces, text[last:]])


def without_sending(tag: str) -> str:
    """A form's opening tag that sends nothing anywhere and cannot be filled in."""
    kept = _ATTRIBUTE.sub(
        lambda found: ""
        if found["name"].lower() in ("action", "method", "inert") or found["name"].lower().startswith("hx-")
        else found[0],
        tag[len("<form") : -1],
    )  # fmt: skip
    return f'<form{kept.rstrip()} method="dialog" inert>'
