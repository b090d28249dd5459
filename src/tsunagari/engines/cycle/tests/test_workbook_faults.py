"""Files as they really come: what cannot be read is said by sheet and cell, or in one sentence."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from time import process_time
from typing import Any
from zlib import crc32

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tsunagari.engines.cycle.rules.fields import NAMED
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.rules.sheet_layout import (
    Cover,
    DivisionBook,
    Fill,
    MeasureForm,
    tabs,
)
from tsunagari.engines.cycle.rules.workbook_reading import LARGEST, read_book
from tsunagari.engines.cycle.rules.workbook_writing import write_book
from tsunagari.engines.cycle.tests.workbooks import Open, changed, told
from tsunagari.kernel.i18n.tabular import TableRefused

SHEET = "s" * 22
KEYS = ("planned", "budget", "done", "settled", "way")


def book() -> bytes:
    """A workbook of one measure with a few fields."""
    rows = tuple(
        Fill(
            key=key,
            title=key,
            kind=NAMED.by_name[key].kind,
            text="",
            seen=print_of(""),
            open=True,
            choices=NAMED.by_name[key].choices,
        )
        for key in KEYS
    )
    cover = Cover(
        tab="はじめに",
        title="調書",
        whose="市民課",
        how=("書き方", "1. 書く"),
        steps=(("いつまでに", ""),),
        measures=(("", "このファイルにある調書"), ("P-2 ホームページ", "P/2 ホームページ")),
        stamp="",
    )
    form = MeasureForm(
        sheet=SHEET, tab="P-2 ホームページ", title="評価シート", standing="", rows=rows
    )
    return write_book(DivisionBook(cycle="c" * 22, cover=cover, forms=(form,)))


def filled(**values: object) -> bytes:
    """The workbook with something in its cells."""

    def fill(opened: Open) -> None:
        cells = opened.cells()
        for key, value in values.items():
            cells[SHEET, key].value = value

    return changed(book(), fill)


def texts(data: bytes) -> dict[str, str]:
    """What cells say, by key."""
    return {each.key: each.text for each in read_book(data).cells}


def refusal(data: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(TableRefused) as refused:
        read_book(data)
    return str(refused.value)


def place_of(key: str) -> str:
    """Where a field's cell stands."""
    return str(Open.of(book()).cells()[SHEET, key].coordinate)


def test_a_formula_is_refused_with_the_name_of_its_cell() -> None:
    (sentence,) = told(read_book(filled(settled="=SUM(1,2)")))
    assert sentence == (
        f"シート「P-2 ホームページ」の{place_of('settled')}：計算式が入っています。計算した結果の値を書いてください。"
    )


def test_an_error_of_excels_is_refused_with_the_name_of_its_cell() -> None:
    def spoil(opened: Open) -> None:
        cell = opened.cells()[SHEET, "settled"]
        cell.value, cell.data_type = "#REF!", "e"

    (sentence,) = told(read_book(changed(book(), spoil)))
    assert f"の{place_of('settled')}：「#REF!」になっています" in sentence


def test_a_date_is_not_taken_for_words() -> None:
    def spoil(opened: Open) -> None:
        cell = opened.cells()[SHEET, "done"]
        cell.value, cell.number_format = date(2026, 4, 1), "yyyy/m/d"

    (sentence,) = told(read_book(changed(book(), spoil)))
    assert "日付（2026-04-01）として入っています" in sentence


def test_cells_of_two_rows_made_one_are_refused() -> None:
    def join(opened: Open) -> None:
        cells = opened.cells()
        sheet = cells[SHEET, "done"].parent
        for each in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(each))
        first, last = cells[SHEET, "done"].row, cells[SHEET, "settled"].row
        sheet.cell(row=first, column=3).value = "まとめて書いた"
        sheet.merge_cells(f"C{first}:H{last}")

    sentences = told(read_book(changed(book(), join)))
    assert len(sentences) == 2
    assert all("結合を解いて" in sentence for sentence in sentences)


def test_what_was_written_beside_the_cell_is_not_lost_silently() -> None:
    def beside(opened: Open) -> None:
        cells = opened.cells()
        cell = cells[SHEET, "done"]
        sheet = cell.parent
        for each in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(each))
        sheet.cell(row=cell.row, column=5).value = "右に書いた"

    (sentence,) = told(read_book(changed(book(), beside)))
    assert "右のE" in sentence
    assert "このセルに書いてください" in sentence


def test_the_same_field_twice_with_different_words_is_refused() -> None:
    def copy(opened: Open) -> None:
        sheet = opened.cells()[SHEET, "done"].parent
        twin: Any = opened.book.copy_worksheet(sheet)
        twin.title = "写し"
        opened.cells()  # the copy comes last and holds the same marks
        for row in twin.iter_rows(min_col=1, max_col=1):
            if f"|{SHEET}|done|" in str(row[0].value):
                twin.cell(row=row[0].row, column=3).value = "写しだけ直した"

    (sentence,) = told(read_book(changed(book(), copy)))
    assert sentence.startswith("シート「写し」の")
    assert "同じ欄がシート「P-2 ホームページ」の" in sentence


def test_a_broken_mark_is_told() -> None:
    def spoil(opened: Open) -> None:
        cell = opened.cells()[SHEET, "done"]
        cell.parent.cell(row=cell.row, column=1).value = "ts1|だれか|done"

    (sentence,) = told(read_book(changed(book(), spoil)))
    assert "見えない目印が壊れています" in sentence


