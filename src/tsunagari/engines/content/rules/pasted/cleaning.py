"""The cleaner: HTML from elsewhere in, blocks and notes out. What it gives passes a strict list at the last gate."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import nh3

from tsunagari.engines.content.rules.characters import plain_characters
from tsunagari.engines.content.rules.pasted import by_hand
from tsunagari.engines.content.rules.pasted.blocks import (
    Block,
    Heading,
    Notes,
    Pasted,
    Table,
    Text,
)
from tsunagari.engines.content.rules.pasted.building import Builder, Item
from tsunagari.engines.content.rules.pasted.grids import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from tsunagari.engines.content.rules.pasted.leaves import Paragraph, as_list, written
from tsunagari.engines.content.rules.pasted.tree import Node, fragment, read_tree

TAGS: Final = frozenset({"p", "ul", "ol", "li", "b", "i", "sup", "sub", "a", "br"})
"""All marks that the cleaner's rich text has; only `a` has an attribute, href."""


def clean(html: str, *, within: str = "") -> Pasted:
    """Blocks from the HTML of a clipboard or page; `within` is the address from which its links are told."""
    notes = Notes()
    blocks, _links = blocks_of(read_tree(fragment(html), notes), notes, within=within)
    return Pasted(blocks=blocks, notes=notes.told())


def clean_lines(tsv: str) -> Pasted:
    """A table from what Excel gives as plain text: cells between tabs, in quotes where they hold line breaks."""
    notes = Notes()
    rows = [
        [_letters(cell, notes) for cell in row[:MOST_COLUMNS]]
        for row in csv.reader(io.StringIO(tsv.replace("\0", "")[:1_000_000]), delimiter="\t")
    ]
    rows = [row for row in rows[: min(MOST_ROWS, MOST_CELLS)] if any(row)]
    width = max(map(len, rows), default=0)
    table = Table(rows=tuple(tuple(row + [""] * (width - len(row))) for row in rows))
    return Pasted(blocks=(table,) if rows else (), notes=notes.told())


def _letters(cell: str, notes: Notes) -> str:
    right = plain_characters(cell.replace("\xa0", " ")).strip()
    notes.add("characters", int(right != cell.replace("\xa0", " ").strip()))
    return right


def blocks_of(
    node: Node, notes: Notes, *, within: str = ""
) -> tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]:
    """Blocks of a tree, and its links (address, words)."""
    builder = Builder(notes, within)
    items: Sequence[Item] = builder.build(node)
    items = list(by_hand.by_lines(items))
    items = by_hand.as_lists(items, notes)
    items = by_hand.as_headings(items, notes)
    items = by_hand.in_order(items, notes)
    return tuple(_blocks(items)), tuple(builder.links)


def _blocks(items: Sequence[Item]) -> Iterator[Block]:
    for is_text, run in groupby(items, key=_is_text):
        if is_text:
            html = gate(_rich(tuple(item for item in run if isinstance(item, Paragraph))))
            if html:
                yield Text(html=html)
            continue
        for item in run:
            if not isinstance(item, Paragraph):
                yield item
            elif item.text.strip():
                yield Heading(level=item.level, text=item.text.strip())


def _is_text(item: Item) -> bool:
    return isinstance(item, Paragraph) and not item.level


def _rich(paragraphs: Sequence[Paragraph]) -> str:
    parts = []
    for listed, run in groupby(paragraphs, key=lambda each: each.listed is not None):
        if listed:
            parts.append(as_list(tuple(run)))
        else:
            parts += [f"<p>{written(each.leaves, bold=not each.all_bold)}</p>" for each in run]
    return "".join(parts)


def gate(html: str) -> str:
    """The last gate: rich text with nothing in it but what the list allows, whoever wrote it."""
    passed = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return passed.replace("<br>", "<br/>")
