"""Excel workbooks as offices have them, written and read back."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tsunagari.kernel.i18n.tabular import TableRefused, write_table
from tsunagari.kernel.i18n.workbook import (
    SheetToWrite,
    read_file,
    read_sheets,
    read_workbook,
    write_sheets,
    write_workbook,
)

HEADERS = ("番号", "氏名", "はじめの日", "枚数")


def _saved(*rows: list[object]) -> bytes:
    """A workbook as somebody's Excel might have saved it."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_was_written_is_read_back() -> None:
    data = write_workbook(
        HEADERS,
        [("007", "田無 一郎", date(2026, 4, 1), Decimal("1.5")), ("8", "", None, 3)],
        title="職員",
    )
    first, second = read_workbook(data).rows
    assert (first.line, first.text("番号"), first.day("はじめの日")) == (2, "007", date(2026, 4, 1))
    assert first.number("枚数") == Decimal("1.5")
    assert (second.text("氏名"), second.text("はじめの日"), second.number("枚数")) == (
        "",
        "",
        Decimal(3),
    )


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    data = write_workbook(["氏名"], [["=HYPERLINK(1)"], ["+81"], ["@a"]], title="職員")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 4
    assert [row.text("氏名") for row in read_workbook(data).rows] == ["=HYPERLINK(1)", "+81", "@a"]


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = load_workbook(
        io.BytesIO(write_workbook(HEADERS, [("1", "a", None, None)], title="職員/名簿"))
    ).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:D2", "職員・名簿")


def test_dates_figures_and_blank_lines_of_excel_are_understood() -> None:
    data = _saved(
        ["年月日", "件数", "割合"],
        [],
        [date(2026, 4, 1), 163000.0, 0.1 + 0.2],
        ["R8.4.2", "１２", ""],
    )
    first, second = read_workbook(data).rows
    assert (first.line, first.day("年月日")) == (3, date(2026, 4, 1))
    assert (first.number("件数"), first.number("割合")) == (Decimal(163000), Decimal("0.3"))
    assert (second.day("年月日"), second.number("件数")) == (date(2026, 4, 2), Decimal(12))


def test_the_first_visible_sheet_is_read() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.sheet_state = "hidden"
    book.active.append(["見えない"])
    book.create_sheet("表").append(["見える"])
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue()).headers == ("見える",)


def test_either_kind_of_file_is_taken() -> None:
    for data in (
        write_workbook(["氏名"], [["花子"]], title="a"),
        write_table(["氏名"], [["花子"]]),
    ):
        assert read_file(data).rows[0].text("氏名") == "花子"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04abc", "Excelのファイルとして読み取れません"),
        (b"\xd0\xcf\x11\xe0abc", "パスワードを外し"),
        (_saved(), "ファイルが空です"),
        (_saved(["年月", "年月"]), "見出し「年月」が2つ"),
        (_saved(["件数"], ["#N/A"]), "2行目の A列が「#N/A」です"),
        (_saved(["件数", *[None] * 200, "遠い"]), "表が大きすぎます"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, sentence: str) -> None:
    with pytest.raises(TableRefused, match=sentence):
        read_file(data)


def test_a_packed_file_that_would_never_end_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (101 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(TableRefused, match="中身が大きすぎる"):
        read_workbook(out.getvalue())


def test_a_packed_file_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(TableRefused, match="Excelのファイルとして読み取れません"):
        read_workbook(out.getvalue())


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])), min_size=1))
def test_any_text_survives(texts: list[str]) -> None:
    rows = read_workbook(
        write_workbook(["番", "文"], [["x", text] for text in texts], title="表")
    ).rows
    assert [row.text("文") for row in rows] == [text.strip() for text in texts]


def _form() -> bytes:
    return write_sheets(
        [
            SheetToWrite(
                title="取組",
                headers=["番号", "種類", "年度"],
                rows=[["7-1", "甲", 2024], ["8", None, None]],
                above=["取組を書く表です。"],
                hints=["※", "選びます", ""],
                lists={1: ["甲", "乙"], 2: "='年度'!$A$2:$A$9"},
                texts=[0],
            ),
            SheetToWrite(
                title="年度",
                headers=["項目", "内容"],
                rows=[["名前", ""]],
                lists={(0, 1): ["甲", "乙"]},
            ),
        ],
        choices="選択肢",
    )


