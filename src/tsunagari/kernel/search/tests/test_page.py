"""The page of the search: without JavaScript it finds, says why, narrows, turns pages, and has ways onward."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tsunagari.kernel.search import api
from tsunagari.kernel.search.declare import Entry
from tsunagari.kernel.search.models import Sought, Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
QUERIES = 12
"""As every public page (tests/promises)."""
LONE = "x"
"""A language in which nothing else is written."""
HARD = 18
"""Words that few entries say together, or several that nobody knows: those that say most are asked for too."""


@pytest.fixture
def resident() -> Client:
    return Client(headers={"user-agent": BROWSER})


def read(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def seek(client: Client, words: str, **other: str) -> BeautifulSoup:
    answer = client.get("/search/", {"q": words, **other})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def said(soup: BeautifulSoup, selector: str) -> str:
    return " ".join(each.get_text(" ", strip=True) for each in soup.select(selector))


def links(soup: BeautifulSoup, selector: str) -> dict[str, str]:
    found: Iterator[Tag] = iter(soup.select(f"{selector} a"))
    return {each.get_text(" ", strip=True): str(each["href"]) for each in found}


def test_before_anything_is_asked_there_is_a_field_and_ways_in(resident: Client) -> None:
    page = read(resident, "/search/")
    field = page.select_one("main input[name=q]")
    assert field is not None
    assert page.select_one(f"label[for={field['id']}]")
    assert "/life/" in " ".join(links(page, ".search-ways").values())
    assert not Sought.objects.exists()


def test_a_word_is_marked_where_it_stands_and_counted_without_who(resident: Client) -> None:
    page = seek(resident, "住民票")
    assert page.select_one(".search-results__title mark") is not None
    assert said(page, ".search-count").split("件")[0].isdigit()
    row = Sought.objects.get()
    assert (row.words, row.number, row.vain) == ("住民票", 1, 0)
    assert not resident.cookies


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("じゅうみんひょう", "「じゅうみんひょう」と読む「住民票」で見つかりました"),
        ("住民表", "もしかして「 住民票 」ですか"),
    ],
)
def test_it_says_why_where_a_match_is_not_literal(
    resident: Client, words: str, sentence: str
) -> None:
    page = seek(resident, words)
    assert sentence in said(page, ".search-results__why, .search-told")


def test_it_says_which_other_words_it_took(resident: Client) -> None:
    api.add_synonyms(words=["謄抄本", "戸籍証明"], language="ja", actor="", division="")
    api.put([_entry("koseki-1", "戸籍証明の取り方")])
    page = seek(resident, "謄抄本")
    assert "「謄抄本」を、同じ意味の言葉でも探しました。「戸籍証明」" in said(page, ".search-told")
    assert "「謄抄本」と同じ意味の「戸籍証明」で見つかりました" in said(
        page, ".search-results__why"
    )


def test_a_correction_can_be_undone(resident: Client) -> None:
    page = seek(resident, "住民表")
    address = links(page, ".search-told")["「住民表」のまま探す"]
    assert "もしかして" not in said(read(resident, f"/search/{address}"), "main")


def test_results_are_narrowed_by_links_alone(resident: Client) -> None:
    api.put(
        [
            _entry("bird-1", "駅前駐輪場の定期利用", kind="content.question"),
            _entry("bird-2", "駅前駐輪場の案内", division="hisho-koho"),
            _entry("bird-3", "駅前駐輪場の工事", division="shimin"),
        ]
    )
    page = seek(resident, "駅前駐輪場")
    kinds = links(page, "nav[aria-label=種類でしぼる]")
    narrowed = read(resident, f"/search/{kinds['よくある質問 1']}")
    assert said(narrowed, ".search-results__title") == "駅前駐輪場 の定期利用"
    assert links(narrowed, "nav[aria-label=種類でしぼる]")["すべて"] == "?q=%E9%A7%85%E5%89%8D%E9%A7%90%E8%BC%AA%E5%A0%B4"  # fmt: skip
    by_division = read(resident, "/search/?q=駅前駐輪場&division=shimin")
    assert said(by_division, ".search-results__title") == "駅前駐輪場 の工事"
    assert Sought.objects.get().number == 1, "narrowing is no new question"


def test_a_filter_that_leaves_nothing_says_so_and_leads_back(resident: Client) -> None:
    page = seek(resident, "住民票", division="nobody")
    assert "しぼりこみを外す" in said(page, ".search-nothing")
    assert not Sought.objects.filter(vain__gt=0).exists()


def test_many_results_are_turned_page_by_page(resident: Client) -> None:
    api.put(_entry(f"many-{n}", f"試験水路の記録 {n}") for n in range(25))
    page = seek(resident, "試験水路")
    assert said(page, ".search-count") == "25件 1〜20件目"
    second = read(resident, f"/search/{links(page, '.ts-pagination')['次へ']}")
    assert said(second, ".search-count") == "25件 21〜25件目"
    assert Sought.objects.get(words="試験水路").number == 1
    far = resident.get("/search/?q=試験水路&page=9")
    assert far.status_code == 302


def test_what_was_sought_in_vain_has_ways_onward_and_is_told_to_staff(resident: Client) -> None:
    page = seek(resident, "じゅヴぉーぽるん")
    assert "見つかりませんでした" in said(page, "main")
    assert "だれが探したかは記録しません" in said(page, ".search-nothing")
    assert "/faq/ask/?q=" in " ".join(links(page, ".search-ways").values())
    assert Sought.objects.get().vain == 1


def test_in_vain_it_offers_words_that_begin_alike(resident: Client) -> None:
    api.put([_entry("near-1", "ハリネズミの飼い方")])
    page = seek(resident, "ハリポッタン")
    assert any(each.startswith("ハリ") for each in links(page, ".search-nothing__near"))


@pytest.mark.parametrize(
    "words", ["090-1234-5678", "hanako@example.jp", "山田花子", "1234 5678 9012"]
)
def test_what_looks_like_a_person_is_kept_nowhere(resident: Client, words: str) -> None:
    seek(resident, words)
    assert not Sought.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": BROWSER, "sec-purpose": "prefetch"},
        {"user-agent": ""},
    ],
)
def test_robots_and_pages_fetched_ahead_are_not_counted(headers: dict[str, str]) -> None:
    seek(Client(headers=headers), "住民票")
    assert not Sought.objects.exists()


def test_in_read_only_mode_it_finds_and_counts_nothing(resident: Client) -> None:
    answer = resident.get("/search/", {"q": "住民票"}, **{"tsunagari.read_only": True})  # type: ignore[arg-type]  # environ
    assert "住民票" in answer.content.decode()
    assert not Sought.objects.exists()


def test_result_pages_are_kept_by_nobody(resident: Client) -> None:
    answer = resident.get("/search/", {"q": "住民票"})
    assert "X-Tsunagari-Keep" not in answer.headers
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_what_is_sought_is_shown_as_text(resident: Client) -> None:
    api.put([_entry("script-1", "<script>alert(1)</script> 見出しxss")])
    page = seek(resident, '見出しxss"><script>alert(2)</script>')
    assert "alert" not in " ".join(each.get_text() for each in page.find_all("script"))
    strange = resident.get("/search/?q=%00%ff住民票&page=99999&kind=nothing&division=%27--")
    assert strange.status_code == 200


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("住民票", QUERIES),
        ("じゅうみんひょう", QUERIES),
        ("住民表", QUERIES),
        ("引越し 手続き", HARD),
        ("引越し 手続き 窓口 国民健康保険 申込", HARD),
        ("保育円 申込 xqz", HARD),
        ("住民表 保育円 児童手帳 国民健康保健 印艦登録 転入届け 戸籍党本 介護保健", HARD),
    ],
)
def test_it_asks_the_database_a_bounded_number_of_times(
    resident: Client, words: str, most: int
) -> None:
    seek(resident, words)
    with CaptureQueriesContext(connection) as asked:
        seek(resident, words)
    assert len(asked) <= most, [each["sql"] for each in asked]


def test_every_language_has_its_page(resident: Client) -> None:
    api.put([_entry("moving-en", "Moving to the city", language="en")])
    english = read(resident, "/en/search/?q=moving")
    assert "Moving to the city" in said(english, ".search-results")
    easy = read(resident, "/easy/search/?q=住民票")
    assert easy.select(".search-results li")
    languages = links(english, ".ts-languages")
    assert languages == {
        "日本語": "/search/?q=moving",
        "やさしい日本語": "/easy/search/?q=moving",
    }
    japanese = read(resident, "/search/?q=住民票")
    assert links(japanese, ".ts-languages")["English"] == "/en/search/"


def test_other_pages_have_the_field_in_their_header_and_the_home_its_own(resident: Client) -> None:
    other = read(resident, "/accessibility/")
    form = other.select_one("header form[role=search]")
    assert form is not None
    assert form["action"] == "/search/"
    assert not read(resident, "/search/").select("header form")


@pytest.mark.parametrize(
    ("word", "written", "offered"),
    [
        ("盗む", "盗ま", "盗む"),
        ("抜く", "抜い", "抜く"),
        ("取る", "取っ", "取る"),
        ("見守る", "見守り", "見守り"),
        ("祝う", "祝い", "祝い"),
        ("児童", "児童", "児童"),
    ],
)
def test_a_doing_is_offered_as_dictionaries_have_it(word: str, written: str, offered: str) -> None:
    Term.objects.create(
        language=LONE, word=word, reading="ん", writings=[written], number=1, told=True
    )
    assert [each.text for each in api.suggest(word[0], language=LONE, limit=4)] == [offered]


def test_suggestions_come_from_half_typed_words(resident: Client) -> None:
    offered = resident.get("/search/suggest/", {"q": "じゅうみ"}).json()
    assert {"text": "住民票", "address": ""} in offered
    assert resident.get("/search/suggest/", {"q": ""}).json() == []
    assert not Sought.objects.exists(), "what is half typed is no question"
    with CaptureQueriesContext(connection) as asked:
        resident.get("/search/suggest/", {"q": "住"})
    assert len(asked) <= 3


def _entry(
    public_id: str,
    title: str,
    *,
    kind: str = "content.page",
    division: str = "",
    language: str = "ja",
) -> Entry:
    return Entry(
        kind=kind,
        public_id=public_id,
        language=language,
        title=title,
        address=f"/{public_id}/",
        facets={"division": (division,)} if division else {},
    )
