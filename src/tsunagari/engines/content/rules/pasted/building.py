"""From the tree to paragraphs, tables and pictures in reading order."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from tsunagari.engines.content.rules.characters import UNSEEN, plain_characters
from tsunagari.engines.content.rules.pasted import grids, marks
from tsunagari.engines.content.rules.pasted.addresses import safe_link, safe_picture
from tsunagari.engines.content.rules.pasted.blocks import Notes, Picture, Table
from tsunagari.engines.content.rules.pasted.leaves import (
    BREAK,
    Leaf,
    Listed,
    Paragraph,
    squeezed,
    tidy,
)
from tsunagari.engines.content.rules.pasted.tree import Node

Item = Paragraph | Table | Picture

_BLOCKS: Final = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "ul", "caption", "tr", "td", "th", "tbody",
        "thead", "tfoot", "menu", "dir", "noframes",
    ]
)  # fmt: skip
_DROPPED: Final[dict[str, str]] = (
    dict.fromkeys(["script", "noscript", "template"], "script")
    | dict.fromkeys(
        [
            "iframe", "frame", "object", "embed", "applet", "video", "audio", "canvas", "map", "input", "button", "select",
            "textarea", "option", "datalist", "dialog", "portal",
        ],
        "embedded",
    )
    | dict.fromkeys(["svg", "math"], "drawing")
    | dict.fromkeys(["del", "s", "strike"], "deleted")
    | dict.fromkeys(["rt", "rp", "rtc", "head", "title", "style", "meta", "link", "base", "col", "colgroup", "xml"], "")
)  # fmt: skip
_RED: Final = re.compile(
    r"red|#?(?:ff0000|f00|c00000|cc0000|e60000|d9333f)|rgb\((?:25[0-5]|2[0-4]\d|19\d),\s*0,\s*0\)"
)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What holds for letters at a place of the tree."""

    leaf: Leaf = field(default_factory=lambda: Leaf(text=""))
    listed: Listed | None = None
    level: int = 0
    keep_lines: bool = False
    large: bool = False