def test_a_form_of_several_sheets_is_read_back() -> None:
    first, second, choices = read_sheets(_form())
    assert [each.name for each in (first, second, choices)] == ["取組", "年度", "選択肢"]
    assert first.lines == (
        (1, ("取組を書く表です。",)),
        (2, ("※", "選びます")),
        (3, ("番号", "種類", "年度")),
        (4, ("7-1", "甲", "2024")),
        (5, ("8",)),
    )
    assert not first.odd


def test_a_form_offers_what_can_be_chosen_once_for_all_sheets() -> None:
    book = load_workbook(io.BytesIO(_form()))
    offered = {
        str(each.sqref): each.formula1 for each in book["取組"].data_validations.dataValidation
    }
    assert offered == {"B4:B2003": "='選択肢'!$A$1:$A$2", "C4:C2003": "='年度'!$A$2:$A$9"}
    (only,) = book["年度"].data_validations.dataValidation
    assert (str(only.sqref), only.formula1) == ("B2", "='選択肢'!$A$1:$A$2")
    assert [cell.value for cell in book["選択肢"]["A"]] == ["甲", "乙"]
    assert (book["取組"].freeze_panes, book["取組"].column_dimensions["A"].number_format) == (
        "A4",
        "@",
    )


def test_what_is_odd_about_a_cell_of_a_form_is_said() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["番号", "日", "数", "式", "割合"])
    sheet.append(["7-1", date(2026, 7, 1), "#REF!", "=1+1", 0.95])
    sheet["C2"].data_type = "e"
    sheet["E2"].number_format = "0%"
    book.create_sheet("隠した表").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    (read,) = read_sheets(out.getvalue())
    assert read.lines[1] == (2, ("7-1", "2026-07-01", "#REF!", "", "95%"))
    assert read.odd == {(2, 2): "date", (2, 3): "error", (2, 4): "uncounted"}


def test_a_cell_over_several_rows_counts_for_each_and_a_title_over_columns_once() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["題", "", ""], ["番号", "名前", "数"], ["1", "一", 1], ["", "", 2], ["", "二", 3]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A5")
    out = io.BytesIO()
    book.save(out)
    (read,) = read_sheets(out.getvalue())
    assert [cells[0] for _, cells in read.lines] == ["題", "番号", "1", "1", "1"]
    assert read.lines[0] == (1, ("題",))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\n", "Excelのファイルとして読み取れません"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "古いExcel形式"),
        (b"PK\x03\x04broken", "Excelのファイルとして読み取れません"),
        (b"PK\x03\x04" + b"\0" * 2000, "ファイルが大きすぎます"),
    ],
)
def test_what_is_no_form_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(TableRefused, match=words):
        read_sheets(data, largest=1500)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("read", [read_workbook, read_sheets])
def test_a_small_file_full_of_cells_is_refused_before_it_is_parsed(
    read: Callable[[bytes], object],
) -> None:
    parts = _parts(write_workbook(["a"], [["1"]], title="表"))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"<row/>" * 2_000_001 + b"</sheetData>")
    with pytest.raises(TableRefused, match="中身が大きすぎるファイルです"):
        read(_packed(parts))


@pytest.mark.parametrize("read", [read_workbook, read_sheets])
def test_a_part_that_lies_about_its_size_is_not_unpacked_whole(
    read: Callable[[bytes], object],
) -> None:
    parts = _parts(write_workbook(["a"], [["1"]], title="表"))
    parts["xl/media/image1.bin"] = b"\0" * (101 * 1024 * 1024)
    data = _packed(parts)
    size = (101 * 1024 * 1024).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(TableRefused):
        read(data.replace(size, (1).to_bytes(4, "little")))


@pytest.mark.parametrize("read", [read_workbook, read_sheets])
@pytest.mark.parametrize("put", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b"<!-- -->"])
def test_entities_and_comments_in_a_sheet_are_refused(
    read: Callable[[bytes], object], put: bytes
) -> None:
    parts = _parts(write_workbook(["a"], [["1"]], title="表"))
    parts[SHEET] = parts[SHEET].replace(b"<sheetData", put + b"<sheetData")
    with pytest.raises(TableRefused, match="Excelのファイルとして読み取れません"):
        read(_packed(parts))
