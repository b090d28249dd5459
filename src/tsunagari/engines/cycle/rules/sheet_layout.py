"""A division's workbook as data: a cover and a form for each measure, row by row.

It looks like the 事務事業評価シート that Japanese cities know: what stands already is grey, what a clerk
writes is white. Every row with a cell to be filled in bears a mark, so that the workbook is understood
again however its sheets were renamed and its rows and columns moved.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tsunagari.engines.cycle.rules.fields import Kind
from tsunagari.kernel.ids import is_public_id

FillKind = Literal[Kind, "figure"]
"""How a cell is filled in: as a field of rules/fields.py, or with an indicator's figure."""

YEARS: Final = 6
"""Columns of the table of targets and results; together they are as wide as a cell to be filled in."""

FORMAT: Final = "ts1"
"""The first word of every mark. It grows when marks come to mean something else."""

FILL_MARK: Final = f"{FORMAT}|fill"
"""Stands, hidden, above the column in which cells are filled in."""
BESIDE_MARK: Final = f"{FORMAT}|beside"
"""Stands above columns over which such a cell spreads: nothing is read there."""

_ROW_MARK: Final = re.compile(rf"{FORMAT}\|([^|]+)\|([^|]+)\|([0-9a-f]{{10}})")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar across the sheet that opens a part; `note` says how the part stands and until when it is due."""

    text: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Band:
    """A lighter bar that opens a group of rows inside a part."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something that stands already and is only read."""

    title: str
    text: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Years:
    """A row of the table of targets and results: a text for each of YEARS years. `head`: the years' names."""

    title: str
    cells: tuple[str, ...]
    head: bool = False


@dataclass(frozen=True, kw_only=True)
class Fill:
    """A cell to be filled in. `text` is what stands there, as texts of fields travel; `choices` maps codes
    to words. `open`: it can be written now. `seen` is the print of what stood there when the file was
    written. `lines` is how tall it is at least, `places` how many digits a figure has after the point."""

    key: str
    title: str
    kind: FillKind
    text: str
    seen: str
    open: bool
    hint: str = ""
    choices: Mapping[str, str] | None = None
    lines: int = 1
    places: int = 0


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A figure that the sheet itself works out of cells to be filled in: a formula in whose braces stand
    their keys."""

    title: str
    formula: str
    hint: str = ""


FormRow = Bar | Band | Told | Years | Fill | Sum


@dataclass(frozen=True, kw_only=True)
class MeasureForm:
    """A measure's sheet. `sheet` is its public id, `tab` what its tab is called."""

    sheet: str
    tab: str
    title: str
    standing: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The first sheet 「はじめに」. `steps` are titles with days, `measures` tab and words of each form."""

    tab: str
    title: str
    whose: str
    how: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    stamp: str


@dataclass(frozen=True, kw_only=True)
class DivisionBook:
    """The workbook. `cycle` is the public id of the year."""

    cycle: str
    cover: Cover
    forms: tuple[MeasureForm, ...]


@dataclass(frozen=True, kw_only=True)
class RowMark:
    """Which field of which sheet a row holds, and the print of what stood there."""

    sheet: str
    key: str
    seen: str

    def text(self) -> str:
        """As it stands in the hidden column."""
        return f"{FORMAT}|{self.sheet}|{self.key}|{self.seen}"


def row_mark(text: str) -> RowMark | None:
    """The mark in a text; None where it is broken."""
    found = _ROW_MARK.fullmatch(text)
    if found is None or not is_public_id(found[1]):
        return None
    return RowMark(sheet=found[1], key=found[2], seen=found[3])


def is_mark(text: str) -> bool:
    """Whether a cell holds a mark, be it broken."""
    return text.startswith(f"{FORMAT}|")


_NO_TAB: Final = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
TAB_LENGTH: Final = 31


def tabs(wanted: list[str]) -> list[str]:
    """Names of tabs as Excel takes them: without its signs, short enough, none twice."""
    taken: set[str] = set()
    found = []
    for text in wanted:
        name, number = _shortened(text, ""), 1
        while name.casefold() in taken:
            number += 1
            name = _shortened(text, f" {number}")
        taken.add(name.casefold())
        found.append(name)
    return found


def _shortened(text: str, ending: str) -> str:
    plain = _NO_TAB.sub("-", text).strip(" '") or "-"
    # Excel counts UTF-16 units: an old character such as 𠮷 is two.
    while len((plain + ending).encode("utf-16-le")) // 2 > TAB_LENGTH:
        plain = plain[:-1].rstrip(" '")
    return plain + ending
