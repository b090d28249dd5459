"""CSV files as offices have them."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.i18n.tabular import TableRefused, read_table, write_table

TEXT = '年月,交付枚数,備考\r\n令和8年4月,"１６３，０００枚",～窓口～\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_a_file_is_read_whatever_its_encoding_and_line_ends(encoding: str, newline: str) -> None:
    (row,) = read_table(TEXT.replace("\r\n", newline).encode(encoding)).rows
    assert row.line == 2
    assert row.month("年月") == date(2026, 4, 1)
    assert row.number("交付枚数") == Decimal(163000)
    assert row.text("備考") == "～窓口～"


def test_tabs_blank_lines_blank_columns_and_wide_headers_do_not_matter() -> None:
    table = read_table("\n年　月\t交付枚数（枚）\t\t\n\n2026-04\t5\t\t\n".encode())
    assert table.headers == ("年　月", "交付枚数（枚）")
    assert table.rows[0].line == 4
    assert table.rows[0].number("交付枚数(枚)") == 5


def test_a_wrong_cell_is_named_by_line_and_column() -> None:
    rows = read_table("年月,件数\n2026-04,5\n2026-05,たくさん\n2026-13,5\n".encode()).rows
    with pytest.raises(TableRefused, match="3行目「件数」：「たくさん」を数値として読めません"):
        rows[1].number("件数")
    with pytest.raises(TableRefused, match="4行目「年月」：「2026-13」という日付はありません"):
        rows[2].month("年月")
    with pytest.raises(TableRefused, match="「枚数」という列がありません"):
        rows[0].number("枚数")


def test_a_missing_column_is_named_together_with_those_that_are_there() -> None:
    with pytest.raises(
        TableRefused, match="「枚数」の列がありません。このファイルの見出しは 年月、件数 です"
    ):
        read_table("年月,件数\n".encode()).require("年月", "枚数")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "ファイルが空です"),
        (b"\r\n\r\n", "ファイルが空です"),
        (b"PK\x03\x04abc", "Excel形式"),
        (b"a,b\n1,\x00\n", "文字を読み取れない"),
        (b"\x81\xff\xfe,\n", "文字を読み取れない"),
        (b"\xff\xfea", "文字を読み取れない"),
        ('年月,件数\n2026-04,"5\n'.encode(), "2行目の引用符"),
        ("年月,件数\n2026-04,5,6\n".encode(), "2行目は 3列目に値がありますが、見出しは 2列です"),
        ("年月,,件数\n".encode(), "2列目の見出しが空"),
        ("件数,件 数\n".encode(), "見出し「件 数」が2つあります"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(TableRefused, match=sentence):
        read_table(data)


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(TableRefused, match="1 MBまで"):
        read_table(b"a" * (1024 * 1024 + 1), largest=1024 * 1024)


def test_a_formula_is_made_harmless_and_figures_stay_figures() -> None:
    written = write_table(["名", "数"], [["=cmd|'/c calc'!A1", Decimal("-5.0")], ["-", None]])
    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")))) == [
        ["名", "数"],
        ["'=cmd|'/c calc'!A1", "-5.0"],
        ["-", ""],
    ]
    assert read_table(written).rows[0].text("名") == "=cmd|'/c calc'!A1"


CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_every_table_written_reads_back(rows: list[tuple[str, str]]) -> None:
    read = read_table(write_table(["甲", "乙"], rows))
    assert [(row.text("甲"), row.text("乙")) for row in read.rows] == [
        row for row in rows if any(row)
    ]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    refusal = ""
    try:
        read_table(data)
    except TableRefused as error:
        refusal = str(error)
    assert refusal == "" or refusal.endswith("。")
