"""Tables as Excel workbooks: write one that opens ready to use, read back what came of it.

A reader that takes what people have at hand calls `read_file`: it reads a workbook (.xlsx) or a CSV
file (tabular.py), by their content and not by their names. A form of several sheets is written by
`write_sheets` and read by `read_sheets`. What cannot be read is refused with a sentence that says what
to do.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from tsunagari.kernel.i18n.tabular import (
    LARGEST,
    Table,
    TableRefused,
    check_size,
    read_table,
    table_of,
)
from tsunagari.kernel.i18n.unpacking import LIMITS, Limits, honest, no_workbook

Value = str | int | Decimal | date | None

WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The content type of .xlsx."""

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
MOST_PLACES: Final = 5_000_000
"""Cells and the empty places between them: they cost as much."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_SHEET_NAME: Final = re.compile(r"[\\/*?:\[\]]")
_MERGED: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]{1,3}[0-9]+:[A-Z]{1,3}[0-9]+)\""
)
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})([0-9]+)\"[^>]*>\s*<(?:\w+:)?f\b(.*?)</(?:\w+:)?c>",
    re.DOTALL,
)
_COUNTED: Final = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]")
_HEADER: Final = PatternFill("solid", start_color="E8F1FE")
_NARROWEST, _WIDEST = 8, 48
_ROWS_TO_FILL: Final = 2000
"""Rows below a header in which what can be chosen is offered."""

Oddity = Literal["error", "date", "uncounted"]
"""What stands behind a cell's text: an error of Excel's (#REF!), a date, or a formula that was never counted."""


@dataclass(frozen=True, kw_only=True)
class SheetToWrite:
    """A sheet of a form: lines above the table, then its header, then what is known already.

    `lists` holds, by the place of a column (from 0), what can be chosen there, or a reference such as
    "=分野!$A$4:$A$99"; by row and column (from 0, below the header) where a row has its own. Columns of `texts` hold texts though they may look like figures or dates ("7-1").
    `hints` is a line right above the header. `widths` (in letters) is used where it names a column.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]] = ()
    above: Sequence[str] = ()
    hints: Sequence[str] = ()
    lists: Mapping[int | tuple[int, int], Sequence[str] | str] = field(default_factory=dict)
    texts: Collection[int] = ()
    widths: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SheetAsRead:
    """A sheet as it was read: its name, its lines that are not blank by their number in Excel, and by
    row and column (from 1) what is odd about a cell. `formulas` are the cells that hold one, `merged` the
    ranges of cells that were made one (C5:H5)."""

    name: str
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    odd: Mapping[tuple[int, int], Oddity]
    formulas: Collection[tuple[int, int]] = ()
    merged: tuple[str, ...] = ()


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
    data = honest(data, LIMITS)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
        return table_of(_lines(sheets[0], _text_or_refusal) if sheets else [])
    except TableRefused:
        raise
    except Exception as unreadable:  # the library raises whatever its parsers raise
        raise TableRefused(no_workbook()) from unreadable


def read_file(data: bytes, *, largest: int = LARGEST) -> Table:
    """The table in an uploaded workbook (.xlsx) or CSV file; TableRefused as these are."""
    if data.startswith(_ZIP):
        return read_workbook(data, largest=largest)
    _refuse_old(data)
    return read_table(data, largest=largest)


def write_sheets(sheets: Sequence[SheetToWrite], *, choices: str) -> bytes:
    """A workbook of several sheets to be filled in. What can be chosen stands on a last sheet called
    `choices`, to which the cells refer; something else may be typed after a warning."""
    book = Workbook(write_only=True)
    offered: list[Sequence[str]] = []
    for each in sheets:
        _write_sheet(book, each, choices, offered)
    last = book.create_sheet(choices)
    for line in range(max(map(len, offered), default=0)):
        last.append([each[line] if line < len(each) else None for each in offered])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_sheets(
    data: bytes, *, largest: int = LARGEST, limits: Limits = LIMITS
) -> tuple[SheetAsRead, ...]:
    """The visible sheets of a workbook, in their order; TableRefused in one sentence if it is none.

    Cells read as `read_workbook` reads them. Where cells below each other were made one, each of them
    has its text. An error of Excel's comes as its text (#REF!) and is said in `odd`.
    """
    check_size(data, largest)
    if not data.startswith(_ZIP):
        _refuse_old(data)
        raise TableRefused(no_workbook())
    data = honest(data, limits)
    try:
        return tuple(_sheets(data))
    except TableRefused:
        raise
    except Exception as unreadable:  # the library raises whatever its parsers raise
        raise TableRefused(no_workbook()) from unreadable


def _sheets(data: bytes) -> Iterator[SheetAsRead]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    packed = zipfile.ZipFile(io.BytesIO(data))
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        source = packed.read(sheet._worksheet_path)  # type: ignore[attr-defined]  # noqa: SLF001 - the only way to the sheet's own part
        odd: dict[tuple[int, int], Oddity] = {}
        lines = dict(_lines(sheet, _noting(odd)))
        formulas = dict(_formulas(source))
        odd.update({place: "uncounted" for place, counted in formulas.items() if not counted})
        merged = tuple(found.decode() for found in _MERGED.findall(source))
        _fill_merged(lines, merged)
        yield SheetAsRead(
            name=sheet.title,
            lines=tuple((number, _trimmed(cells)) for number, cells in sorted(lines.items())),
            odd=odd,
            formulas=frozenset(formulas),
            merged=merged,
        )


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """Without what is empty at the right."""
    filled = max((place for place, text in enumerate(cells, start=1) if text), default=0)
    return tuple(cells[:filled])


def _noting(odd: dict[tuple[int, int], Oddity]) -> Callable[[Any, int], str]:
    def text(cell: Any, line: int) -> str:
        if cell.value is not None and (cell.data_type == "e" or cell.is_date):
            odd[line, cell.column] = "error" if cell.data_type == "e" else "date"
        return _text(cell)

    return text


def _formulas(source: bytes) -> Iterator[tuple[tuple[int, int], bool]]:
    """Cells with a formula by row and column, and whether a program has counted its value: one that was
    never counted looks empty and is not."""
    for letters, row, rest in _FORMULA.findall(source):
        place = (int(row), column_index_from_string(letters.decode()))
        yield place, _COUNTED.search(rest) is not None


def _fill_merged(lines: dict[int, list[str]], merged: Sequence[str]) -> None:
    """Give each cell of one that spans rows its text; what spans columns only is a title and stays."""
    for reference in merged:
        column, first, last = _rows_spanned(reference)
        top = lines.get(first, [])[column - 1 : column]
        if not top or not top[0] or last - first > _ROWS_TO_FILL:
            continue
        for number in range(first + 1, last + 1):
            cells = lines.setdefault(number, [])
            cells.extend([""] * (column - len(cells)))
            cells[column - 1] = top[0]


def _rows_spanned(reference: str) -> tuple[int, int, int]:
    """Column, first and last row of a reference such as A5:A7, all from 1."""
    left, _, right = reference.partition(":")
    column, first = coordinate_from_string(left)
    return column_index_from_string(column), first, coordinate_from_string(right)[1]


def _write_sheet(book: Any, each: SheetToWrite, choices: str, offered: list[Sequence[str]]) -> None:
    sheet = book.create_sheet(_NO_SHEET_NAME.sub("・", each.title)[:31])
    header = len(each.above) + bool(each.hints) + 1
    sheet.freeze_panes = f"A{header + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    widths = list(_widths(each))
    for index, width in enumerate(widths):
        column = sheet.column_dimensions[get_column_letter(index + 1)]
        column.width = width
        if index in each.texts:
            column.number_format = "@"
    for place, offer in each.lists.items():
        formula = offer if isinstance(offer, str) else _reference(offer, choices, offered)
        valid = DataValidation(type="list", formula1=formula, errorStyle="warning")
        valid.add(_cells_below(header, place))
        sheet.data_validations.append(valid)
    for line in each.above:
        sheet.append([_quiet_cell(sheet, line, wrapped=False)])
    hinted = [(header - 1, each.hints)] if each.hints else []
    for number, row in (*hinted, *enumerate(each.rows, start=header + 1)):
        sheet.row_dimensions[number].height = _height(row, widths)
    if each.hints:
        sheet.append([_quiet_cell(sheet, hint, wrapped=True) for hint in each.hints])
    sheet.append([_header_cell(sheet, text) for text in each.headers])
    for row in each.rows:
        sheet.append([_wrapped_cell(sheet, value) for value in row])


def _cells_below(header: int, place: int | tuple[int, int]) -> str:
    if isinstance(place, tuple):
        return f"{get_column_letter(place[1] + 1)}{header + 1 + place[0]}"
    letter = get_column_letter(place + 1)
    return f"{letter}{header + 1}:{letter}{header + _ROWS_TO_FILL}"


def _widths(each: SheetToWrite) -> Iterator[int]:
    for place, header in enumerate(each.headers):
        longest = max(map(_width, [header, *(row[place] for row in each.rows)]))
        yield each.widths.get(place, min(max(longest + 3, _NARROWEST), _WIDEST))


def _height(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Points for a row whose texts wrap within their columns; not every program finds it by itself."""
    lines = (
        sum(max(-(-_width(part) // max(width - 1, 1)), 1) for part in str(text or "").split("\n"))
        for text, width in zip(row, widths, strict=False)
    )
    return 16 * min(max(lines, default=1), 20)


def _reference(offer: Sequence[str], choices: str, offered: list[Sequence[str]]) -> str:
    if offer not in offered:
        offered.append(offer)
    letter = get_column_letter(offered.index(offer) + 1)
    return f"='{choices}'!${letter}$1:${letter}${max(len(offer), 1)}"


def _quiet_cell(sheet: Any, text: str, *, wrapped: bool) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(color="595959", size=9)
    cell.alignment = Alignment(vertical="top", wrap_text=wrapped)
    return cell


def _wrapped_cell(sheet: Any, value: Value) -> Any:
    cell = _cell(sheet, value)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    return cell


def _refuse_old(data: bytes) -> None:
    if data.startswith(_OLE):
        raise TableRefused(
            gettext(
                "古いExcel形式（.xls）か、パスワードのかかったファイルです。パスワードを外し、「Excelブック（.xlsx）」で保存し直してください。"
            )
        )


def _lines(sheet: Any, text: Callable[[Any, int], str]) -> Iterator[tuple[int, list[str]]]:
    # The size that a file states of itself may be wrong: the cells count.
    sheet.reset_dimensions()
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [text(cell, number) for cell in row]
        seen += len(cells)
        if seen > MOST_PLACES or number > MOST_ROWS or any(cells[MOST_COLUMNS:]):
            sentence = gettext(
                "表が大きすぎます（%(rows)d行、%(columns)d列まで）。いらない行と列を消すか、分けてください。"
            )
            raise TableRefused(sentence % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
        if any(cells):
            yield number, cells


def _text_or_refusal(cell: Any, line: int) -> str:
    if cell.value is not None and cell.data_type == "e":
        sentence = gettext("%(line)d行目の %(column)s列が「%(value)s」です。値を直してください。")
        raise TableRefused(
            sentence % {"line": line, "column": get_column_letter(cell.column), "value": cell.value}
        )
    return _text(cell)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%"  # 0.95 under this format was typed as 95%
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
