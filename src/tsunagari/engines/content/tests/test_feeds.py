"""Feeds and calendars: what is new comes to whoever follows the city, whole and well formed."""

from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import ArticlePage, EventPage, NewsPage
from tsunagari.engines.content.rules.kept_names import changed_name, division_name, list_name
from tsunagari.engines.content.tests.conftest import published, the_list
from tsunagari.kernel.edge.declare import Keep

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def write_news(site: Prepared, title: str, **said: Any) -> Any:
    slug = f"news-{NewsPage.objects.count()}"
    said = {"day": date(2026, 11, 20), **said}
    return published(the_list(site, "news"), NewsPage, title=title, slug=slug, **said)


def atom(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(feed: ElementTree.Element) -> list[str | None]:
    return [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]


def test_atom_has_what_rfc_4287_asks_for(client: Client, site: Prepared) -> None:
    page = write_news(site, "市民税の納期 <第3期> & 督促", category="税")
    feed = atom(client, "/feeds/news.atom")
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/feeds/news.atom"
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "市民税の納期 <第3期> & 督促"
    assert entry.findtext(f"{ATOM}id") == f"tag:testserver,2026:{page.public_id}"
    assert entry.findtext(f"{ATOM}published") == "2026-11-19T15:00:00+00:00"
    assert str(entry.find(f"{ATOM}link").get("href")).endswith("/news/news-0/")  # type: ignore[union-attr]


def test_rss_has_what_its_readers_ask_for(client: Client, site: Prepared) -> None:
    write_news(site, "図書館の休館日")
    channel = ElementTree.fromstring(client.get("/feeds/news.rss").content).find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description", "lastBuildDate"))
    (item,) = channel.findall("item")
    assert item.findtext("title") == "図書館の休館日"
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"


def test_news_are_followed_by_category_and_by_division(client: Client, site: Prepared) -> None:
    write_news(site, "税の知らせ", category="税")
    write_news(site, "祭りの知らせ", category="催し", division="hisho-koho")
    assert titles(atom(client, "/feeds/news.atom?category=税")) == ["税の知らせ"]
    assert titles(atom(client, "/feeds/news.atom?division=hisho-koho")) == ["祭りの知らせ"]
    assert client.get("/feeds/news.atom?division=nowhere").status_code == 404
    assert client.get("/divisions/nowhere/").status_code == 404
    assert titles(atom(client, "/feeds/news.atom?category=nothing")) == []


def test_a_title_with_signs_that_no_xml_may_hold_breaks_no_feed(
    client: Client, site: Prepared
) -> None:
    write_news(site, "工事\x0bのお知らせ\x1f")
    assert titles(atom(client, "/feeds/news.atom")) == ["工事のお知らせ"]


def test_the_edge_hears_of_what_a_feed_was_made(client: Client, site: Prepared) -> None:
    answer = client.get("/feeds/news.atom?division=shimin")
    said = Keep.read(answer.headers["X-Tsunagari-Keep"])
    assert said is not None
    assert {
        list_name("news", "ja"),
        changed_name("ja"),
        division_name("shimin", "ja"),
    } <= said.names
    assert said.query == {"category", "division"}


def test_changes_of_every_kind_are_followed_in_the_readers_language(
    client: Client, article: ArticlePage, site: Prepared
) -> None:
    write_news(site, "新しい知らせ")
    assert set(titles(atom(client, "/feeds/changes.atom"))) == {"住民票の写し", "新しい知らせ"}
    assert titles(atom(client, "/en/feeds/changes.atom")) == []


def test_lists_name_their_feeds(client: Client, site: Prepared) -> None:
    page = client.get("/news/").content.decode()
    assert 'type="application/atom+xml"' in page
    assert 'href="/feeds/news.rss"' in page
    assert 'href="/events/calendar.ics"' in client.get("/events/").content.decode()


def test_events_to_come_are_one_calendar(client: Client, site: Prepared) -> None:
    place = the_list(site, "event")
    for slug, year in (("past", 2020), ("next", 2040)):
        begins = datetime(year, 12, 5, 1, 0, tzinfo=UTC)
        published(place, EventPage, title=f"催し {year}", slug=slug, begins=begins, place="市民会館", category="催し")  # fmt: skip
    text = client.get("/events/calendar.ics").content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:催し 2040" in text
    assert "BEGIN:VEVENT" not in client.get("/events/calendar.ics?category=税").content.decode()
