"""What is wrong in a plan's workbook is said with sheet, row and column, in words, and nothing is taken in."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override
from openpyxl import Workbook

from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.rules.pack import Problem
from tsunagari.engines.plan.rules.plan_book_faults import SAYINGS, BookRefused, said_of
from tsunagari.engines.plan.tests.conftest import CODE, THIRD
from tsunagari.engines.plan.tests.test_plan_book import (
    by_hand,
    cell,
    fill,
    opened,
    saved,
    taken_in,
    written,
)
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db
Change = Callable[[Any], None]


def said(data: bytes) -> list[str]:
    """What is said of a workbook; nothing of it may stand afterwards."""
    before = (Plan.objects.count(), Arrival.objects.count())
    with pytest.raises(BookRefused) as refused:
        taken_in(data)
    assert (Plan.objects.count(), Arrival.objects.count()) == before
    return [str(fault) for fault in refused.value.faults]


def put(sheet: str, header: str, *key: str, to: Any) -> Change:
    """Another text in one cell."""

    def change(book: Any) -> None:
        cell(book, sheet, header, *key).value = to

    return change


def add(sheet: str, cells: dict[str, Any]) -> Change:
    """One more row."""
    return lambda book: fill(book, sheet, cells)


def plan(item: str, to: Any) -> Change:
    """Another text for an item of the plan itself."""
    return put("計画", "内容", item, to=to)


def without(sheet: str, row: int) -> Change:
    """A row taken out."""
    return lambda book: book[sheet].delete_rows(row)


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        # cells
        (put("取組", "番号", "１", to=None), "「取組」シート 5行目 A列「番号」：", "番号を入力してください"),
        (put("取組", "番号", "2-1", to=date(2026, 2, 1)), "「取組」シート 6行目 A列「番号」：", "日付（2026-02-01）になっています"),
        (put("取組", "番号", "2-1", to="二の一"), "「取組」シート 6行目 A列", "半角の英数字とハイフン"),
        (put("取組", "取組の名前", "2-1", to="あ" * 201), "「取組」シート 6行目 B列", "200文字まで"),
        (put("取組", "取組の名前（英語）", "2-1", to="x" * 201), "「取組」シート 6行目 C列「取組の名前（英語）」：", "200文字まで"),
        (put("取組", "管理のしかた", "2-1", to="なんとなく"), "「取組」シート 6行目", "「なんとなく」は選べません。選べるのは 成果指標で管理、随時対応"),
        (put("取組", "分野・一覧", "2-1", to="ない分野"), "「取組」シート 6行目", "「ない分野」は選べません。選べるのは 窓口 です"),
        (put("取組", "課", "2-1", to="情報推進課、ない課"), "「取組」シート 6行目", "「ない課」は選べません"),
        (put("取組", "課", "2-1", to=None), "「取組」シート 6行目", "課を一つ以上選ぶか"),
        (put("取組", "ほかに「関係各課」がある", "2-1", to="たぶん"), "「取組」シート 6行目", "「たぶん」は読めません"),
        (put("取組", "視点", "１", to="ない視点"), "「取組」シート 5行目", "「ない視点」は選べません"),
        (put("指標", "単位", "1", to="#REF!"), "「指標」シート 5行目", "「#REF!」になっています"),
        (put("指標", "単位", "1", to=None), "「指標」シート 5行目", "単位を入力してください"),
        (put("指標", "小数点より下の桁数", "1", to=7), "「指標」シート 5行目", "4桁まで"),
        (put("指標", "割合に掛ける数", "1", to="2.5"), "「指標」シート 5行目", "0以上の整数"),
        (put("指標", "基準の数値", "1", to="約千人"), "「指標」シート 5行目", "「約千人」を数値として読めません"),
        (put("指標", "数値を受け取るところ", "1", to="ない計測"), "「指標」シート 5行目", "「ない計測」は選べません"),
        (put("目標値", "年度", "1", "1", to="去年"), "「目標値」シート 5行目 C列「年度」：", "「去年」を年度として読めません"),
        (put("目標値", "目標の数値", "1", "1", to="1.23456"), "「目標値」シート 5行目", "小数は4桁まで"),
        (put("目標値", "目標の数値", "1", "1", to="－"), "「目標値」シート 5行目", "目標の数値を入力してください"),
        (put("実績値", "状態", "1", "1", to="たしか"), "「実績値」シート 5行目", "「たしか」は選べません。選べるのは 確定、暫定、修正"),
        (plan("記号", "DX計画"), "「計画」シート 4行目 B列「記号」：", "半角の英小文字"),
        (plan("記号", "compare"), "「計画」シート 4行目 B列「記号」：", "半角の英小文字"),
        (plan("はじめの年度", "令和12年度"), "「計画」シート", "終わりの年度を、はじめの年度より前にはできません"),
        (plan("前の計画", "ない計画"), "「計画」シート", "「ない計画」は選べません"),
        (plan("引用の文字", "P"), "「計画」シート 5行目 B列「引用の文字」：", "「P」は、計画「西東京市地域情報化基本方針」の引用の文字です"),
        (plan("書き出した日時", "きのう"), "「計画」シート", "書き出した日時が読めません"),
        # between rows and sheets
        (add("取組", {"番号": "1", "取組の名前": "別", "分野・一覧": "窓口", "管理のしかた": "随時対応", "課": "市民課"}), "「取組」シート 7行目 A列「番号」：", "5行目と同じものです"),
        (add("目標値", {"取組の番号": "1", "指標の順": 1, "年度": "R9", "目標の数値": 5}), "「目標値」シート 7行目", "5行目と同じものです"),
        (add("目標値", {"取組の番号": "9", "指標の順": 1, "年度": "R9", "目標の数値": 5}), "「目標値」シート 7行目 A列「取組の番号」：", "番号 9 の取組がありません"),
        (add("目標値", {"取組の番号": "1", "指標の順": 2, "年度": "R9", "目標の数値": 5}), "「目標値」シート 7行目 B列「指標の順」：", "取組 1 の 2番目の指標がありません"),
        (put("指標", "指標の順", "1", to=2), "「目標値」シート 5行目", "取組 1 の 1番目の指標がありません"),
        # what the checks of a plan's file find
        (add("目標値", {"取組の番号": "1", "指標の順": 1, "年度": "R20", "目標の数値": 5}), "「目標値」シート 7行目 C列「年度」：", "2038年度は、計画の期間の外です"),
        (add("実績値", {"取組の番号": "1", "指標の順": 1, "年度": "R9", "実績の数値": 5}), "「実績値」シート 7行目", "まだ分かりません"),
        (add("実績値", {"取組の番号": "1", "指標の順": 1, "年度": "R6", "実績の数値": 5}), "「指標」シート 5行目", "基準の年度の数値が「実績値」のシートにもあります"),
        (put("実績値", "月", "1", "1", "令和8", to=13), "「実績値」シート 6行目", "13月はありません"),
        (put("目標値", "目標の数値", "1", "1", to="▲5"), "「目標値」シート 5行目 D列「目標の数値」：", "2027年度の -5 は、0より小さい数です"),
        (put("目標値", "目標の数値", "1", "1", to="5.5"), "「目標値」シート 5行目", "桁数か数値を直してください"),
        (put("目標値", "分子", "1", "1", to=3), "「目標値」シート 5行目", "分子か分母の片方だけ"),
        (put("目標値", "増減（％）", "1", "1", to=7), "「目標値」シート 5行目", "基準の 1000 を 7 ％増やした数ではありません"),
        (put("目標値", "増減（ポイント）", "1", "1", to=7), "「目標値」シート 5行目", "基準の 1000 に 7 ポイントを足した数ではありません"),
        (put("指標", "目標値は検討中", "1", to="はい"), "「指標」シート 5行目", "「目標値は検討中」なのに"),
        (put("指標", "基準の年度", "1", to="R9"), "「目標値」シート 5行目", "基準の年度（2027年度）より後ではありません"),
        (put("指標", "基準の年度", "1", to="R13"), "「指標」シート 5行目", "計画が終わった後です"),
        (put("指標", "基準の年度", "1", to=None), "「指標」シート 5行目", "年度が空です"),
        (put("指標", "基準の数値", "1", to=None), "「指標」シート 5行目", "数値が空です"),
        (put("指標", "系列の記号", "1", to="users"), "「指標」シート 5行目", "系列の名前も書いてください"),
        (put("指標", "系列の名前", "1", to="利用者"), "「指標」シート 5行目", "系列の記号も書いてください"),
        (put("分野", "説明（英語）", "windows", to="English only"), "「分野」シート 5行目", "英語だけがあります"),
        (put("取組", "管理のしかた", "2-1", to="成果指標で管理"), "「取組」シート 6行目", "この取組の指標がありません"),
        (put("取組", "管理のしかた", "１", to="段階で管理"), "「取組」シート 5行目", "この取組の段階がありません"),
        (put("取組", "管理のしかた", "１", to="随時対応"), "「取組」シート 5行目", "この取組には指標があります"),
        (put("段階", "はじめの年度", "2-1", to="R10"), "「段階」シート 5行目", "はじめの年度を、資料で言葉がある年度より後にはできません"),
        (put("段階", "資料で言葉がある年度", "2-1", to="R20"), "「段階」シート 5行目", "計画の期間（2027年度から2029年度）"),
        (put("年度の取組", "年度", "1", to="R10"), "「年度の取組」シート：", "「年度のアクションプラン」のシートにその年度がありません"),
        (put("もとになった取組", "もとの取組の番号", "1", CODE, to="99"), "「もとになった取組」シート 5行目", "もとの取組（計画 policy-2024-2028 の 99）がありません"),
        (plan("前の計画", THIRD), "", ""),
        (plan("評価の記号の種類", "市で決めた記号（「評価の記号」のシート）"), "「計画」シート", "「評価の記号」のシートに記号を書いてください"),
        (plan("「順調」の下限", "0.3"), "「計画」シート", "例：0.95 と 0.60"),
        (add("評価の記号", {"記号": "A", "記号の言葉": "よい"}), "「評価の記号」シート：", "記号があります"),
        (without("分野", 5), "「取組」シート 5行目", "「窓口」は選べません。選べるのは （まだ何もありません）"),
        # the form itself
        (lambda book: book.remove(book["実績値"]), "", "ファイルに、「実績値」のシートがありません。ファイルにあるのは、「はじめに」、「計画」"),
        (put("目標値", "年度", "1", "1", to="R9"), "", ""),
        (lambda book: book["目標値"].delete_cols(3), "「目標値」シート 4行目：", "「年度」 の列がありません"),
        (lambda book: book["計画"].delete_rows(5), "「計画」シート：", "「引用の文字」 の行がありません"),
        (lambda book: book["計画"].append(["記号", "x"]), "「計画」シート", "「記号」の行が2つあります"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_place(
    both_plans: None, change: Change, where: str, words: str
) -> None:
    data = by_hand(change)
    if not words:  # a correct change among the others: the form itself is not at fault
        assert taken_in(data).is_new
        return
    told = said(data)
    assert any(each.startswith(where) and words in each for each in told), told


def test_all_faults_of_all_sheets_are_said_at_once(both_plans: None) -> None:
    def change(book: Any) -> None:
        put("取組", "課", "2-1", to="ない課")(book)
        put("目標値", "年度", "1", "1", to="去年")(book)
        plan("終わりの年度", "いつか")(book)

    told = said(by_hand(change))
    assert [each.partition("：")[0] for each in told] == [
        "「計画」シート 14行目 B列「終わりの年度」",
        "「取組」シート 6行目 F列「課」",
        "「目標値」シート 5行目 C列「年度」",
    ]


def test_a_ratio_that_does_not_follow_is_said_beside_its_figure(both_plans: None) -> None:
    book = opened(written(THIRD))
    cell(book, "指標", "基準の分子", "S1").value = 4797
    (told,) = said(saved(book))
    assert told.startswith("「指標」シート")
    assert "2013年度の 26.6 は、分子 4797 ÷ 分母 17950 と合いません" in told


def test_a_published_measure_or_indicator_cannot_be_left_out(both_plans: None) -> None:
    book = opened(written(CODE))
    row = cell(book, "取組", "番号", "30").row
    book["取組"].delete_rows(row)
    book["段階"].delete_rows(cell(book, "段階", "取組の番号", "30").row)
    (told,) = said(saved(book))
    assert told.startswith("「取組」シート：")
    assert "取組 30 か、その指標の1つが、このファイルにありません" in told


def test_every_saying_has_its_english() -> None:
    for saying in SAYINGS:
        with override("en"):
            assert gettext(saying.says) != saying.says, saying.says


def test_what_nobody_put_into_words_yet_is_told_as_the_checks_say_it() -> None:
    problem = Problem(file="", line=1, wrong="something new", right="mend it")
    assert said_of(problem) == ("something new; mend it", {}, "")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "plan.csv",
            "番号,名前\r\n1,取組\r\n".encode("cp932"),
            "Excelのファイルとして読み取れません",
        ),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "古いExcel形式"),
        ("plan.xlsx", b"PK\x03\x04broken", "Excelのファイルとして読み取れません"),
        ("plan.xlsx", b"", "Excelのファイルとして読み取れません"),
        ("plan.xlsx", None, "のシートがありません"),
    ],
)
def test_a_file_that_is_no_such_workbook_is_refused_in_both_languages(
    db: None, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data if data is not None else _another_workbook())
    with pytest.raises(CommandError) as refused:
        call_command("plan", "import", str(file))
    assert words in str(refused.value)
    assert "Nothing was changed" in str(refused.value)


def test_a_missing_sheet_is_told_of_the_whole_file(db: None, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(_another_workbook())
    with pytest.raises(CommandError) as refused:
        call_command("plan", "import", str(file))
    told = str(refused.value)
    assert "✗ ファイルに、「計画」、「分野」" in told
    assert "ファイルにあるのは、「Sheet」です。" in told
    assert 'These sheets are missing: "Plan", ' in told
    assert "「Sheet」シート" not in told


def test_a_figure_that_would_come_where_there_is_none_is_told_without_english(db: None) -> None:
    problem = Problem(
        file="",
        line=1,
        wrong="2025 is closed and published; its result of measure 8, indicator 1, would be 4000 instead of nothing",
        right="",
    )
    with override("ja"):
        assert "（数値なし → 4000）" in said_of(problem)[0]
    with override("en"):
        assert "no figure" in said_of(problem)[0]


def _another_workbook() -> bytes:
    book = Workbook()
    assert book.active
    book.active.append(["番号", "名前"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_of_200_megabytes_is_refused_unread(db: None, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with file.open("wb") as out:
        out.write(b"PK\x03\x04")
        out.truncate(200 * 1024 * 1024)
    with pytest.raises(CommandError, match="10 MBまで"):
        call_command("plan", "import", str(file))