class Builder:
    """Walks a tree. `within` is the address of the page on which it stood, "" for a clipboard."""

    def __init__(self, notes: Notes, within: str = "") -> None:
        self.notes = notes
        self.within = within
        self.items: list[Item] = []
        self.links: list[tuple[str, str]] = []
        self.leaves: list[Leaf] = []
        self.setting = Setting()

    def build(self, node: Node) -> list[Item]:
        """The items of a tree."""
        self._walk(node, Setting())
        self._close()
        return self.items

    def _walk(self, node: Node, setting: Setting) -> None:
        tag = node.tag.rpartition(":")[2] if ":" in node.tag else node.tag
        if self._is_dropped(node, tag):
            return
        if tag == "br":
            self.leaves.append(Leaf(text=BREAK))
        elif tag == "img":
            self._picture(node, setting)
        elif tag == "table":
            self._table(node, setting)
        elif tag in _BLOCKS:
            self._block(node, tag, setting)
        elif tag == "a":
            self._link(node, setting)
        else:
            if tag == "ruby":
                self.notes.add("ruby")
            self._inside(node, self._looks(node, tag, setting))

    def _inside(self, node: Node, setting: Setting) -> None:
        for each in node.inside:
            if isinstance(each, Node):
                self._walk(each, setting)
            else:
                self._letters(each, setting)

    def _letters(self, text: str, setting: Setting) -> None:
        text = UNSEEN.sub("", text)
        right = plain_characters(text)
        if right != text:
            self.notes.add("characters")
        if setting.keep_lines:
            for number, line in enumerate(right.replace("\r\n", "\n").split("\n")):
                if number:
                    self.leaves.append(Leaf(text=BREAK))
                self.leaves.append(replace(setting.leaf, text=squeezed(line)))
        elif right:
            self.leaves.append(replace(setting.leaf, text=squeezed(right)))
        if setting.large and right.strip():
            self.setting = replace(self.setting, large=True)

    def _is_dropped(self, node: Node, tag: str) -> bool:
        kind = _DROPPED.get(tag)
        if kind is None and marks.is_comment(node):
            kind = "comment"
        if kind is None and marks.is_deleted(node):
            kind = "deleted"
        if kind is None and marks.is_hidden(node):
            kind = "hidden"
        if kind in ("deleted", "hidden", "comment") and not node.text().strip():
            return True
        if kind:
            self.notes.add(kind)
        return kind is not None

    def _block(self, node: Node, tag: str, setting: Setting) -> None:
        self._close()
        inner = self._looks(node, tag, setting)
        level = marks.heading_level(node, tag)
        if level and not setting.listed:
            inner = replace(inner, level=level)
        if tag in ("ul", "ol", "menu", "dir"):
            depth = setting.listed.depth + 1 if setting.listed else 0
            inner = replace(inner, listed=Listed(depth=depth, ordered=tag == "ol"))
        elif tag == "dt":
            inner = replace(
                inner, leaf=replace(inner.leaf, bold=True), listed=Listed(depth=0, ordered=False)
            )
        elif tag == "dd":
            inner = replace(inner, listed=Listed(depth=1, ordered=False))
        elif tag == "pre":
            inner = replace(inner, keep_lines=True)
        word = marks.word_list(node)
        if word:
            inner = replace(inner, listed=word, level=0)
        self.setting = replace(inner, large=False) if inner.large else inner
        self._inside(node, inner)
        self._close()
        self.setting = replace(setting, large=False) if setting.large else setting

    def _close(self) -> None:
        """The letters so far are a paragraph."""
        if not self.leaves:
            return
        paragraph = tidy(
            Paragraph(
                leaves=tuple(self.leaves),
                level=self.setting.level,
                listed=self.setting.listed,
                large=self.setting.large,
            )
        )
        self.leaves = []
        if paragraph.leaves:
            self.items.append(paragraph)

    def _looks(self, node: Node, tag: str, setting: Setting) -> Setting:
        leaf = setting.leaf
        weight = node.style.get("font-weight", "")
        if tag in ("b", "strong", "th") or weight in ("bold", "bolder", "600", "700", "800", "900"):
            leaf = replace(leaf, bold=True)
        if weight in ("normal", "400"):
            leaf = replace(leaf, bold=False)
        if tag in ("em", "i") and node.style.get("font-style") != "normal":
            leaf = replace(leaf, italic=True)
        if tag in ("sup", "sub"):
            leaf = replace(leaf, raised=tag)
        colour = node.style.get("color", "") or (
            node.said.get("color", "").lower() if tag == "font" else ""
        )
        if colour and _RED.fullmatch(colour) and node.text().strip() and not leaf.bold:
            self.notes.add("colour")
            leaf = replace(leaf, bold=True)
        large = setting.large or marks.is_large(node)
        if leaf is setting.leaf and large == setting.large:
            return setting
        return replace(setting, leaf=leaf, large=large)

    def _link(self, node: Node, setting: Setting) -> None:
        address = node.said.get("href", "")
        safe = safe_link(address, self.within) if address else ""
        if safe is None:
            self.notes.add("link")
        if safe:
            self.links.append((safe, squeezed(node.text()).strip()))
        leaf = replace(setting.leaf, href=safe or "")
        self._inside(node, replace(self._looks(node, "a", setting), leaf=leaf))

    def _picture(self, node: Node, setting: Setting) -> None:
        alt = plain_characters(squeezed(node.said.get("alt", ""))).strip()
        src = safe_picture(node.said.get("src", ""), self.within)
        if marks.is_spacer(node):
            return
        if setting.leaf.href and alt:
            self.leaves.append(replace(setting.leaf, text=alt))
        if src is None:
            self.notes.add("image")
        else:
            held, self.leaves = self.leaves, []
            self.items.append(Picture(src=src, alt=alt))
            self.leaves = held

    def _table(self, node: Node, setting: Setting) -> None:
        self._close()
        grid = grids.read(node)
        if grids.is_layout(node, grid):
            if any(len(row) for row in grid.rows):
                self.notes.add("layout")
            self._inside(node, replace(setting, level=0))
            self._close()
            return
        table = grids.as_table(grid, self.notes, self._cell)
        if table.rows:
            self.items.append(table)

    def _cell(self, node: Node) -> str:
        """A cell's letters: what stands in it, paragraph by paragraph."""
        inner = Builder(self.notes, self.within)
        inner._inside(node, Setting())
        inner._close()
        self.links += inner.links
        texts = []
        for item in inner.items:
            if isinstance(item, Paragraph):
                texts.append(item.text)
            elif isinstance(item, Table):
                self.notes.add("nested")
                texts += ["、".join(filter(None, row)) for row in item.rows]
            else:
                self.items.append(item)
        return "\n".join(text.strip() for text in texts if text.strip())
