"""Blocks of a pack's page as an editor's stream stores them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from tsunagari.engines.content.rules.marked_text import Link, heading, rich_text

_NAMES = UUID("8a0c6a37-6e0e-4a51-9a6c-5a8c2b1c7d11")
"""Ids of blocks follow from the page and the place, so that a second loading writes the same."""


def stream(
    body: Iterable[Mapping[str, Any]], *, page: str, link: Link, pages: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The raw stream of a body. `pages` gives primary keys of pages by slug; unknown ones are left out."""
    found: list[tuple[str, Any]] = []
    for each in body:
        ((kind, said),) = each.items()
        for block in _blocks(kind, said, link, pages):
            if block[0] == "text" and found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + block[1])
            else:
                found.append(block)
    return [
        {"type": kind, "value": _named(value, f"{page}:{place}"), "id": _id(f"{page}:{place}")}
        for place, (kind, value) in enumerate(found)
    ]


def _id(place: str) -> str:
    return str(uuid5(_NAMES, place))


def _named(value: Any, where: str) -> Any:
    """The value with an id on each item of its lists."""
    if isinstance(value, dict):
        return {key: _named(part, f"{where}.{key}") for key, part in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict) and "type" in value[0]:
        return [
            {**_named(part, f"{where}.{place}"), "id": _id(f"{where}.{place}")}
            for place, part in enumerate(value)
        ]
    return value


def _blocks(kind: str, said: Any, link: Link, pages: Mapping[str, int]) -> list[tuple[str, Any]]:
    if kind in ("heading", "heading3"):
        return [("text", heading(3 if kind == "heading3" else 2, str(said)))]
    if kind == "text":
        return [("text", rich_text(str(said), link))]
    if kind == "related":
        keys = [pages[slug] for slug in said if slug in pages]
        return [("related", _items(keys))] if keys else []
    if kind == "download":
        return []
    return [(_TYPES.get(kind, kind), _VALUES[kind](said, link))]


_TYPES = {"questions": "accordion"}


def _items(values: Iterable[Any]) -> list[dict[str, Any]]:
    """A list as Wagtail stores it; `_named` gives each item its id."""
    return [{"type": "item", "value": value} for value in values]


def _steps(said: Any, link: Link) -> Any:
    return _items(
        {"title": each["title"], "text": rich_text(str(each.get("text") or ""), link)}
        for each in said
    )


def _table(said: Any, _link: Link) -> Any:
    rows = [["" if cell is None else str(cell) for cell in row] for row in said["rows"]]
    width = max(len(row) for row in rows)
    top, side = bool(said.get("header_row", True)), bool(said.get("header_column"))
    choice = {(True, True): "both", (True, False): "row", (False, True): "column"}.get(
        (top, side), "neither"
    )
    return {
        "data": [[*row, *[""] * (width - len(row))] for row in rows],
        "cell": [],
        "mergeCells": [],
        "table_caption": str(said.get("caption") or ""),
        "table_header_choice": choice,
        "first_row_is_table_header": top,
        "first_col_is_header": side,
    }


def _fees(said: Any, _link: Link) -> Any:
    rows = [
        {
            "what": str(each["what"]),
            "yen": each.get("yen"),
            "note": str(each.get("note") or ""),
        }
        for each in said["rows"]
    ]
    return {"caption": str(said.get("caption") or "手数料"), "rows": _items(rows)}


def _contact(said: Any, _link: Link) -> Any:
    return {
        "division": said["division"],
        "about": str(said.get("about") or ""),
        "place": str(said.get("place") or ""),
        "telephone": str(said.get("telephone") or ""),
        "mail": str(said.get("mail") or ""),
    }


def _place(said: Any, _link: Link) -> Any:
    return {
        "name": said["name"],
        "address": said["address"],
        "access": str(said.get("access") or ""),
        "hours": str(said.get("hours") or ""),
        "latitude": said.get("latitude") and str(said["latitude"]),
        "longitude": said.get("longitude") and str(said["longitude"]),
    }


def _accordion(said: Any, link: Link) -> Any:
    return _items(
        {"question": each["question"], "answer": rich_text(str(each["answer"]), link)}
        for each in said
    )


def _notice(said: Any, link: Link) -> Any:
    return {
        "kind": said.get("kind", "info"),
        "title": str(said.get("title") or ""),
        "text": rich_text(str(said.get("text") or ""), link),
    }


_VALUES = {
    "steps": _steps,
    "table": _table,
    "fees": _fees,
    "contact": _contact,
    "place": _place,
    "questions": _accordion,
    "notice": _notice,
}
