"""Figures by a table: written with empty cells, read back with a preview, and nothing newer overwritten."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.tests.conftest import CODE
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.ledger.api import happened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
LIST = "/console/plan-figures/"
LOAD = f"{LIST}load/"
Lines = list[list[object]]


def written(client: Client, asked: str = "?year=2025") -> Lines:
    """The table as a workbook, by lines; the header first."""
    answer = client.get(f"{LIST}table.xlsx{asked}")
    book = load_workbook(io.BytesIO(answer.content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]


def line_of(lines: Lines, quoted: str, *, month: int | None = None) -> list[object]:
    """The line of a measure's first indicator."""
    return next(line for line in lines[1:] if line[0] == quoted and line[5] == month)


def put(lines: Lines, line: list[object], **cells: object) -> None:
    """Fill in empty cells by the words of their columns."""
    for name, cell in cells.items():
        line[lines[0].index(name)] = cell


def book(lines: Lines, *, sheet: str = "実績", first: str = "") -> bytes:
    """The lines as a workbook; with another sheet before them where one is named."""
    made = Workbook()
    active = made.active
    assert active is not None
    if first:
        active.title = first
        active.append(["メモ"])
        active = made.create_sheet(sheet)
    for line in lines:
        active.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def send(client: Client, data: bytes, name: str = "実績.xlsx") -> object:
    """Choose a file; the preview that follows."""
    return client.post(LOAD, {"file": SimpleUploadedFile(name, data)})


def confirm(client: Client, shown: object) -> str:
    """Confirm what was previewed."""
    sealed = shown.context["previewed"]  # type: ignore[attr-defined]  # the test client's
    return client.post(LOAD, {"previewed": sealed}, follow=True).content.decode()


def says(answer: object) -> str:
    """A page's text."""
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]  # the test client's


def stands(number: str, year: int = 2025, month: int | None = None) -> Value | None:
    """The figure that stands for a measure of the policy."""
    return Value.objects.filter(
        indicator__measure__plan__code=CODE,
        indicator__measure__number=number,
        fiscal_year=year,
        month=month,
        superseded_at=None,
    ).first()


def test_a_division_writes_its_own_figures_and_the_secretariat_all(
    clerk_client: Client, secretariat_client: Client
) -> None:
    assert {line[0] for line in written(clerk_client)[1:]} == {"P/1", "P/6", "P/7", "P/10"}
    assert len(written(secretariat_client)) == 18
    assert happened("plan.figures_written")[0].data["rows"] == 4
    csv = clerk_client.get(f"{LIST}table.csv?year=2025")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "おくやみ窓口" in csv.content.decode()


def test_nothing_is_written_before_the_preview_is_confirmed(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値="７１０件", 新しい出どころ="窓口の集計")
    shown = send(clerk_client, book(lines))
    assert "710件" in says(shown)
    assert "変わる数値 1件、変わらない行 3行" in says(shown)
    assert stands("6") is None
    assert "1件の数値を読み込みました" in confirm(clerk_client, shown)
    value = stands("6")
    assert value is not None
    assert (value.value, value.origin, value.status, value.source) == (
        Decimal(710),
        "loaded",
        "final",
        "窓口の集計",
    )
    assert happened("plan.figures_read_in")[0].data["changed"] == 1


def test_the_same_file_twice_changes_nothing(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい出どころ="窓口の集計")
    data = book(lines)
    confirm(clerk_client, send(clerk_client, data))
    again = send(clerk_client, data)
    assert "変わる数値 0件" in says(again)
    assert not again.context["previewed"]  # type: ignore[attr-defined]  # the test client's


def test_an_old_file_overwrites_nothing_newer(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい出どころ="窓口の集計")
    indicator = Indicator.objects.get(measure__plan__code=CODE, measure__number="6")
    clerk_client.post(
        f"{LIST}{indicator.public_id}/2025/",
        {"value": "690", "status": "final", "source": "画面から", "seen": ""},
    )
    shown = send(clerk_client, book(lines))
    assert "ほかの人が数値を替えました" in says(shown)
    assert not shown.context["previewed"]  # type: ignore[attr-defined]  # the test client's
    value = stands("6")
    assert value is not None
    assert value.value == 690


def test_a_figure_entered_after_the_preview_stops_the_whole_file(clerk_client: Client) -> None:
    lines = written(clerk_client)
    for quoted in ("P/6", "P/7"):
        put(lines, line_of(lines, quoted), 新しい数値=710, 新しい出どころ="窓口の集計")
    shown = send(clerk_client, book(lines))
    indicator = Indicator.objects.get(measure__plan__code=CODE, measure__number="6")
    clerk_client.post(
        f"{LIST}{indicator.public_id}/2025/",
        {"value": "690", "status": "final", "source": "画面から", "seen": ""},
    )
    assert "もう一度ファイルを選んで" in confirm(clerk_client, shown)
    assert stands("7") is None


def test_a_clerk_cannot_confirm_anothers_preview(clerk_client: Client, head_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい出どころ="窓口の集計")
    shown = send(clerk_client, book(lines))
    assert "時間がたちました" in confirm(head_client, shown)
    forged = clerk_client.post(LOAD, {"previewed": "forged"}, follow=True)
    assert "時間がたちました" in says(forged)
    assert stands("6") is None


