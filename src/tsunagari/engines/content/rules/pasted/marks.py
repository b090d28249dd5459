"""By what marks an office's software says that something is a list, a heading, hidden, deleted or a comment."""

import re
from typing import Final

from tsunagari.engines.content.rules.pasted.leaves import Listed
from tsunagari.engines.content.rules.pasted.tree import Node

_LIST: Final = re.compile(r"l\d+\s+level(\d)")
_NUMBERED: Final = re.compile(
    r"[（(]?(?:[0-9０-９]{1,3}|[①-⑳]|[ivxIVX]{1,5}|[ア-ン]|[a-zA-Z])[)）.．、]|[①-⑳]|[0-9０-９]{1,3}"
)
_BULLETS: Final = frozenset("·•・●○■□◆◇–-*§lnuüØoqvp➢✓")
_HEADING_CLASS: Final = re.compile(r"(?:mso)?heading\s*([1-6])$|^見出し\s*([1-6])$|^h([1-6])$")
_LARGE: Final = re.compile(r"([0-9.]+)(pt|px|em|%)")
_LARGE_FROM: Final = {"pt": 14.0, "px": 19.0, "em": 1.25, "%": 125.0}


def word_list(node: Node) -> Listed | None:
    """Whether a paragraph is an item of one of Word's lists; its typed mark is taken out of it."""
    said = node.style.get("mso-list", "")
    found = _LIST.search(said)
    if not found:
        return None
    mark = _take_mark(node).strip()
    ordered = bool(_NUMBERED.fullmatch(mark)) and mark not in _BULLETS
    return Listed(depth=min(int(found[1]) - 1, 8), ordered=ordered)


def _take_mark(node: Node) -> str:
    """The letters of the span that Word leaves out when it reads its own list again."""
    for each in list(node.walk()):
        for child in each.inside:
            if isinstance(child, Node) and "ignore" in child.style.get("mso-list", ""):
                each.inside.remove(child)
                return child.text().replace("\xa0", " ")
    return ""


def heading_level(node: Node, tag: str) -> int:
    """1 to 6 for a heading, 0 for anything else."""
    if re.fullmatch(r"h[1-6]", tag):
        return int(tag[1])
    if node.said.get("role") == "heading":
        level = node.said.get("aria-level", "2")
        return int(level) if level in "123456" and level else 2
    outline = node.style.get("mso-outline-level", "")
    if outline in ("1", "2", "3", "4", "5", "6"):
        return int(outline)
    for name in node.said.get("class", "").lower().split():
        found = _HEADING_CLASS.search(name)
        if found:
            return int(found[1] or found[2] or found[3])
        if name == "msotitle":
            return 1
    return 0


def is_comment(node: Node) -> bool:
    """A reviewer's comment, or the mark that leads to one."""
    element = node.style.get("mso-element", "")
    return (
        element in ("comment-list", "comment")
        or node.style.get("mso-special-character") == "comment"
        or any(
            name.startswith(("msocomm", "msocom"))
            for name in node.said.get("class", "").lower().split()
        )
        or ("mso-comment-reference" in node.style and not node.text().strip())
    )


def is_deleted(node: Node) -> bool:
    """Struck through by its style."""
    return "line-through" in node.style.get("text-decoration", "")


def is_hidden(node: Node) -> bool:
    """Not shown to who copied it."""
    return (
        node.style.get("display") == "none"
        or node.style.get("mso-hide") == "all"
        or node.style.get("visibility") == "hidden"
        or "hidden" in node.said
    )


def is_large(node: Node) -> bool:
    """Letters of a heading's size."""
    if node.tag == "font" and node.said.get("size", "") in (
        "4",
        "5",
        "6",
        "7",
        "+1",
        "+2",
        "+3",
        "+4",
    ):
        return True
    found = _LARGE.fullmatch(node.style.get("font-size", ""))
    if not found:
        return node.style.get("font-size", "") in ("large", "x-large", "xx-large", "larger")
    try:
        return float(found[1]) >= _LARGE_FROM[found[2]]
    except ValueError:
        return False


def is_spacer(node: Node) -> bool:
    """An image that only keeps a distance or counts visits."""
    size = {
        node.said.get("width", "").removesuffix("px"),
        node.said.get("height", "").removesuffix("px"),
    }
    name = node.said.get("src", "").lower().rpartition("/")[2]
    return bool(size & {"0", "1"}) or name.startswith(
        ("spacer", "blank.", "clear.gif", "shim", "dot.gif", "pixel")
    )
