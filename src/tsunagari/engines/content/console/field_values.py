"""New values of fields in the form in which the editor's own widgets take them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from wagtail.blocks import ListBlock, RichTextBlock, StructBlock

from tsunagari.engines.content.rules.pieces import Change, Image, Piece, Plain, Rich, Table

_NAMES = {"alt": "alt_text"}
"""Values of a piece whose path has another name than the piece's own."""


def changes_between(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Change]:
    """What must be changed on a page to make the one of the other; both have the same pieces."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        if isinstance(new, Plain | Rich):
            yield Change(place=new.place, value=new.text if isinstance(new, Plain) else new.html)
            continue
        if isinstance(old, Table) and isinstance(new, Table):
            yield from _cells(old, new)
        for each in fields(new):
            value = getattr(new, each.name)
            if isinstance(value, str | bool | int) and value != getattr(old, each.name):
                name = _NAMES.get(each.name, each.name) if isinstance(new, Image) else each.name
                yield Change(place=new.place.inside(name), value=value)


def _cells(old: Table, new: Table) -> Iterator[Change]:
    for row, cells in enumerate(new.rows):
        for column, cell in enumerate(cells):
            if cell != old.rows[row][column]:
                yield Change(place=new.place.inside(f"rows.{row}.{column}"), value=cell)


def for_editor(page: Any, change: Change) -> dict[str, Any]:
    """A change for the script: a rich text as Draftail's raw content, all else as it is."""
    row = {"part": change.place.part, "field": change.place.field, "value": change.value}
    block = _block_at(page, change.place.part, change.place.field)
    if isinstance(block, RichTextBlock):
        return row | {"rich": True, "value": rich_state(block, str(change.value))}
    return row | {"rich": False}


def rich_state(block: RichTextBlock, html: str) -> Any:
    """Stored rich text as the raw content that a block's editor begins with."""
    return json.loads(block.field.widget.format_value(html))


def _block_at(page: Any, part: str, path: str) -> Any:
    """The definition of the block that holds a value; None for a page's own field and for parts of a table."""
    block = next((child.block for child in page.body if child.id == part), None)
    names = path.split(".") if path else []
    while names and isinstance(block, ListBlock | StructBlock):
        name = names.pop(0)
        block = block.child_block if isinstance(block, ListBlock) else block.child_blocks.get(name)
    return None if names else block