def test_a_row_of_another_division_is_refused_in_its_line(
    clerk_client: Client, secretariat_client: Client
) -> None:
    lines = written(secretariat_client)
    put(lines, line_of(lines, "P/3"), 新しい数値=810, 新しい出どころ="x")
    shown = send(clerk_client, book(lines))
    assert "別の課が入力する" in says(shown)
    assert stands("3") is None


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"新しい数値": "多い"}, "読めません"),
        ({"新しい数値": "-5"}, "0より小さく"),
        ({"新しい数値": 7.5}, "整数で"),
        ({"新しい数値": "9" * 20}, "大きすぎます"),
        ({"新しい数値": 5, "新しい状態": "たぶん"}, "「暫定」か「確定」"),
        ({"新しい数値": 5, "年度": "ことし"}, "年度"),
        ({"新しい数値": 5, "年度": 2031}, "この計画にない年度"),
        ({"新しい数値": 5, "年度": "令和8年度", "月": 13}, "1から12まで"),
        ({"新しい数値": 5, "年度": "令和8年度", "月": "3月"}, "まだ来ていない月"),
        ({"新しい数値": 5, "照合番号": ""}, "書き出した表の行ではありません"),
        ({"新しい数値": 5, "照合番号": "a:b:c:d"}, "書き出した表の行ではありません"),
        ({"新しい数値": 5, "照合番号": "A" * 22 + ":2025:0:0"}, "今の計画にありません"),
        ({"新しい状態": "確定"}, "新しい数値を入力"),
        ({"新しい数値": 5, "新しい出どころ": "あ" * 301}, "300文字まで"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(
    clerk_client: Client, cells: dict[str, object], words: str
) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), **{"新しい出どころ": "x", **cells})
    shown = send(clerk_client, book(lines))
    at = 1 + next(place for place, line in enumerate(lines) if line[0] == "P/6")
    assert words in says(shown)
    assert f"{at}行目" in says(shown)
    assert not Value.objects.filter(origin="loaded", from_pack=False).exists()


def test_one_wrong_row_keeps_the_whole_file_out(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい出どころ="x")
    put(lines, line_of(lines, "P/7"), 新しい数値="?", 新しい出どころ="x")
    shown = send(clerk_client, book(lines))
    assert not shown.context["previewed"]  # type: ignore[attr-defined]  # the test client's
    assert stands("6") is None


def test_a_period_given_twice_is_refused(clerk_client: Client) -> None:
    lines = written(clerk_client)
    line = line_of(lines, "P/6")
    put(lines, line, 新しい数値=710, 新しい出どころ="x")
    lines.append([*line])
    assert "同じ期間が" in says(send(clerk_client, book(lines)))


def test_cp932_and_a_formulas_last_value_are_read(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値="710", 新しい出どころ="窓口①の集計")
    texts = [[("" if cell is None else str(cell)) for cell in line] for line in lines]
    csv = write_table(texts[0], texts[1:]).decode("utf-8-sig").encode("cp932")
    assert "710件" in says(send(clerk_client, csv, "実績.csv"))
    # A formula that no program has worked out yet holds no value: the row says nothing new.
    put(lines, line_of(lines, "P/6"), 新しい数値="=1+1", 新しい出どころ=None)
    assert "変わる数値 0件" in says(send(clerk_client, book(lines)))


def test_extra_columns_are_left_alone_and_a_wrong_sheet_is_named(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい出どころ="x")
    wider = [[*line, "メモ" if at == 0 else "自分用"] for at, line in enumerate(lines)]
    assert "710件" in says(send(clerk_client, book(wider)))
    assert "の列がありません" in says(send(clerk_client, book(lines, first="表紙")))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空です"),
        (b"a,b\n1,2\n", "の列がありません"),
        (b"PK\x03\x04broken", "読み取れません"),
        (b"\xd0\xcf\x11\xe0old", "古いExcel形式"),
    ],
)
def test_a_file_that_is_no_table_is_refused_beside_the_field(
    clerk_client: Client, data: bytes, words: str
) -> None:
    assert words in says(send(clerk_client, data))


def test_a_month_is_added_by_a_copied_line(clerk_client: Client) -> None:
    lines = written(clerk_client)
    line = [*line_of(lines, "P/6")]
    put(
        lines,
        line,
        年度="令和8年度",
        月="4月",
        新しい数値=60,
        新しい状態="確定",
        新しい出どころ="x",
    )
    lines.append(line)
    confirm(clerk_client, send(clerk_client, book(lines)))
    value = stands("6", 2026, 4)
    assert value is not None
    assert value.value == 60
    running = written(clerk_client, "?year=2026")
    assert line_of(running, "P/6", month=4)[6] == 60


def test_a_figure_is_made_final_without_typing_it_again(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=710, 新しい状態="暫定", 新しい出どころ="速報")
    confirm(clerk_client, send(clerk_client, book(lines)))
    later = written(clerk_client)
    assert line_of(later, "P/6")[9] == "暫定"
    put(later, line_of(later, "P/6"), 新しい状態="確定", 替える理由="決算で確定")
    confirm(clerk_client, send(clerk_client, book(later)))
    value = stands("6")
    assert value is not None
    assert (value.value, value.status, value.source) == (Decimal(710), "final", "速報")


def test_a_strange_figure_is_marked_in_the_preview(clerk_client: Client) -> None:
    lines = written(clerk_client)
    put(lines, line_of(lines, "P/6"), 新しい数値=71000, 新しい出どころ="x")
    assert "本当ですか" in says(send(clerk_client, book(lines)))
