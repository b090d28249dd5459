"""Reads a division's workbook that came back: every cell to be filled in, wherever it stands by now."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from tsunagari.engines.cycle.rules.sheet_layout import (
    BESIDE_MARK,
    FILL_MARK,
    RowMark,
    is_mark,
    row_mark,
)
from tsunagari.engines.cycle.rules.sheet_values import as_kept
from tsunagari.engines.cycle.rules.typed import FieldRefused
from tsunagari.kernel.i18n.tabular import TableRefused, decode
from tsunagari.kernel.i18n.unpacking import Limits
from tsunagari.kernel.i18n.workbook import SheetAsRead, read_sheets

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of the largest workbook that is read; one of 30 measures takes less than half of one MB."""

LARGEST_UNPACKED: Final = 32 * 1024 * 1024
"""Bytes of all parts once they are unpacked; a sheet of ours takes some 50 kB."""
MOST_CELLS: Final = 200_000
"""Cells and joined ranges of all sheets together, some fifty times those of thirty measures. A packed file of
100 kB can hold millions, which keep a process busy for minutes."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_MACROS: Final = "vbaProject.bin"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a cell stands: the sheet as its tab is called now, and the cell (C12)."""

    tab: str
    cell: str

    def words(self) -> str:
        """シート「P-2 …」のC12."""
        return gettext("シート「%(tab)s」の%(cell)s") % {"tab": self.tab, "cell": self.cell}


@dataclass(frozen=True, kw_only=True)
class FilledCell:
    """What a cell to be filled in says. `sheet` is the public id of a measure's sheet, `text` as fields'
    texts travel, `seen` the print of what stood there when the file was written."""

    sheet: str
    key: str
    seen: str
    text: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """A cell that cannot be taken, and why, in a sentence."""

    place: Place
    sentence: str


@dataclass(frozen=True, kw_only=True)
class FilledBook:
    """What came back: cells by sheet and field, and cells that cannot be read."""

    cells: tuple[FilledCell, ...]
    faults: tuple[CellFault, ...]


def read_book(data: bytes) -> FilledBook:
    """The cells of a workbook. Raises TableRefused where it is no workbook of ours, or no workbook."""
    _refuse_other_kinds(data)
    limits = Limits(unpacked=LARGEST_UNPACKED, cells=MOST_CELLS, sentence=_swollen())
    sheets = read_sheets(data, largest=LARGEST, limits=limits)
    cells: dict[tuple[str, str], FilledCell] = {}
    faults: list[CellFault] = []
    marked = False
    for sheet in sheets:
        page = _Page(sheet)
        marked = marked or bool(page.marks)
        for found in page.read():
            if isinstance(found, CellFault):
                faults.append(found)
                continue
            first = cells.setdefault((found.sheet, found.key), found)
            if first.text != found.text:
                faults.append(_twice(first, found))
    if not marked:
        raise TableRefused(
            gettext(
                "調書のExcelではありません。「Excelに書き出す」で作ったファイルに書いて、そのまま選んでください。"
            )
        )
    return FilledBook(cells=tuple(cells.values()), faults=tuple(faults))


def _twice(first: FilledCell, second: FilledCell) -> CellFault:
    sentence = gettext(
        "同じ欄が%(place)sにもあり、内容が違います。写したシートや行を消して、どちらかにしてください。"
    )
    return CellFault(place=second.place, sentence=sentence % {"place": first.place.words()})


