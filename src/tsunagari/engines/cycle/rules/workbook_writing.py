"""Writes a division's workbook as Excel opens it: the same content gives the same bytes."""

import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from tsunagari.engines.cycle.rules.sheet_layout import (
    BESIDE_MARK,
    FILL_MARK,
    FORMAT,
    YEARS,
    Band,
    Bar,
    Cover,
    DivisionBook,
    Fill,
    FormRow,
    MeasureForm,
    RowMark,
    Sum,
    Told,
    Years,
)
from tsunagari.engines.cycle.rules.sheet_looks import Looks
from tsunagari.engines.cycle.rules.sheet_values import shown_as, writable

MARKS, LABEL, FILL = 1, 2, 3
"""Columns: the hidden one, what a row is called, where it is filled in …"""
LAST: Final = FILL + YEARS - 1
HINT: Final = LAST + 1
_WIDTHS: Final = {MARKS: 3, LABEL: 26, HINT: 32} | dict.fromkeys(range(FILL, HINT), 10.5)
_LINE, _MARGIN, _TALLEST = 16, 6, 400
"""Points of a line of letters, around them, and of the tallest row that Excel shows."""
_EPOCH: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's properties bear no zone
_MOST_DIGITS: Final = 15
"""Digits of a figure that Excel keeps; a longer one is written as text."""
_LISTS: Final = "lists"


class _Steady(zipfile.ZipFile):
    """An archive in which nothing tells when it was made."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_more: Any, **_named: Any) -> None:
        """Add a part without its moment."""
        part = zipfile.ZipInfo(str(zinfo_or_arcname), date_time=(1980, 1, 1, 0, 0, 0))
        part.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(part, data)

    def write(self, filename: Any, arcname: Any = None, *_more: Any, **_named: Any) -> None:
        """Add a file's content without its moment."""
        with open(filename, "rb") as source:  # noqa: PTH123 - what the library wrote meanwhile
            self.writestr(arcname or filename, source.read())


def write_book(content: DivisionBook) -> bytes:
    """The workbook (.xlsx)."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.created = "", _EPOCH
    book.properties.modified = _EPOCH
    book.calculation.fullCalcOnLoad = True
    looks = Looks(book)
    _Cover(book, looks).write(content)
    lists = _lists(content.forms)
    for form in content.forms:
        _Form(book, looks, lists).write(form)
    _write_lists(book, lists)
    out = io.BytesIO()
    ExcelWriter(book, _Steady(out, "w", zipfile.ZIP_DEFLATED)).save()
    return out.getvalue()


Lists = list[tuple[str, ...]]


def _words(row: Fill) -> tuple[str, ...]:
    return tuple(shown_as(row.key, code) for code in row.choices or ())


def _lists(forms: Sequence[MeasureForm]) -> Lists:
    """What can be chosen, each list once."""
    found = {_words(row): None for form in forms for row in form.rows if isinstance(row, Fill)}
    return [words for words in found if words]


def _write_lists(book: Workbook, lists: Lists) -> None:
    """Choices stand on a hidden sheet: a list inside a cell's rule may hold no comma and few letters."""
    sheet = book.create_sheet(_LISTS)
    sheet.sheet_state = "hidden"
    for line in range(max(map(len, lists), default=0)):
        sheet.append([words[line] if line < len(words) else None for words in lists])


