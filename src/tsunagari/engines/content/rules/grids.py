"""A table block's value as a page shows it: header cells, labels for phones, numbers on the right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_NUMBER: Final = re.compile(
    r"[-+△▲]?[\d,.]+\s*(?:円|人|件|回|日|時間|分|歳|%|％|kg|枚|通|か月|年)?"
)
WIDEST: Final = 6
"""Columns up to which a row can stand as labelled lines on a phone; wider tables are scrolled by themselves."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell. `label` is its column's header, shown beside it on a phone."""

    text: str
    header: bool = False
    number: bool = False
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table. `labelled` says that each row can stand alone on a phone; `words` name it where it has no caption."""

    caption: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labelled: bool
    words: str


def grid_of(value: Mapping[str, Any]) -> Grid:
    """The grid of a table block's value (as the console's table editor stores it)."""
    data = [
        ["" if cell is None else str(cell).strip() for cell in row]
        for row in value.get("data") or ()
    ]
    top = bool(value.get("first_row_is_table_header")) and bool(data)
    side = bool(value.get("first_col_is_header"))
    head, body = (data[0], data[1:]) if top else ([], data)
    numbers = _numbers(body)
    return Grid(
        caption=str(value.get("table_caption") or ""),
        head=tuple(Cell(text=text, number=place in numbers) for place, text in enumerate(head)),
        rows=tuple(_row(row, head, numbers, side=side) for row in body),
        labelled=top and 0 < len(head) <= WIDEST,
        words="、".join(text for text in head if text),
    )


def _row(
    row: Sequence[str], head: Sequence[str], numbers: frozenset[int], *, side: bool
) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            text=text,
            header=side and place == 0,
            number=place in numbers,
            label=head[place] if place < len(head) else "",
        )
        for place, text in enumerate(row)
    )


def _numbers(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Columns in which nothing but numbers stand."""
    width = max((len(row) for row in rows), default=0)
    found = set()
    for place in range(width):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        if cells and all(_NUMBER.fullmatch(cell) for cell in cells):
            found.add(place)
    return frozenset(found)
