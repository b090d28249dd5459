"""Workbooks of sheets as tests write, fill in and read them."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.load_sheets import (
    SheetsOutcome,
    load_sheets,
    preview_sheets,
)
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.workbook import division_book
from tsunagari.engines.cycle.queries.workbook_sheets import sheets_to_write
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.sheet_layout import FILL_MARK, row_mark
from tsunagari.engines.cycle.rules.workbook_reading import FilledBook, read_book
from tsunagari.engines.cycle.rules.workbook_writing import write_book
from tsunagari.engines.cycle.tests.years import NISHITOKYO, NOW, SHIMIN, at, opened
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering

Key = tuple[str, str]
"""A sheet's public id and a field's key."""


@contextmanager
def year_in_check(blocker: DjangoDbBlocker) -> Iterator[Cycle]:
    """A year of the policy in its check, so that everything can be written; loaded once for a module."""
    with module_rows(blocker) as rows:
        said = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
        identity.load_divisions(said)
        plan_api.load_plans(
            sorted((NISHITOKYO / "plan").glob("*.yaml")),
            divisions={entry["code"] for entry in said["divisions"]},
            meters={meter.id for meter in metering.declared()},
            clock=at(NOW),
        )
        cycle = opened()
        Cycle.objects.filter(pk=cycle.pk).update(phase="checking", staff_cost=8_000_000)
        cycle.refresh_from_db()
        rows.written()
        yield cycle


def written(
    cycle: Cycle, hand: Hand = SHIMIN, *, now: datetime = NOW, language: str = "ja"
) -> bytes:
    """The workbook of whoever has the pen."""
    cycle.refresh_from_db()
    sheets = sheets_to_write(cycle, hand, division="", now=now)
    return write_book(division_book(cycle, sheets, whose="市民課", now=now, language=language))


@dataclass
class Open:
    """A workbook as a clerk has it open."""

    book: Workbook

    @classmethod
    def of(cls, data: bytes) -> "Open":
        """Open a file."""
        return cls(load_workbook(io.BytesIO(data)))

    def saved(self) -> bytes:
        """Save it."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def cells(self) -> dict[Key, Any]:
        """Every cell to be filled in."""
        found: dict[Key, Any] = {}
        tabs: list[Any] = self.book.worksheets
        for sheet in tabs:
            fill = next((cell.column for cell in sheet[1] if cell.value == FILL_MARK), None)
            for row in sheet.iter_rows() if fill else ():
                mark = next((m for cell in row if (m := row_mark(str(cell.value or "")))), None)
                if mark:
                    found[mark.sheet, mark.key] = sheet.cell(row=row[0].row, column=fill)
        return found

    def put(self, sheet: Sheet, **values: object) -> "Open":
        """Write into cells of a sheet by their keys."""
        cells = self.cells()
        for key, value in values.items():
            cells[sheet.public_id, key].value = value
        return self

    def tab(self, sheet: Sheet) -> Any:
        """The tab of a sheet."""
        found = next(cell for (public_id, _), cell in self.cells().items() if public_id == sheet.public_id)  # fmt: skip
        return found.parent


def changed(data: bytes, change: Callable[[Open], object]) -> bytes:
    """A file after somebody worked in it."""
    book = Open.of(data)
    change(book)
    return book.saved()


def previewed(
    data: bytes, cycle: Cycle, hand: Hand = SHIMIN, *, now: datetime = NOW
) -> SheetsOutcome:
    """What a file would change."""
    book = read_book(data)
    assert not book.faults, book.faults
    return preview_sheets(book.cells, cycle=cycle.public_id, hand=hand, clock=at(now))


def loaded(data: bytes, cycle: Cycle, hand: Hand = SHIMIN, *, now: datetime = NOW) -> SheetsOutcome:
    """Take a file in."""
    book = read_book(data)
    return load_sheets(
        book.cells, cycle=cycle.public_id, shown=lambda _: True, hand=hand, clock=at(now)
    )


def told(outcome: SheetsOutcome | FilledBook) -> list[str]:
    """Where and why cells cannot be taken."""
    return [f"{each.place.words()}：{each.sentence}" for each in outcome.faults]


def grid(data: bytes) -> dict[tuple[str, str], tuple[object, str, bool]]:
    """Every cell of a file: its value, its number format, and whether it is locked."""
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, cell.protection.locked)
        for sheet in load_workbook(io.BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