class _Page:
    """A sheet on its way: rows are appended one by one, heights and spans noted before."""

    def __init__(self, book: Workbook, looks: Looks) -> None:
        self.book, self.looks = book, looks
        self.row = 0

    def begin(self, tab: str) -> None:
        """Open the sheet, protected but for its open cells, A4 upright and as wide as the page."""
        sheet: Any = self.book.create_sheet(tab)
        self.sheet = sheet
        self.cell = partial(WriteOnlyCell, sheet)
        self.blanks: dict[str, Any] = {}
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.print_options.horizontalCentered = True
        for side in ("left", "right", "top", "bottom"):
            setattr(sheet.page_margins, side, 0.5)
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"
        sheet.protection.sheet = True
        # "False" lets people do it: rows and columns may be made wider while the rest is locked.
        sheet.protection.formatRows = sheet.protection.formatColumns = False
        for column, width in _WIDTHS.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.column_dimensions[get_column_letter(MARKS)].hidden = True

    def made(self, value: Any, look: str) -> Any:
        """A cell. Texts are said to be texts: the library would take "=…" for a formula."""
        held = writable(value) if isinstance(value, str) else value
        cell: Any = self.cell(held)
        if isinstance(value, str):
            cell.data_type = "s"
        cell._style = self.looks[look]  # noqa: SLF001 - see Looks
        return cell

    def hint(self, text: str) -> dict[int, Any]:
        """What is said beside a row, where anything is."""
        return {HINT: self.made(text, "hint")} if text else {}

    def put(self, cells: dict[int, Any], *, height: float, hidden: bool = False) -> None:
        """Append a row; what is not named stays empty."""
        self.row += 1
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height, dimension.hidden = height, hidden
        self.sheet.append([cells.get(column) for column in range(1, max(cells, default=1) + 1)])

    def span(self, first: int, last: int) -> None:
        """Make cells of the next row one."""
        # Every row's own: nothing overlaps, and the library need not compare each with all others.
        row = self.row + 1
        span = CellRange(min_col=first, max_col=last, min_row=row, max_row=row)
        self.sheet.merged_cells.ranges.add(span)

    def spread(self, value: Any, look: str, first: int, last: int) -> dict[int, Any]:
        """One cell over several columns, with its border all around."""
        if last > first:
            self.span(first, last)
        blank = self.blanks.get(look) or self.blanks.setdefault(look, self.made(None, look))
        return {first: self.made(value, look)} | dict.fromkeys(range(first + 1, last + 1), blank)


class _Cover(_Page):
    """The first sheet."""

    def write(self, content: DivisionBook) -> None:
        """How to fill in, until when, and what is in the file."""
        cover = content.cover
        self.begin(cover.tab)
        mark = self.made(f"{FORMAT}|book|{content.cycle}", "quiet")
        self.put({MARKS: mark, **self.spread(cover.title, "title", LABEL, HINT)}, height=30)
        self._line(cover.whose, "text")
        self._line(cover.stamp, "quiet")
        self._heading(cover.how[0])
        for text in cover.how[1:]:
            self._line(text, "text")
        self._pairs(cover.steps)
        self._measures(cover)

    def _line(self, text: str, look: str) -> None:
        width = sum(_WIDTHS[column] for column in range(LABEL, HINT + 1))
        cells = self.spread(text, look, LABEL, HINT)
        self.put(cells, height=height_of((text, width)))

    def _heading(self, text: str) -> None:
        self.put({}, height=8)
        self.put(self.spread(text, "bar", LABEL, HINT), height=24)

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        (heading, _), *rest = pairs
        self._heading(heading)
        for title, text in rest:
            cells = {LABEL: self.made(title, "label"), **self.spread(text, "told", FILL, LAST)}
            self.put(cells, height=_LINE + _MARGIN)

    def _measures(self, cover: Cover) -> None:
        (_, heading), *rest = cover.measures
        self._heading(heading)
        for tab, text in rest:
            cells = self.spread(text, "link", LABEL, HINT)
            quoted = tab.replace("'", "''")
            place = f"{get_column_letter(LABEL)}{self.row + 1}"
            cells[LABEL].hyperlink = Hyperlink(ref=place, location=f"'{quoted}'!B2", display=text)
            cells[LABEL]._style = self.looks["link"]  # noqa: SLF001 - a link resets it
            self.put(cells, height=_LINE + _MARGIN)