def _refuse_other_kinds(data: bytes) -> None:
    """What is no .xlsx at all: a text file, a workbook with macros. The rest the reader refuses itself."""
    if not data.startswith((_ZIP, _OLE)):
        _refuse_text(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            macros = any(name.endswith(_MACROS) for name in packed.namelist())
    except (zipfile.BadZipFile, OSError):
        return
    if macros:
        raise TableRefused(
            gettext(
                "マクロの入ったファイル（.xlsm）は読み込めません。「Excelブック（.xlsx）」で保存し直してください。"
            )
        )


def _swollen() -> str:
    return gettext(
        "使っていない行や列まで書式が付いているか、余分な表が入っていて、読み込めません。書き出し直したファイルに、書いた内容だけを写してください。"
    )


def _refuse_text(data: bytes) -> None:
    try:
        decode(data)
    except TableRefused:
        return
    raise TableRefused(
        gettext(
            "CSVなどの文字のファイルは読み込めません。書き出したExcelのファイル（.xlsx）に書いて、そのまま選んでください。"
        )
    )


class _Page:
    """One sheet of the file, by rows and columns from 1."""

    def __init__(self, sheet: SheetAsRead) -> None:
        self.sheet = sheet
        self.marks: dict[int, str] = {}
        self.fill = 0
        self.beside: set[int] = set()
        for number, cells in sheet.lines:
            for column, text in enumerate(cells, start=1):
                if is_mark(text):
                    self._note(number, column, text)
        self.spans = [CellRange(each) for each in sheet.merged]

    def _note(self, number: int, column: int, text: str) -> None:
        if text == FILL_MARK:
            self.fill = self.fill or column
        elif text == BESIDE_MARK:
            self.beside.add(column)
        else:
            self.marks.setdefault(number, text)

    def read(self) -> Iterator[FilledCell | CellFault]:
        """The cells to be filled in, from top to bottom."""
        if self.marks and not self.fill:
            # A cover bears a mark, and nothing to be filled in.
            if any(row_mark(text) for text in self.marks.values()):
                yield CellFault(place=self._place(1, 1), sentence=_no_column())
            return
        lines = dict(self.sheet.lines)
        for number, text in sorted(self.marks.items()):
            mark = row_mark(text)
            yield self._cell(number, mark, lines[number]) if mark else self._broken(number)

    def _cell(self, number: int, mark: RowMark, cells: tuple[str, ...]) -> FilledCell | CellFault:
        place = self._place(number, self.fill)
        shown = cells[self.fill - 1] if self.fill <= len(cells) else ""
        stray = next((at for at in sorted(self.beside) if at <= len(cells) and cells[at - 1]), 0)
        try:
            self._check(number, shown, stray)
        except FieldRefused as refused:
            return CellFault(place=place, sentence=str(refused))
        return FilledCell(
            sheet=mark.sheet,
            key=mark.key,
            seen=mark.seen,
            text=as_kept(mark.key, shown),
            place=place,
        )

    def _check(self, number: int, shown: str, stray: int) -> None:
        at = (number, self.fill)
        if at in self.sheet.formulas:
            raise FieldRefused(gettext("計算式が入っています。計算した結果の値を書いてください。"))
        if self.sheet.odd.get(at) == "error":
            raise FieldRefused(
                gettext("「%(value)s」になっています。値を書いてください。") % {"value": shown}
            )
        if self.sheet.odd.get(at) == "date":
            raise FieldRefused(
                gettext(
                    "日付（%(value)s）として入っています。セルの書式を「文字列」にして、書き直してください。"
                )
                % {"value": shown}
            )
        if self._joined(number):
            raise FieldRefused(
                gettext("ほかの行のセルと結合されています。結合を解いて、欄ごとに書いてください。")
            )
        if stray:
            raise FieldRefused(
                gettext("この欄の右の%(cell)sに書かれています。このセルに書いてください。")
                % {"cell": f"{get_column_letter(stray)}{number}"}
            )

    def _joined(self, number: int) -> bool:
        """Whether the cell was made one with a cell of another row."""
        return any(
            each.min_row != each.max_row
            and each.min_col <= self.fill <= each.max_col
            and each.min_row <= number <= each.max_row
            for each in self.spans
        )

    def _broken(self, number: int) -> CellFault:
        return CellFault(
            place=self._place(number, self.fill),
            sentence=gettext(
                "この行の見えない目印が壊れています。書き出し直したファイルに写してください。"
            ),
        )

    def _place(self, number: int, column: int) -> Place:
        return Place(tab=self.sheet.name, cell=f"{get_column_letter(column)}{number}")


def _no_column() -> str:
    return gettext("書く欄の列が見つかりません。書き出し直したファイルに写してください。")
