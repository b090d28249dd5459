"""Every screen of those who look after pages opens for whom it is, and for nobody else."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import set_urlconf
from tests.cast import signed_in

from tsunagari.engines.content.actions.load_words import load_words
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.console.care_menu import care_menu
from tsunagari.engines.content.models import (
    ArticlePage,
    FormerAddress,
    LaterCheck,
    PlannedMend,
    ReplaceWord,
    Round,
    TopicPage,
)
from tsunagari.engines.content.tests.conftest import published, text, write
from tsunagari.engines.content.tests.stewards import checked_all, planned
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.workbook import read_workbook, write_workbook
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "page-check/",
    "page-check/pages/",
    "page-check/rules/",
    "page-links/",
    "page-reviews/",
    "page-words/",
    "page-later/",
)
OFFICE = (
    "page-words/new/",
    "page-words/load/",
    "page-former/",
    "page-former/load/",
    "page-succession/",
)
KANA = text("<p>ｺﾋﾟｰの料金は、10円です。</p>")


@pytest.fixture
def copy_page(topic: TopicPage) -> ArticlePage:
    """A published page with half-width kana."""
    page: ArticlePage = published(topic, title="コピー", slug="copy", body=KANA)
    checked_all()
    return page


def test_each_screen_opens_for_whom_it_is(
    copy_page: ArticlePage,
    clerk: Account,
    head: Account,
    other_clerk: Account,
    outsider_client: Client,
) -> None:
    for address in EVERYBODY:
        assert signed_in(clerk).get(f"/console/{address}").status_code == 200, address
        assert outsider_client.get(f"/console/{address}").status_code == 302
    for address in OFFICE:
        assert signed_in(other_clerk).get(f"/console/{address}").status_code == 200, address
        assert signed_in(clerk).get(f"/console/{address}").status_code in (302, 403), address
    assert signed_in(head).get("/console/page-deputies/").status_code == 200
    assert signed_in(clerk).get("/console/page-deputies/").status_code in (302, 403)


def test_every_entry_of_the_menu_opens_a_screen(site: Prepared, other_clerk: Account) -> None:
    client = signed_in(other_clerk)
    set_urlconf(settings.STAFF_URLCONF)
    entries = [str(item.url) for item in care_menu().menu.registered_menu_items]
    assert len(entries) == len(set(entries)) == 9
    for address in entries:
        assert client.get(address).status_code == 200, address


def test_a_clerk_sees_her_division_first_and_each_row_leads_to_the_fault(
    copy_page: ArticlePage, clerk_client: Client
) -> None:
    said = clerk_client.get("/console/page-check/").content.decode()
    assert "半角カナ" in said
    assert "市民課" in said
    pages = clerk_client.get("/console/page-check/pages/?rule=half_width_kana").content.decode()
    assert f"/console/pages/{copy_page.pk}/edit/#block-{KANA[0]['id']}-section" in pages
    assert "ｺﾋﾟｰ" in pages
    other = clerk_client.get(
        "/console/page-check/pages/?rule=half_width_kana&division=joho-suishin"
    )
    assert "見つかったページはありません" in other.content.decode()


def test_the_list_is_taken_out_as_a_workbook(copy_page: ArticlePage, clerk_client: Client) -> None:
    answer = clerk_client.get("/console/page-check/pages/?rule=half_width_kana&export=1")
    table = read_workbook(answer.content)
    assert [row.text("見つかった文字") for row in table.rows] == ["ｺﾋﾟｰ"]


def test_a_clerk_looks_at_a_plan_unticks_and_has_it_made(
    copy_page: ArticlePage, clerk: Account, other_clerk: Account, head: Account
) -> None:
    client = signed_in(clerk)
    answer = client.post("/console/page-check/mend/", {"rule": "half_width_kana"})
    assert answer.status_code == 302
    assert Round.objects.filter(kind="mend").count() == 1
    held = planned(clerk, "shimin", rule="half_width_kana")
    here = f"/console/page-check/mend/{held.public_id}/"
    said = client.get(here).content.decode()
    assert "<del>" in said
    assert "コピー" in said
    key = held.mends.get().pk
    client.post(here, {"shown": key, "p": "1"})
    assert not PlannedMend.objects.get(pk=key).chosen
    client.post(here, {"shown": key, "ticked": key, "verb": "draft"})
    held.refresh_from_db()
    assert (held.state, held.publishes) == ("asked", False)
    assert signed_in(head).get(here).status_code == 404
    assert signed_in(other_clerk).get(here).status_code == 200


def test_a_word_is_written_counted_and_taken_out(
    copy_page: ArticlePage, other_clerk_client: Client
) -> None:
    line = {"wrong": "ｺﾋﾟｰ", "right": "コピー", "reason": "", "language": "ja"}
    counted = other_clerk_client.post("/console/page-words/new/", {**line, "count": "1"})
    assert "1ページにあります" in counted.content.decode()
    other_clerk_client.post("/console/page-words/new/", line)
    again = other_clerk_client.post("/console/page-words/new/", line)
    assert "もう表にあります" in again.content.decode()
    checked_all()
    assert "<td" in other_clerk_client.get("/console/page-words/?q=ｺﾋﾟｰ").content.decode()
    row = ReplaceWord.objects.get()
    other_clerk_client.post(f"/console/page-words/{row.public_id}/remove/")
    assert not ReplaceWord.objects.exists()


def test_words_go_out_as_a_workbook_and_come_back(site: object, other_clerk_client: Client) -> None:
    load_words(settings.CITY_PACK)
    before = ReplaceWord.objects.count()
    assert before > 50
    data = other_clerk_client.get("/console/page-words/?export=1").content
    file = SimpleUploadedFile("words.xlsx", data)
    other_clerk_client.post("/console/page-words/load/", {"file": file})
    assert ReplaceWord.objects.count() == before
    bad = write_workbook(
        ["使わない言葉", "かわりに書く言葉"], [["子供", "子供"], ["新語", "言葉"]], title="x"
    )
    answer = other_clerk_client.post(
        "/console/page-words/load/", {"file": SimpleUploadedFile("b.xlsx", bad)}
    )
    assert "2行目" in answer.content.decode()
    assert not ReplaceWord.objects.filter(wrong="新語").exists()


def test_an_old_address_is_added_leads_on_and_is_removed(
    article: ArticlePage, other_clerk_client: Client, client: Client
) -> None:
    said = {
        "old": "https://www.city.example.jp/soshiki/12/345.html?x=1",
        "to": "/kurashi/juminhyo/",
    }
    assert other_clerk_client.post("/console/page-former/", said).status_code == 302
    answer = client.get("/soshiki/12/345.html")
    assert (answer.status_code, answer["Location"]) == (301, "/kurashi/juminhyo/")
    loop = {"old": "/kurashi/juminhyo/", "to": "/kurashi/juminhyo"}
    assert "同じです" in other_clerk_client.post("/console/page-former/", loop).content.decode()
    taken = {"old": "/kurashi/", "to": "/kurashi/juminhyo/"}
    assert (
        "いま公開しているページ"
        in other_clerk_client.post("/console/page-former/", taken).content.decode()
    )
    row = FormerAddress.objects.get()
    other_clerk_client.post(f"/console/page-former/{row.pk}/remove/")
    assert client.get("/soshiki/12/345.html").status_code == 404


def test_old_addresses_of_a_workbook_come_all_or_none(
    article: ArticlePage, other_clerk_client: Client
) -> None:
    headers = ["前のアドレス", "いまのページのアドレス"]
    rows = [["/old/1.html", "/kurashi/juminhyo/"], ["/old/2.html", "/nowhere/"]]
    file = SimpleUploadedFile("a.xlsx", write_workbook(headers, rows, title="x"))
    said = other_clerk_client.post("/console/page-former/load/", {"file": file}).content.decode()
    assert "3行目" in said
    assert not FormerAddress.objects.exists()
    file = SimpleUploadedFile("a.xlsx", write_workbook(headers, rows[:1], title="x"))
    other_clerk_client.post("/console/page-former/load/", {"file": file})
    assert FormerAddress.objects.get().path == "old/1.html"


def test_a_clerk_publishes_in_an_emergency_and_the_head_checks_it(
    topic: TopicPage, clerk: Account, head: Account, other_clerk: Account
) -> None:
    page = write(topic, title="断水のお知らせ", slug="dansui")
    address = f"/console/page-emergency/{page.pk}/"
    assert "理由を書いて" in signed_in(clerk).post(address, {"reason": " "}).content.decode()
    assert signed_in(clerk).post(address, {"reason": "断水を早く知らせるため"}).status_code == 302
    page.refresh_from_db()
    assert page.live
    duty = LaterCheck.objects.get()
    assert signed_in(clerk).get(f"/console/page-later/{duty.public_id}/").status_code == 404
    for who in (head, other_clerk):
        assert "断水のお知らせ" in signed_in(who).get("/console/").content.decode()
    client = signed_in(head)
    assert client.get(f"/console/page-later/{duty.public_id}/").status_code == 200
    wrong = client.post(f"/console/page-later/{duty.public_id}/", {"verdict": "mended"})
    assert "書いてください" in wrong.content.decode()
    client.post(f"/console/page-later/{duty.public_id}/", {"verdict": "right"})
    duty.refresh_from_db()
    assert (duty.verdict, duty.checked_by) == ("right", head.public_id)
    assert "断水のお知らせ" not in signed_in(head).get("/console/").content.decode()


def test_a_head_names_a_deputy_of_her_division(head: Account, clerk: Account, site: object) -> None:
    client = signed_in(head)
    day = {"begins_0": "", "begins_1": "2027", "begins_2": "4", "begins_3": "1"}
    day |= {"ends_0": "", "ends_1": "2027", "ends_2": "4", "ends_3": "30"}
    answer = client.post("/console/page-deputies/", {"account": clerk.public_id, **day})
    assert answer.status_code == 302
    said = client.get("/console/page-deputies/").content.decode()
    assert "田無 一郎" in said
    assert system_clock().year < 2027 or "代理を終える" in said
