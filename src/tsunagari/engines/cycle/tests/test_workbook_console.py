"""Clerks take their workbook home from the console and bring it back; nobody else gets one."""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tsunagari.engines.cycle.forms import workbook_files
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.tests.workbooks import Open
from tsunagari.engines.cycle.tests.years import PLAN, YEAR, opened, sheet_of, write
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.ledger.api import happened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
FILE = f"/console/year/{PLAN}/{YEAR}/workbook.xlsx"
LOAD = f"/console/year/{PLAN}/{YEAR}/load/"


@pytest.fixture
def cycle(city: None, db: None) -> Cycle:
    """The year in its check."""
    found = opened()
    Cycle.objects.filter(pk=found.pk).update(phase="checking")
    found.refresh_from_db()
    return found


def taken(client: Client, query: str = "") -> bytes:
    """The workbook as it is downloaded."""
    answer = client.get(FILE + query)
    assert answer.status_code == 200
    return bytes(answer.content)


def sent(client: Client, data: bytes, name: str = "調書.xlsx") -> str:
    """Choose a file; the page that follows."""
    answer = client.post(LOAD, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def sealed(page: str) -> str:
    """What the page asks consent to."""
    found = re.search(r'name="previewed" value="([^"]+)"', page)
    assert found, page[-1500:]
    return found[1]


def test_a_clerk_takes_her_file_home_and_brings_it_back(clerk_client: Client, cycle: Cycle) -> None:
    sheet = sheet_of(cycle, "6")
    data = Open.of(taken(clerk_client)).put(sheet, settled="１２０万", done="よくできた").saved()
    assert happened("cycle.workbook_written")[0].data["sheets"] == 4
    page = sent(clerk_client, data)
    assert "シート「P-6 " in page
    assert re.search(r'id="faults"', page)
    assert "autofocus" in page.split('id="faults"')[0].rpartition("<")[2]
    assert "千円や万円の額は、円に直して入力してください" in page
    assert 'name="previewed"' not in page
    data = Open.of(data).put(sheet, settled=1200000).saved()
    page = sent(clerk_client, data)
    assert "調書 4件、変わるところ 2か所" in page
    assert "1,200,000円" in page
    sheet.refresh_from_db()
    assert sheet.done == ""
    write(sheet, comment="あいだに画面で書いた")
    answer = clerk_client.post(LOAD, {"previewed": sealed(page)}, follow=True)
    assert "調書の2か所を読み込みました" in answer.content.decode()
    sheet.refresh_from_db()
    assert (sheet.settled, sheet.done, sheet.comment) == (
        1_200_000,
        "よくできた",
        "あいだに画面で書いた",
    )
    assert "変わるところはありません" in sent(clerk_client, data)
    stale = Open.of(data).put(sheet, comment="ファイルの理由").saved()
    page = sent(clerk_client, stale)
    assert "読み込まないところ" in page
    assert "ファイルを書き出したあとに画面で直された欄が1か所あります。" in page
    assert "ファイルの理由" in page
    assert 'name="previewed"' not in page


def test_a_preview_names_measures_and_indicators_in_the_readers_language(
    clerk_client: Client, cycle: Cycle
) -> None:
    sheet = sheet_of(cycle, "6")
    data = Open.of(taken(clerk_client)).put(sheet, done="した").saved()
    clerk_client.cookies["django_language"] = "en"
    head = next(e for e in plan_api.measure_heads(PLAN, "en") if e.number == "6")
    assert head.name.isascii()
    assert f"{head.quoted} {head.name}<br>" in sent(clerk_client, data)


def test_a_closed_year_takes_no_workbook(clerk_client: Client, cycle: Cycle) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(phase="frozen")
    page = clerk_client.get(LOAD).content.decode()
    assert "この年度は確定しているので、調書は読み込めません" in page
    assert "内容を確かめる" not in page
    year = clerk_client.get(f"/console/year/{PLAN}/{YEAR}/").content.decode()
    assert "Excelから読み込む" not in year
    assert "Excelに書き出す" in year


def test_consent_is_given_by_the_clerk_who_saw_it_and_once(
    clerk_client: Client, head_client: Client, cycle: Cycle
) -> None:
    sheet = sheet_of(cycle, "6")
    data = Open.of(taken(clerk_client)).put(sheet, done="した").saved()
    consent = sealed(sent(clerk_client, data))
    answer = head_client.post(LOAD, {"previewed": consent}, follow=True)
    assert "もう一度ファイルを選んでください" in answer.content.decode()
    write(sheet, done="ほかの人")
    answer = clerk_client.post(LOAD, {"previewed": consent}, follow=True)
    assert "もう一度ファイルを選んで" in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.done == "ほかの人"


def test_the_secretariat_takes_any_division_or_all_and_others_only_their_own(
    secretariat_client: Client, clerk_client: Client, cycle: Cycle
) -> None:
    own = load_workbook(io.BytesIO(taken(secretariat_client, "?division=shimin")))
    assert len(own.worksheets) == 4 + 2
    assert len(load_workbook(io.BytesIO(taken(secretariat_client))).worksheets) == 30 + 2
    assert clerk_client.get(f"{FILE}?division=hisho-koho").status_code == 404
    assert secretariat_client.get(f"{FILE}?division=nobody").status_code == 404


def test_who_writes_no_sheets_gets_no_workbook(
    committee_client: Client,
    administrator_client: Client,
    resident_client: Client,
    outsider_client: Client,
    cycle: Cycle,
) -> None:
    for address in (FILE, LOAD):
        assert committee_client.get(address).status_code == 403
        assert administrator_client.get(address).status_code == 403
        assert resident_client.get(address).status_code in (302, 404)
        assert outsider_client.get(address).status_code == 302
    assert not happened("cycle.workbook_written")


def test_a_year_that_nobody_opened_is_not_found(clerk_client: Client) -> None:
    assert clerk_client.get(FILE).status_code == 404
    assert clerk_client.get(LOAD).status_code == 404


def test_files_that_are_no_workbook_are_refused_beside_the_field(
    clerk_client: Client, cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "CSVなどの文字のファイルは" in sent(clerk_client, "取組,額".encode("cp932"), "a.csv")
    assert "ファイルが空です" in sent(clerk_client, b"")
    assert "Excelのファイルとして読み取れません" in sent(clerk_client, b"PK\x03\x04broken")
    monkeypatch.setattr(workbook_files, "LARGEST", 1000)
    assert "ファイルが大きすぎます" in sent(clerk_client, b"PK\x03\x04" + b"0" * 2000)


def test_a_workbook_costs_a_bounded_number_of_queries(
    secretariat_client: Client, cycle: Cycle, django_assert_max_num_queries: object
) -> None:
    taken(secretariat_client)
    with django_assert_max_num_queries(40):  # type: ignore[operator]  # pytest-django's
        taken(secretariat_client)
