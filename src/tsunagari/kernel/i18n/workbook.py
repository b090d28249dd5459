"""Tables as Excel workbooks: write one that opens ready to use, read back what came of it.

A reader that takes what people have at hand calls `read_file`: it reads a workbook (.xlsx) or a CSV
file (tabular.py), by their content and not by their names. What cannot be read is refused with a
sentence that says what to do.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tsunagari.kernel.i18n.tabular import (
    LARGEST,
    Table,
    TableRefused,
    check_size,
    read_table,
    table_of,
)

Value = str | int | Decimal | date | None

WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The content type of .xlsx."""

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 5_000_000
"""Empty ones between filled ones count too: they cost as much."""
MOST_UNPACKED: Final = 100 * 1024 * 1024
"""Bytes: a workbook is a packed file, and a small one can be made to unpack without end."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_SHEET_NAME: Final = re.compile(r"[\\/*?:\[\]]")
_HEADER: Final = PatternFill("solid", start_color="E8F1FE")
_NARROWEST, _WIDEST = 8, 48


def write_workbook(headers: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str) -> bytes:
    """A workbook of one sheet: the header stays in sight and filters, columns fit what they hold.

    Texts are written as texts ("007" stays, "=1+1" is never run), dates as dates (2026-04-01). A
    missing value is an empty cell.
    """
    held = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NO_SHEET_NAME.sub("・", title)[:31])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{len(held) + 1}"
    for index, header in enumerate(headers):
        longest = max(map(_width, [header, *(row[index] for row in held)]))
        width = min(max(longest + 3, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
    sheet.append([_header_cell(sheet, header) for header in headers])
    for row in held:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_workbook(data: bytes, *, largest: int = LARGEST) -> Table:
    """The table on the first visible sheet; TableRefused in one sentence if it cannot be read.

    Dates come as 2026-04-01 and figures as plain digits, so that `Row.day` and `Row.number` read
    them; of a formula counts the value that was last shown.
    """
    check_size(data, largest)
    _check_unpacked(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
        return table_of(_lines(sheets[0]) if sheets else [])
    except TableRefused:
        raise
    except Exception as unreadable:  # the library raises whatever its parsers raise
        raise TableRefused(_unreadable()) from unreadable


def read_file(data: bytes, *, largest: int = LARGEST) -> Table:
    """The table in an uploaded workbook (.xlsx) or CSV file; TableRefused as these are."""
    if data.startswith(_ZIP):
        return read_workbook(data, largest=largest)
    if data.startswith(_OLE):
        raise TableRefused(
            gettext(
                "古いExcel形式（.xls）か、パスワードのかかったファイルです。パスワードを外し、「Excelブック（.xlsx）」で保存し直してください。"
            )
        )
    return read_table(data, largest=largest)


def _unreadable() -> str:
    return gettext(
        "Excelのファイルとして読み取れません。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
    )


def _check_unpacked(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as broken:
        raise TableRefused(_unreadable()) from broken
    if size > MOST_UNPACKED:
        raise TableRefused(
            gettext("中身が大きすぎるファイルです。表だけを新しいブックに写し、分けてください。")
        )


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # The size that a file states of itself may be wrong: the cells count.
    sheet.reset_dimensions()
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(cell, number) for cell in row]
        seen += len(cells)
        if seen > MOST_CELLS or number > MOST_ROWS or any(cells[MOST_COLUMNS:]):
            sentence = gettext(
                "表が大きすぎます（%(rows)d行、%(columns)d列まで）。いらない行と列を消すか、分けてください。"
            )
            raise TableRefused(sentence % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
        if any(cells):
            yield number, cells


def _text(cell: Any, line: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        sentence = gettext("%(line)d行目の %(column)s列が「%(value)s」です。値を直してください。")
        raise TableRefused(
            sentence % {"line": line, "column": get_column_letter(cell.column), "value": value}
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, float):
        # Excel keeps fifteen digits; what stands behind them is the float's own dust.
        return f"{Decimal(f'{value:.15g}'):f}"
    return str(value).strip()


def _header_cell(sheet: Any, header: str) -> Any:
    cell = _cell(sheet, header)
    cell.font, cell.fill = Font(bold=True), _HEADER
    cell.alignment = Alignment(vertical="center")
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    held: Any = _UNWRITABLE.sub("", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, held)
    if isinstance(value, str):
        # Said, not guessed: the library takes "=…" for a formula, and Excel "007" for a seven.
        cell.data_type, cell.number_format = "s", "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _width(value: Value) -> int:
    """Columns of a cell's text on a screen: a kanji takes two."""
    text = "" if value is None else str(value)
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
