"""Blocks of an old page as an editor's stream stores them, with pictures, files and links of the new site."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any, Final
from uuid import UUID, uuid5

from tsunagari.engines.content.rules.old_pages.places import address_key
from tsunagari.engines.content.rules.pasted.blocks import Block, Heading, Picture, Table, Text

_NAMES: Final = UUID("5b1f8f0e-3a44-4a0c-8f53-6c1f4f2f9d70")
"""Ids of blocks follow from the old address and the place, so that a second import writes the same."""

_LINK: Final = re.compile(r'<a href="([^"]*)">')


def stream_of(
    blocks: Sequence[Block], *, address: str, pictures: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The raw stream. `pictures` gives primary keys by old addresses; a picture that did not come is left out."""
    return [
        {"type": kind, "value": value, "id": str(uuid5(_NAMES, f"{address}:{place}"))}
        for place, (kind, value) in enumerate(_values(blocks, pictures))
    ]


def _values(blocks: Sequence[Block], pictures: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
    text = ""
    for block in blocks:
        if isinstance(block, Text | Heading):
            text += _rich(block)
            continue
        if isinstance(block, Picture) and block.src not in pictures:
            continue
        if text:
            yield "text", text
            text = ""
        if isinstance(block, Table):
            yield "table", _table(block)
        elif isinstance(block, Picture):
            yield "picture", _picture(block, pictures[block.src])
    if text:
        yield "text", text


def _rich(block: Text | Heading) -> str:
    if isinstance(block, Text):
        return block.html
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


def _table(table: Table) -> dict[str, Any]:
    choice = {(True, True): "both", (True, False): "row", (False, True): "column"}
    return {
        "data": [list(row) for row in table.rows],
        "cell": [],
        "mergeCells": [],
        "table_caption": table.caption,
        "table_header_choice": choice.get((table.header_row, table.header_column), "neither"),
        "first_row_is_table_header": table.header_row,
        "first_col_is_header": table.header_column,
    }


def _picture(picture: Picture, key: int) -> dict[str, Any]:
    image = {"image": key, "decorative": False, "alt_text": picture.alt[:255]}
    return {"image": image, "caption": ""}


def with_new_links(
    html: str, *, pages: Mapping[str, int], files: Mapping[str, int]
) -> tuple[str, tuple[str, ...]]:
    """Rich text whose links lead to pages and files of the new site, and the addresses that it leads to still.

    `pages` and `files` give primary keys by address key.
    """
    left: list[str] = []

    def renewed(link: re.Match[str]) -> str:
        address = unescape(link[1])
        key = address_key(address.partition("#")[0])
        if key in pages:
            return f'<a linktype="page" id="{pages[key]}">'
        if key in files:
            return f'<a linktype="document" id="{files[key]}">'
        left.append(address)
        return link[0]

    return _LINK.sub(renewed, html), tuple(left)
