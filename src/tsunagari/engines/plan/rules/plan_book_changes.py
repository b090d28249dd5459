"""What differs between two states of a plan's workbook, thing by thing and cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.plan.rules.plan_book import (
    SHEETS,
    STEP,
    Book,
    BookRow,
    BookSheet,
    row_key,
)
from tsunagari.engines.plan.rules.plan_book_reading import header_of, in_english
from tsunagari.kernel.i18n.said import said

_UNTOLD: Final = ("written_at",)
_LONGEST: Final = 60
"""Letters of a text that are shown of what it was and what it became."""


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One cell that became another: the kind of thing, what it is known by, the key, and both texts."""

    kind: str
    row: tuple[str, ...]
    key: str
    before: str
    after: str

    def __str__(self) -> str:
        sheet = SHEETS[self.kind]
        title = header_of(sheet, self.key)
        if sheet.upright and self.key.endswith(".en"):
            title = in_english(title)
        thing = "" if sheet.upright else "/".join(part for part in self.row if part)
        sentence = gettext("%(sheet)s %(thing)s「%(title)s」：%(before)s → %(after)s")
        return sentence % {
            "sheet": said(sheet.sheet.title),
            "thing": thing,
            "title": title,
            "before": _short(self.before),
            "after": _short(self.after),
        }


@dataclass(frozen=True, kw_only=True)
class BookChanges:
    """How one state became another: things by kind that are new or gone, and the cells of the rest."""

    new: Mapping[str, tuple[tuple[str, ...], ...]]
    gone: Mapping[str, tuple[tuple[str, ...], ...]]
    cells: tuple[CellChange, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.cells)


def changes_between(before: Book, after: Book) -> BookChanges:
    """What changed. A stage is known by its place within its measure."""
    new: dict[str, tuple[tuple[str, ...], ...]] = {}
    gone: dict[str, tuple[tuple[str, ...], ...]] = {}
    cells: list[CellChange] = []
    for kind, sheet in SHEETS.items():
        old, now = _by_key(sheet, before), _by_key(sheet, after)
        if added := tuple(key for key in now if key not in old):
            new[kind] = added
        if lost := tuple(key for key in old if key not in now):
            gone[kind] = lost
        for key in now.keys() & old.keys():
            cells += _cells(kind, key, old[key], now[key])
    cells.sort(key=lambda each: (list(SHEETS).index(each.kind), each.row, each.key))
    return BookChanges(new=new, gone=gone, cells=tuple(cells))


def _by_key(sheet: BookSheet, book: Book) -> dict[tuple[str, ...], BookRow]:
    found: dict[tuple[str, ...], BookRow] = {}
    places: dict[str, int] = {}
    for row in book.get(sheet.kind, ()):
        key = row_key(sheet, row)
        if sheet is STEP:
            measure = row.cells["measure"]
            places[measure] = places.get(measure, 0) + 1
            key = (measure, str(places[measure]))
        found[key] = row
    return found


def _cells(kind: str, key: tuple[str, ...], old: BookRow, now: BookRow) -> Iterator[CellChange]:
    for name, text in now.cells.items():
        if name not in _UNTOLD and old.cells[name] != text:
            yield CellChange(kind=kind, row=key, key=name, before=old.cells[name], after=text)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return f"「{plain[:_LONGEST]}{'…' if len(plain) > _LONGEST else ''}」"
