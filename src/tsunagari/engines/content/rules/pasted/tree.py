"""Foreign HTML as a plain tree: read by libxml2, bounded in length, depth and number, with its styles looked up."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from tsunagari.engines.content.rules.pasted.blocks import Notes

LONGEST: Final = 1_000_000
"""Letters that are read, after pictures written into the text and style sheets are taken out."""
MOST: Final = 12_000
"""Elements that are read."""
DEEPEST: Final = 120
"""How deep elements are told apart; what lies deeper is letters."""
_DATA: Final = re.compile(
    r"data:[a-z0-9.+/-]{0,60}(?:;[a-z0-9=-]{1,40}){0,4},[A-Za-z0-9+/=%\s]{200,}", re.IGNORECASE
)
_STYLE_BEGINS: Final = re.compile(r"<style\b[^<>]{0,200}>", re.IGNORECASE)
_STYLE_ENDS: Final = re.compile(r"</style[^<>]{0,20}>", re.IGNORECASE)
_CLASS: Final = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{0,4000})\}")
_BEGINS: Final = "<!--StartFragment-->"
_ENDS: Final = "<!--EndFragment-->"
_ROWS_ONLY: Final = re.compile(
    r"\s*<(?:tr|td|th|col|colgroup|tbody|thead|caption)\b", re.IGNORECASE
)
"""Excel marks as copied what stands inside the table."""
_SOFT: Final = re.compile(
    r"</?(?:font|span|center|small|big|b|i|u|strong|em|st1:\w+|o:p)\b[^<>]*>", re.IGNORECASE
)
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(eq=False)
class Node:
    """An element: lower-case name without prefix marks, attributes, style by property, and what stands in it."""

    tag: str
    said: Mapping[str, str]
    style: Mapping[str, str]
    inside: "list[Node | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        """This element and all in it, in order."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [each for each in reversed(node.inside) if isinstance(each, Node)]

    def text(self) -> str:
        """All letters in it."""
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                parts.append(each)
            elif each.tag not in ("script", "style", "rt", "rp"):
                waiting += reversed(each.inside)
        return "".join(parts)


def read_tree(html: str, notes: Notes, *, whole: bool = False) -> Node:
    """The tree of a document or fragment; an empty one for what is no HTML at all."""
    html, styles = _apart(html)
    html = _bounded(_FORBIDDEN.sub("", _DATA.sub("data:,", html)), notes)
    root, too_deep = _parsed(html, whole=whole)
    if too_deep:
        root, too_deep = _parsed(_SOFT.sub("", html), whole=whole)
    if too_deep:
        notes.add("deep")
    if root is None:
        return Node(tag="body", said={}, style={})
    return _Copier(_classes(styles), notes).copy(root)


def read_document(html: str, notes: Notes) -> Node:
    """The tree of a whole page with its head, which tells title and language."""
    return read_tree(html, notes, whole=True)


def fragment(html: str) -> str:
    """The part of a clipboard's HTML that was copied, with the styles before it."""
    begins, ends = html.find(_BEGINS), html.rfind(_ENDS)
    if begins < 0 or ends < begins:
        return html
    _rest, styles = _apart(html[:begins])
    copied = html[begins + len(_BEGINS) : ends]
    if _ROWS_ONLY.match(copied):
        copied = f"<table>{copied}</table>"
    return f"<style>{styles}</style>{copied}"


def _apart(html: str) -> tuple[str, str]:
    """The HTML without its style sheets, and what they say. A sheet that never ends is left to the parser."""
    kept, styles, position = [], [], 0
    while (begins := _STYLE_BEGINS.search(html, position)) and (
        ends := _STYLE_ENDS.search(html, begins.end())
    ):
        kept.append(html[position : begins.start()])
        styles.append(html[begins.end() : ends.start()])
        position = ends.end()
    return "".join([*kept, html[position:]]), "".join(styles)


def _bounded(html: str, notes: Notes) -> str:
    """The beginning of what is too long, by letters and by marks."""
    marks = html.count("<")
    if len(html) <= LONGEST and marks <= MOST * 2:
        return html
    notes.add("cut")
    html = html[:LONGEST]
    if html.count("<") > MOST * 2:
        html = "<".join(html.split("<", MOST * 2)[:-1])
    return html


def _parsed(html: str, *, whole: bool) -> tuple[Any, bool]:
    parser = etree.HTMLParser(
        huge_tree=False, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        root = etree.fromstring(html if whole else f"<html><body>{html}</body></html>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, False
    deep = any(each.type_name == "ERR_RESOURCE_LIMIT" for each in parser.error_log)
    return root, deep


def _classes(styles: str) -> dict[str, dict[str, str]]:
    """What a style sheet says of classes, for Excel and LibreOffice, which say nothing at the element."""
    return {found[1].lower(): declarations(found[2]) for found in _CLASS.finditer(styles[:400_000])}


def declarations(style: str) -> dict[str, str]:
    """`a:b;c:d` by lower-case property."""
    pairs = (each.partition(":") for each in style.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _colon, value in pairs if value}


def _letters(element: Any) -> str:
    """All letters of what lies too deep to be told apart."""
    return "".join(
        f"{each.text or ''} {each.tail or ''}"
        for each in element.iter()
        if isinstance(each.tag, str) and each.tag not in ("script", "style")
    )


class _Copier:
    def __init__(self, classes: Mapping[str, Mapping[str, str]], notes: Notes) -> None:
        self.classes = classes
        self.notes = notes
        self.left = MOST

    def copy(self, root: Any) -> Node:
        top = self._node(root)
        waiting = [(root, top, 0)]
        while waiting:
            element, node, depth = waiting.pop()
            if element.text:
                node.inside.append(element.text)
            for child in element:
                self.left -= 1
                if self.left < 0:
                    self.notes.add("cut", int(not self.notes.counts["cut"]))
                    break
                if isinstance(child.tag, str) and depth >= DEEPEST:
                    node.inside.append(_letters(child))
                elif isinstance(child.tag, str):
                    copied = self._node(child)
                    node.inside.append(copied)
                    waiting.append((child, copied, depth + 1))
                if child.tail:
                    node.inside.append(child.tail)
        return top

    def _node(self, element: Any) -> Node:
        said = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        style: dict[str, str] = {}
        for name in said.get("class", "").lower().split()[:8]:
            style |= self.classes.get(name, {})
        style |= declarations(said.get("style", ""))
        return Node(tag=str(element.tag).lower(), said=said, style=style)
