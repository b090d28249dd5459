"""The console's screens of the search: who may, what was sought, and a synonym that works at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.workbook import read_workbook
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.search import api
from tsunagari.kernel.search.declare import Entry
from tsunagari.kernel.search.models import Sought, Synonyms

pytestmark = pytest.mark.django_db

READ = ("search-words/", "search-synonyms/", "search-own-words/")
NEW = "/console/search-synonyms/new/"


@pytest.fixture
def editor(other_clerk_client: Client) -> Client:
    """A clerk of 秘書広報課, which runs the website."""
    return other_clerk_client


@pytest.fixture
def reader(clerk_client: Client) -> Client:
    """A clerk of 市民課."""
    return clerk_client


def add(*words: str) -> str:
    return api.add_synonyms(words=words, language="ja", actor="", division="")


def test_every_clerk_reads_and_the_websites_division_edits(
    editor: Client, reader: Client, resident_client: Client, outsider_client: Client
) -> None:
    known = add("ごみ", "廃棄物")
    for address in READ:
        assert reader.get(f"/console/{address}").status_code == 200, address
        assert outsider_client.get(f"/console/{address}").status_code == 302
        assert resident_client.get(f"/console/{address}").status_code in (302, 403, 404)
    for address in (NEW, f"/console/search-synonyms/{known}/"):
        assert editor.get(address).status_code == 200
        assert reader.get(address).status_code == 403
        assert reader.post(address, {"words": "い\nろ", "language": "ja"}).status_code == 403
    assert reader.post(f"/console/search-synonyms/{known}/remove/").status_code == 403
    assert "言い換えを加える" not in reader.get("/console/search-synonyms/").content.decode()
    assert Synonyms.objects.get().words == ["ごみ", "廃棄物"]


def test_a_synonym_works_at_once_and_the_ledger_keeps_who(editor: Client, other_clerk: Any) -> None:
    api.put([_entry("廃棄物の出し方")])
    assert not _found("ごみ")
    answer = editor.post(NEW, {"words": "ごみ\r\n廃棄物\r\n\r\n", "language": "ja"})
    assert answer.status_code == 302
    assert _found("ごみ") == ["廃棄物の出し方"]
    group = Synonyms.objects.get()
    assert (group.words, group.origin) == (["ごみ", "廃棄物"], "staff")
    editor.post(f"/console/search-synonyms/{group.public_id}/", {"words": "くず\n廃棄物"})
    assert not _found("ごみ")
    assert _found("くず") == ["廃棄物の出し方"]
    editor.post(f"/console/search-synonyms/{group.public_id}/remove/")
    assert not _found("くず")
    ledger.sequence()
    entries = ledger.between(0, 1000)
    told = [each for each in entries if each.name == "search.synonyms_changed"]
    assert [each.data["what"] for each in told] == ["added", "edited", "removed"]
    assert {each.actor for each in told} == {other_clerk.public_id}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("ごみ", "言葉を2つ以上"),
        ("\n".join(f"言葉{n}" for n in range(13)), "言葉は12まで"),
        ("ごみ\n" + "長" * 41, "40文字まで"),
    ],
)
def test_a_group_that_says_nothing_is_refused_at_its_field(
    editor: Client, words: str, sentence: str
) -> None:
    answer = editor.post(NEW, {"words": words, "language": "ja"})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert words[:2] in answer.content.decode(), "what was typed stays"
    assert not Synonyms.objects.exists()


def test_a_group_that_is_gone_is_said_to_be_gone(editor: Client) -> None:
    assert editor.get("/console/search-synonyms/nowhere/").status_code in (302, 404)
    answer = editor.post("/console/search-synonyms/nowhere/remove/", follow=True)
    assert "ほかの人がすでに消しています" in answer.content.decode()


def test_what_was_sought_in_vain_leads_to_a_synonym(editor: Client, reader: Client) -> None:
    for _ in range(3):
        api.note_sought("謄抄本", "ja", 0)
    api.note_sought("住民票", "ja", 5)
    page = editor.get("/console/search-words/").content.decode()
    assert "謄抄本" in page
    assert "住民票" not in page
    start = f"{NEW}?words=%E8%AC%84%E6%8A%84%E6%9C%AC&amp;language=ja"
    assert start in page
    assert start not in reader.get("/console/search-words/").content.decode()
    form = editor.get(start.replace("&amp;", "&")).content.decode()
    assert "謄抄本" in form
    most = editor.get("/console/search-words/?show=all").content.decode()
    assert "住民票" in most


def test_a_month_shows_its_own_days(editor: Client) -> None:
    today = japan_day(system_clock())
    before = today.replace(day=1) - timedelta(days=40)
    Sought.objects.create(day=before, language="ja", words="昔の言葉", number=4, vain=4)
    assert "昔の言葉" not in editor.get("/console/search-words/").content.decode()
    address = f"/console/search-words/?month={before:%Y-%m}"
    assert "昔の言葉" in editor.get(address).content.decode()
    table = read_workbook(editor.get(f"{address}&export=1").content)
    assert [(row.text("言葉"), row.text("見つからなかった回数")) for row in table.rows] == [
        ("昔の言葉", "4")
    ]
    for strange in ("month=2026-99", "month=x", "language=xx", "page=zz"):
        assert editor.get(f"/console/search-words/?{strange}").status_code == 200


def test_synonyms_are_searched_and_taken_out(editor: Client) -> None:
    add("ごみ", "廃棄物")
    add("引っ越し", "転居")
    page = editor.get("/console/search-synonyms/?q=転").content.decode()
    assert "引っ越し・転居" in page
    assert "廃棄物" not in page
    table = read_workbook(editor.get("/console/search-synonyms/?export=1").content)
    assert len(table.rows) == 2


def test_the_citys_own_words_are_shown_from_its_pack(reader: Client) -> None:
    page = reader.get("/console/search-own-words/").content.decode()
    assert "ニシトウキョウシ" in page


def _entry(title: str) -> Entry:
    return Entry(
        kind="content.page", public_id="p", language="ja", title=title, address="/p/", body=title
    )


def _found(words: str) -> list[str]:
    return [hit.title for hit in api.find(words, language="ja", at=system_clock()).hits]
