"""An emergency is said by every page, in its language, until it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tsunagari.engines.content.actions.begin_emergency import begin_emergency
from tsunagari.engines.content.actions.end_emergency import end_emergency
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.actions.reword_emergency import reword_emergency
from tsunagari.engines.content.models import ArticlePage, Emergency
from tsunagari.engines.content.rules.announcing import AlreadyAnnounced, AnnouncementRefused
from tsunagari.engines.content.tests.conftest import published
from tsunagari.engines.content.tests.emergencies import NOBODY, TEXTS, announcement
from tsunagari.kernel.design import banner
from tsunagari.kernel.edge.declare import EVERYTHING
from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.ledger.models import Arrival

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_told_before() -> Iterator[None]:
    banner._LAST.clear()
    yield
    banner._LAST.clear()


def night() -> datetime:
    """03:10 in Japan on 22 November 2026."""
    return datetime(2026, 11, 21, 18, 10, tzinfo=UTC)


def begin(**said: Any) -> str:
    return begin_emergency(announcement(**said), by=NOBODY, clock=night)


def banner_on(client: Client, address: str) -> Any:
    page = client.get(address)
    return BeautifulSoup(page.content.decode(), "html.parser").select_one(
        "body > aside.ts-emergency"
    )


@pytest.mark.parametrize(
    "address",
    ["/design/", "/account/login/", "/plan/", "/meters/", "/divisions/", "/no/such/page/"],
)
def test_every_page_says_it(client: Client, divisions: None, address: str) -> None:
    assert banner_on(client, address) is None
    begin()
    said = banner_on(client, address)
    assert TEXTS["ja"]["title"] in said.text
    assert TEXTS["ja"]["todo"] in said.text
    assert said.find("time")["datetime"].startswith("2026-11-22T03:10")
    assert "訓練" not in said.text


def test_a_page_of_the_tree_says_it_and_says_so_to_the_edge(
    client: Client, article: ArticlePage
) -> None:
    begin()
    answer = client.get("/kurashi/juminhyo/")
    assert TEXTS["ja"]["title"] in answer.content.decode()
    assert "content.emergency" in answer.headers["X-Tsunagari-Keep"]


def test_an_english_page_says_it_in_english_and_leads_to_the_other_languages(
    client: Client,
) -> None:
    begin()
    said = banner_on(client, "/en/design/")
    assert said.find("h2").find("span", lang="en").text == TEXTS["en"]["title"]
    others = {link["href"]: link["lang"] for link in said.select(".ts-emergency__others a")}
    assert others == {"/emergency/": "ja", "/easy/emergency/": "ja"}


def test_what_is_written_in_japanese_only_is_marked_as_japanese_on_an_english_page(
    client: Client,
) -> None:
    begin(texts={"ja": TEXTS["ja"]})
    said = banner_on(client, "/en/design/")
    assert said.find("h2").find("span", lang="ja").text == TEXTS["ja"]["title"]
    assert said.select_one(".ts-emergency__text")["lang"] == "ja"


@pytest.mark.parametrize(("prefix", "word"), [("", "訓練"), ("/en", "DRILL"), ("/easy", "訓練")])
def test_a_drill_cannot_be_mistaken_in_any_language(
    client: Client, site: Prepared, prefix: str, word: str
) -> None:
    begin(drill=True)
    whole = BeautifulSoup(client.get(f"{prefix}/emergency/").content.decode(), "html.parser")
    assert word in str(whole.main)
    home = banner_on(client, f"{prefix}/divisions/")
    assert word in home.find("h2").text
    assert home.has_attr("data-drill")


def test_a_page_that_breaks_says_it_too(client: Client) -> None:
    begin()
    answer = server_error(RequestFactory().get("/"))
    assert TEXTS["ja"]["title"] in answer.content.decode()


def test_a_page_still_comes_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin()
    assert banner_on(client, "/design/") is not None

    def away(_language: str) -> Any:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(banner, "_SOURCES", [away])
    said = banner_on(client, "/design/")
    assert TEXTS["ja"]["title"] in said.text  # what was heard last is said on
    banner._LAST.clear()
    assert client.get("/design/").status_code == 200
    assert banner_on(client, "/design/") is None


def test_a_page_asks_for_it_once(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/design/")
    with django_assert_num_queries(1):
        client.get("/design/")
    begin(light=True)
    with django_assert_num_queries(1):
        client.get("/")


def test_everything_kept_is_dropped_when_it_begins_changes_and_ends(client: Client) -> None:
    before = set(Purge.objects.values_list("pk", flat=True))
    first = begin()
    second = reword_emergency(first, announcement(light=True), by=NOBODY, clock=night)
    end_emergency(second, by=NOBODY, clock=night)
    said = Purge.objects.exclude(pk__in=before).values_list("name", flat=True)
    assert list(said) == [EVERYTHING] * 3
    names = list(
        Arrival.objects.filter(name__startswith="content.emergency")
        .order_by("pk")
        .values_list("name", flat=True)
    )
    assert names == [
        "content.emergency_begun",
        "content.emergency_reworded",
        "content.emergency_ended",
    ]
    assert banner_on(client, "/design/") is None


def test_a_new_wording_supersedes_and_overwrites_nothing() -> None:
    first = begin()
    new = {"ja": {**TEXTS["ja"], "title": "避難指示を広げました"}}
    second = reword_emergency(first, announcement(texts=new), by=NOBODY, clock=system_clock)
    rows = {each.public_id: each for each in Emergency.objects.all()}
    assert rows[first].texts["ja"]["title"] == TEXTS["ja"]["title"]
    assert rows[first].ended_at is not None
    assert rows[second].supersedes == first
    with pytest.raises(AlreadyAnnounced):
        reword_emergency(first, announcement(), by=NOBODY, clock=night)
    with pytest.raises(AlreadyAnnounced):
        end_emergency(first, by=NOBODY, clock=night)


def test_an_emergency_ends_the_drill_and_a_drill_never_disturbs_an_emergency(
    client: Client,
) -> None:
    begin(drill=True)
    begin()
    assert "訓練" not in banner_on(client, "/design/").text
    with pytest.raises(AlreadyAnnounced):
        begin(drill=True)
    with pytest.raises(AlreadyAnnounced):
        begin()
    assert Emergency.objects.filter(ended_at__isnull=True).count() == 1


def test_a_drill_that_is_reworded_stays_a_drill() -> None:
    first = begin(drill=True)
    reword_emergency(first, announcement(drill=False), by=NOBODY, clock=night)
    assert Emergency.objects.get(ended_at__isnull=True).drill


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"texts": {}}, "日本語"),
        ({"texts": {"en": TEXTS["en"]}}, "日本語"),
        ({"texts": {"ja": {"title": "避難", "text": " "}}}, "日本語"),
        ({"texts": {**TEXTS, "en": {"text": "flood"}}}, "題名のない"),
        ({"texts": {"ja": {"title": "避" * 61, "text": "雨"}}}, "60字"),
        ({"address": "javascript:alert(1)"}, "アドレス"),
        ({"address": "//evil.example/"}, "アドレス"),
        ({"address": "/\\evil.example"}, "アドレス"),
        ({"address": "/bosai /"}, "アドレス"),
    ],
)
def test_it_refuses_what_could_not_be_read_or_followed(said: dict[str, Any], why: str) -> None:
    with pytest.raises(AnnouncementRefused, match=why):
        begin(**said)
    assert not Emergency.objects.exists()


def test_the_page_to_read_on_is_in_the_readers_language_where_it_exists(
    client: Client, article: ArticlePage, site: Prepared
) -> None:
    same = {"translation_key": article.translation_key}
    published(site.homes["en"], title="Resident record", slug="resident-record", **same)
    begin(address="/kurashi/juminhyo/")
    assert banner_on(client, "/design/").select_one("a.ts-button")["href"] == "/kurashi/juminhyo/"
    link = banner_on(client, "/en/design/").select_one("a.ts-button")["href"]
    assert link == "/en/resident-record/"


def test_a_text_with_signs_of_html_is_shown_as_it_was_typed(client: Client) -> None:
    begin(texts={"ja": {"title": "</h2><script>alert(1)</script>", "text": "1 < 2 & 3"}})
    page = client.get("/design/").content.decode()
    assert "<script>alert(1)" not in page
    assert "1 &lt; 2 &amp; 3" in page


def test_the_page_of_the_announcement_says_on_any_day_where_help_is(client: Client) -> None:
    page = client.get("/emergency/").content.decode()
    assert "いま、緊急のお知らせはありません。" in page
    assert 'href="tel:119"' in page
