"""The texts of a plan leave as a workbook and come back: every change is shown first, and nothing old wins."""

import html
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tsunagari.engines.plan.models import Edit, Measure
from tsunagari.engines.plan.tests.conftest import CODE

FILE = f"/console/plan/{CODE}/texts.xlsx"
LOAD = f"/console/plan/{CODE}/texts/"
pytestmark = pytest.mark.django_db


def book_of(client: Client, query: str = "") -> Any:
    answer = client.get(FILE + query)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def cell(book: Any, number: str, header: str) -> Any:
    sheet = book.active
    column = next(each.column for each in sheet[1] if each.value == header)
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == number)
    return sheet.cell(row=row, column=column)


def sent(client: Client, book: Any, **more: str) -> str:
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("取組.xlsx", out.getvalue())
    return client.post(LOAD, {"file": upload, **more}).content.decode()


def previewed(page: str) -> str:
    found = re.search(r'name="previewed" value="([^"]+)"', page)
    assert found, page[-2000:]
    return html.unescape(found[1])


def second() -> Measure:
    return Measure.objects.get(plan__code=CODE, number="2")


def test_a_file_that_nobody_touched_changes_nothing(
    secretariat_client: Client, both_plans: None
) -> None:
    page = sent(secretariat_client, book_of(secretariat_client))
    assert "変わるところ 0か所、変わらない取組 30件" in page
    assert 'name="previewed"' not in page


def test_what_was_typed_is_shown_before_it_is_taken_in_and_stands_in_the_history(
    secretariat_client: Client, both_plans: None
) -> None:
    book = book_of(secretariat_client)
    cell(book, "2", "取組の名前").value = "Excelで直した名前"
    cell(book, "2", "課").value = "秘書広報課、市民課、関係各課"
    cell(book, "2", "視点").value = "技術動向"
    page = sent(secretariat_client, book, reason="年度の見直し")
    assert "Excelで直した名前" in page
    assert "変わるところ 3か所" in page
    assert second().name != "Excelで直した名前"
    secretariat_client.post(LOAD, {"previewed": previewed(page)})
    done = second()
    assert done.name == "Excelで直した名前"
    assert (done.divisions, done.and_others) == (["hisho-koho", "shimin"], True)
    assert done.viewpoints == ["technology"]
    assert set(Edit.objects.values_list("reason", flat=True)) == {"年度の見直し"}


def test_an_older_file_never_overwrites_what_is_newer(
    secretariat_client: Client, both_plans: None
) -> None:
    old = book_of(secretariat_client)
    typed = book_of(secretariat_client)
    cell(typed, "2", "備考").value = "画面のあとの備考"
    secretariat_client.post(LOAD, {"previewed": previewed(sent(secretariat_client, typed))})
    kept = sent(secretariat_client, old)
    assert "画面の新しい内容を残します" in kept
    cell(old, "2", "取組の名前").value = "古いファイルの名前"
    page = sent(secretariat_client, old)
    assert "ファイルを書き出したあとに画面で直されています" in page
    assert 'name="previewed"' not in page
    assert second().note == "画面のあとの備考"


def test_a_preview_that_was_overtaken_takes_nothing_in(
    secretariat_client: Client, both_plans: None
) -> None:
    book = book_of(secretariat_client)
    cell(book, "2", "備考").value = "一つ目"
    first = previewed(sent(secretariat_client, book))
    cell(book, "2", "備考").value = "二つ目"
    second_one = previewed(sent(secretariat_client, book))
    secretariat_client.post(LOAD, {"previewed": second_one})
    answer = secretariat_client.post(LOAD, {"previewed": first}, follow=True)
    assert "もう一度ファイルを選んで" in answer.content.decode()
    assert second().note == "二つ目"


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("取組の名前", None, "取組の名前を入力してください"),
        ("取組の名前", "あ" * 201, "200文字まで"),
        ("課", "ない課", "「ない課」という課はありません"),
        ("視点", "ない視点", "「ない視点」という視点は"),
        ("番号", "77", "この番号は市の計画の資料に結びついている"),
        ("照合番号", None, "照合番号が空です"),
        ("照合番号", "other:1", "この照合番号の取組は"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_its_row_and_nothing_is_taken_in(
    secretariat_client: Client, both_plans: None, header: str, value: str | None, said: str
) -> None:
    book = book_of(secretariat_client)
    cell(book, "2", header).value = value
    page = sent(secretariat_client, book, reason="試し")
    assert said in page
    assert 'name="previewed"' not in page
    assert not Edit.objects.exists()


def test_a_file_that_is_none_is_refused_in_words(
    secretariat_client: Client, both_plans: None
) -> None:
    for data in (b"PK\x03\x04broken", b"a,b\n1,2\n", b"\x00\x01\x02"):
        upload = SimpleUploadedFile("x.xlsx", data)
        answer = secretariat_client.post(LOAD, {"file": upload})
        assert answer.status_code == 200
        assert "ts-error-summary" in answer.content.decode()
    forged = secretariat_client.post(LOAD, {"previewed": "forged"}, follow=True)
    assert "もう一度ファイルを選んで" in forged.content.decode()


def test_the_file_holds_what_the_list_shows(clerk_client: Client, both_plans: None) -> None:
    book = book_of(clerk_client, "?q=ホームページ")
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["2"]
    assert book.active["A1"].value == "番号"