def test_a_deleted_column_of_cells_is_told() -> None:
    def spoil(opened: Open) -> None:
        sheet = opened.cells()[SHEET, "done"].parent
        for each in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(each))
        sheet.delete_cols(3)

    (sentence,) = told(read_book(changed(book(), spoil)))
    assert "書く欄の列が見つかりません" in sentence


def test_figures_are_read_as_they_were_typed() -> None:
    read = texts(filled(budget="１，２００", settled=1200000.0, done=12, way="　委託 "))
    assert read == {
        "planned": "",
        "budget": "1200",
        "settled": "1200000",
        "done": "12",
        "way": "entrusted",
    }
    assert texts(filled(budget="120千円"))["budget"] == "120千円"


def test_a_missing_sheet_says_nothing() -> None:
    def drop(opened: Open) -> None:
        sheet = opened.cells()[SHEET, "done"].parent
        sheet.delete_rows(opened.cells()[SHEET, "done"].row)

    assert "done" not in texts(changed(book(), drop))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("取組,決算額\r\nP-2,100".encode("cp932"), "CSVなどの文字のファイルは読み込めません"),
        (b"\xef\xbb\xbf" + "取組,決算額".encode(), "CSVなどの文字のファイルは読み込めません"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "古いExcel形式（.xls）か、パスワード"),
        (b"PK\x03\x04" + b"\0" * 100, "Excelのファイルとして読み取れません"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\xff\xfe\xfd", "Excelのファイルとして読み取れません"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_a_truncated_workbook_is_refused_in_words() -> None:
    assert "Excelのファイルとして読み取れません" in refusal(book()[:-200])


def test_a_workbook_with_macros_is_refused_in_words() -> None:
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"macro")
    assert "マクロの入ったファイル（.xlsm）" in refusal(out.getvalue())


def test_another_workbook_is_refused_in_words() -> None:
    out, other = io.BytesIO(), Workbook()
    other.active.append(["市民課", 100])  # type: ignore[union-attr]  # a new workbook has a sheet
    other.save(out)
    assert "調書のExcelではありません" in refusal(out.getvalue())


def test_names_of_tabs_are_such_as_excel_takes() -> None:
    long = "P-2 " + "𠮷" * 40
    names = tabs(["はじめに", long, long, "P/3 [a]:b*?", "'"])
    assert names[0] == "はじめに"
    assert names[3] == "P-3 -a--b--"
    assert names[4] == "-"
    assert names[2].endswith(" 2")
    assert all(len(each.encode("utf-16-le")) // 2 <= 31 for each in names)
    assert len(set(names)) == len(names)


def repacked(change: Callable[[bytes], bytes], name: str = "xl/worksheets/sheet2.xml") -> bytes:
    """The workbook with one part of it written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:  # fmt: skip
        for part in before.infolist():
            content = before.read(part)
            after.writestr(part.filename, change(content) if part.filename == name else content)
    return out.getvalue()


def more(rows: bytes) -> Callable[[bytes], bytes]:
    """A sheet with more rows below."""
    return lambda content: content.replace(b"</sheetData>", rows + b"</sheetData>")


MANY = b'<row r="9000">' + b"<c><v>1</v></c>" * 250_000 + b"</row>"
ENDLESS = b"<!--" + b'<c r="A1"><f' * 100_000 + b"-->"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (more(MANY), "余分な表が入っていて、読み込めません"),
        (more(b" " * (40 << 20)), "余分な表が入っていて、読み込めません"),
        (
            lambda content: content.replace(
                b"</sheetData>", b"</sheetData>" + b'<mergeCell ref="A1:A2000"/>' * 250_000
            ),
            "余分な表が入っていて、読み込めません",
        ),
        (more(ENDLESS), "Excelのファイルとして読み取れません"),
        (
            lambda content: b'<!DOCTYPE x [<!ENTITY a "b">]>' + content,
            "Excelのファイルとして読み取れません",
        ),
        (
            lambda content: content.decode().encode("utf-16"),
            "Excelのファイルとして読み取れません",
        ),
    ],
)
def test_a_small_file_that_would_take_minutes_is_refused_within_seconds(
    change: Callable[[bytes], bytes], words: str
) -> None:
    data = repacked(change)
    assert len(data) < LARGEST
    begun = process_time()
    assert words in refusal(data)
    assert process_time() - begun < 5


def test_a_part_that_lies_about_its_size_fills_no_memory() -> None:
    """The file says that the sheet is as large as it was; behind that, half a gigabyte goes on."""
    name, out = "xl/worksheets/sheet2.xml", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as before:
        sheet = before.read(name)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
            for part in before.infolist():
                if part.filename != name:
                    after.writestr(part.filename, before.read(part))
            after.writestr(name, sheet + b" " * (512 << 20))
    data = bytearray(out.getvalue())
    place = data.rfind(b"PK\x01\x02")
    data[place + 16 : place + 20] = crc32(sheet).to_bytes(4, "little")
    data[place + 24 : place + 28] = len(sheet).to_bytes(4, "little")
    tracemalloc.start()
    try:
        read_book(bytes(data))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100 << 20


def test_an_ordinary_file_with_much_around_it_is_read() -> None:
    def dress(opened: Open) -> None:
        sheet = opened.cells()[SHEET, "done"].parent
        for number in range(200, 1200):  # rows that somebody coloured down to the end of the screen
            for column in range(1, 27):
                sheet.cell(row=number, column=column).font = Font(bold=True)
        opened.cells()[SHEET, "done"].value = "した"

    assert texts(changed(book(), dress))["done"] == "した"