class _Form(_Page):
    """A measure's sheet."""

    def __init__(self, book: Workbook, looks: Looks, lists: Lists) -> None:
        super().__init__(book, looks)
        self.lists = lists

    def write(self, form: MeasureForm) -> None:
        """The whole sheet."""
        self.begin(form.tab)
        self.form = form
        self.sheet.freeze_panes = "A4"
        marks = {FILL: FILL_MARK} | dict.fromkeys(range(FILL + 1, HINT), BESIDE_MARK)
        self.put(
            {at: self.made(text, "quiet") for at, text in marks.items()}, height=1, hidden=True
        )
        self.put(self.spread(form.title, "title", LABEL, HINT), height=30)
        self.put(self.spread(form.standing, "quiet", LABEL, HINT), height=_LINE + _MARGIN)
        self.places = dict(self._places(form.rows, after=self.row))
        self._validate(form.rows, after=self.row)
        for row in form.rows:
            self._row(row)

    def _row(self, row: FormRow) -> None:
        match row:
            case Bar():
                self._bar(row)
            case Band():
                self._band(row)
            case Told():
                self._told(row)
            case Years():
                self._years(row)
            case Fill():
                self._fill(row)
            case Sum():
                self._sum(row)

    @staticmethod
    def _places(rows: Sequence[FormRow], *, after: int) -> Iterator[tuple[str, str]]:
        for number, row in enumerate(rows, start=after + 1):
            if isinstance(row, Fill):
                yield row.key, f"{get_column_letter(FILL)}{number}"

    def _validate(self, rows: Sequence[FormRow], *, after: int) -> None:
        """Offer what can be chosen; one rule for all cells of a list."""
        rules: dict[int, DataValidation] = {}
        for number, row in enumerate(rows, start=after + 1):
            if isinstance(row, Fill) and row.choices and row.open:
                at = self.lists.index(_words(row))
                rule = rules.setdefault(at, self._rule(at))
                rule.add(f"{get_column_letter(FILL)}{number}")
        self.sheet.data_validations.dataValidation.extend(rules.values())

    def _rule(self, at: int) -> DataValidation:
        letter = get_column_letter(at + 1)
        area = f"{_LISTS}!${letter}$1:${letter}${len(self.lists[at])}"
        return DataValidation(type="list", formula1=area, allow_blank=True, showErrorMessage=True)

    def _bar(self, row: Bar) -> None:
        cells = self.spread(row.text, "bar", LABEL, LABEL + 2)
        cells |= self.spread(row.note, "bar", LABEL + 3, HINT)
        self.put(cells, height=26)

    def _band(self, row: Band) -> None:
        width = sum(_WIDTHS[column] for column in range(LABEL, HINT + 1))
        height = height_of((row.text, width))
        self.put(self.spread(row.text, "band", LABEL, HINT), height=height)

    def _told(self, row: Told) -> None:
        cells = {LABEL: self.made(row.title, "label"), **self.hint(row.hint)}
        cells |= self.spread(row.text, "told", FILL, LAST)
        self.put(cells, height=self._height(row.title, row.text, row.hint))

    def _years(self, row: Years) -> None:
        look = "year" if row.head else "figure"
        cells = {LABEL: self.made(row.title, "label")}
        cells |= {FILL + at: self.made(text, look) for at, text in enumerate(row.cells)}
        self.put(cells, height=_LINE + _MARGIN)

    def _fill(self, row: Fill) -> None:
        mark = RowMark(sheet=self.form.sheet, key=row.key, seen=row.seen).text()
        cells = {
            MARKS: self.made(mark, "quiet"),
            LABEL: self.made(row.title, "label"),
            **self.hint(row.hint),
        }
        shown = shown_as(row.key, row.text)
        cells |= self.spread(_value(row, shown), _look(row), FILL, LAST)
        self.put(cells, height=self._height(row.title, shown, row.hint, least=row.lines))

    def _sum(self, row: Sum) -> None:
        formula = "=" + row.formula.format_map(self.places)
        cells = {LABEL: self.made(row.title, "label"), **self.hint(row.hint)}
        cells |= self.spread(None, "sum", FILL, LAST)
        cells[FILL].value = formula
        self.put(cells, height=self._height(row.title, "", row.hint))

    def _height(self, title: str, text: str, hint: str, *, least: int = 1) -> float:
        return height_of(
            (title, _WIDTHS[LABEL]),
            (text, _WIDTHS[FILL] * YEARS),
            (hint, _WIDTHS[HINT] * 1.3),
            least=least,
        )


_PLAIN_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def _value(row: Fill, shown: str) -> str | int | Decimal | None:
    """What a cell holds: figures as figures, so that Excel can count with them."""
    if row.kind not in ("yen", "staff", "figure") or not _PLAIN_NUMBER.fullmatch(shown):
        return shown or None
    if len(shown.strip("-0.").replace(".", "")) > _MOST_DIGITS:
        return shown
    figure = Decimal(shown)
    return int(figure) if figure == figure.to_integral_value() else figure


def _look(row: Fill) -> str:
    if row.kind == "figure":
        name = f"decimal{min(row.places, 4)}" if row.places else "number"
    else:
        name = {"yen": "number", "staff": "staff"}.get(row.kind, "")
    if name:
        return name if row.open else f"closed_{name}"
    if not row.open:
        return "closed"
    return "choice" if row.kind == "choice" else "words"


def height_of(*texts: tuple[str, float], least: int = 1) -> float:
    """Points that a row needs so that each of its texts is seen in a column of that width (in letters)."""
    lines = max([least, *(_lines_of(text, width) for text, width in texts)])
    return min(lines * _LINE + _MARGIN, _TALLEST)


def _lines_of(text: str, width: float) -> int:
    # A tenth is lost to borders and to words that do not break.
    return sum(max(1, math.ceil(_wide(line) / (width * 0.92))) for line in text.split("\n"))


def _wide(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)
