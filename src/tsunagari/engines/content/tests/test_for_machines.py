"""What machines ask for: sitemap, robots.txt, security.txt; and what a page tells them of itself."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import (
    ArticlePage,
    EventPage,
    NewsPage,
    QuestionPage,
    TopicPage,
)
from tsunagari.engines.content.queries import security, whole_site
from tsunagari.engines.content.tests.conftest import published, text, the_list
from tsunagari.kernel.design.structured import json_ld

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"

NEEDED = {
    "BreadcrumbList": {"itemListElement"},
    "GovernmentService": {"name", "url", "provider", "areaServed"},
    "Event": {"name", "startDate", "location", "url"},
    "FAQPage": {"mainEntity"},
    "NewsArticle": {"headline", "datePublished", "dateModified", "author"},
    "GovernmentOrganization": {"name", "url", "telephone"},
}
"""What search engines want at least of each type."""


def things(client: Client, address: str) -> dict[str, Any]:
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    told = [
        json.loads(each.string or "") for each in page.select('script[type="application/ld+json"]')
    ]
    for each in told:
        assert each["@context"] == "https://schema.org"
        assert NEEDED.get(each["@type"], set()) <= each.keys()
    return {each["@type"]: each for each in told}


def test_the_sitemap_leads_to_every_page_with_its_other_languages(
    client: Client, article: ArticlePage, site: Prepared
) -> None:
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [each.text or "" for each in index.iter(f"{MAP}loc")]
    assert len(parts) == 1
    whole = ElementTree.fromstring(client.get(parts[0].removeprefix("http://testserver")).content)
    pages = {each.findtext(f"{MAP}loc"): each for each in whole.iter(f"{MAP}url")}
    assert "http://testserver/kurashi/juminhyo/" in pages
    home = pages["http://testserver/"]
    alternates = {each.get("hreflang"): each.get("href") for each in home.iter(f"{XHTML}link")}
    assert alternates == {"ja": "http://testserver/", "en": "http://testserver/en/"}
    assert home.findtext(f"{MAP}lastmod")


def test_a_large_site_is_parted(
    client: Client, site: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_site, "PART", 5)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [
        str(each.text).removeprefix("http://testserver") for each in index.iter(f"{MAP}loc")
    ]
    assert len(addresses) > 1
    found = [
        each.text
        for address in addresses
        for each in ElementTree.fromstring(client.get(address).content).iter(f"{MAP}loc")
    ]
    assert len(found) == len(set(found)) == 12  # three homes with three lists each
    assert client.get("/sitemap-9999.xml").status_code == 404


def test_a_part_asks_the_database_twice(
    client: Client, site: Prepared, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        client.get("/sitemap-1.xml")


def test_robots_are_told_what_to_leave_alone_and_where_the_sitemap_is(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /console/", "Disallow: /en/account/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_there_is_one_of_each_for_the_whole_site(client: Client) -> None:
    for address in ("/en/robots.txt", "/easy/sitemap.xml", "/en/.well-known/security.txt"):
        assert client.get(address, follow=True).status_code in (200, 404)
    assert client.get("/en/robots.txt").status_code == 404


def test_security_txt_holds_what_rfc_9116_asks_for(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"].startswith(("http://testserver/divisions/", "https://", "mailto:"))
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "ja, en"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=100) < expires - datetime.now(UTC) < timedelta(days=365)


def test_the_pack_names_whom_to_tell_and_nothing_else_slips_in(
    tmp_path: Any, settings: Any
) -> None:
    (tmp_path / "site").mkdir()
    said = 'security: ["mailto:csirt@city.example.jp", "javascript:alert(1)", "https://a.example/\\nX: y"]'
    (tmp_path / "site/site.yaml").write_text(said, encoding="utf-8")
    settings.CITY_PACK = tmp_path
    assert security.contacts() == ("mailto:csirt@city.example.jp",)


def test_a_procedure_is_a_service_of_the_government(client: Client, topic: TopicPage) -> None:
    step = {"type": "item", "id": "i", "value": {"title": "窓口に行く", "text": ""}}
    fee = {"type": "item", "id": "r", "value": {"what": "1通", "yen": 300, "note": ""}}
    body = [
        {"type": "steps", "id": "s", "value": [step]},
        {"type": "fees", "id": "f", "value": {"caption": "手数料", "rows": [fee]}},
    ]
    published(topic, title="住民票の写し", slug="juminhyo", body=body)
    told = things(client, "/kurashi/juminhyo/")
    assert told["GovernmentService"]["offers"][0]["price"] == "300"
    steps = told["BreadcrumbList"]["itemListElement"]
    assert [each["name"] for each in steps] == ["くらし", "住民票の写し"]
    assert [each["position"] for each in steps] == [1, 2]
    assert steps[0]["item"] == "http://testserver/kurashi/"


def test_news_events_and_questions_tell_what_they_are(client: Client, site: Prepared) -> None:
    published(the_list(site, "news"), NewsPage, title="断水", slug="n", day=date(2026, 11, 20))
    begins = datetime(2040, 12, 5, 1, 0, tzinfo=UTC)
    published(the_list(site, "event"), EventPage, title="朝市", slug="e", begins=begins, place="駅前", fee="無料")  # fmt: skip
    answer = text("<p>市民課の窓口です。</p><ul><li>平日 8:30 から</li></ul>")
    published(the_list(site, "question"), QuestionPage, title="どこで取れますか", slug="q", body=answer)  # fmt: skip
    assert things(client, "/news/n/")["NewsArticle"]["datePublished"] == "2026-11-20"
    told = things(client, "/events/e/")["Event"]
    assert told["startDate"] == "2040-12-05T10:00:00+09:00"
    assert told["isAccessibleForFree"] is True
    asked = things(client, "/faq/q/")["FAQPage"]["mainEntity"][0]
    assert asked["name"] == "どこで取れますか"
    assert asked["acceptedAnswer"]["text"] == "市民課の窓口です。\n平日 8:30 から"


def test_the_home_is_the_city_and_a_division_a_part_of_it(client: Client, site: Prepared) -> None:
    assert things(client, "/")["GovernmentOrganization"]["url"] == "http://testserver/"
    division = things(client, "/divisions/shimin/")["GovernmentOrganization"]
    assert division["name"] == "市民課"
    assert division["parentOrganization"]["@type"] == "GovernmentOrganization"
    for address in (
        "/news/",
        "/life/",
        "/divisions/",
        "/sitemap/",
        "/accessibility/",
        "/en/emergency/",
    ):
        steps = things(client, address)["BreadcrumbList"]["itemListElement"]
        assert steps[-1]["item"] == f"http://testserver{address}"


def test_a_title_that_would_end_the_script_ends_nothing(client: Client, topic: TopicPage) -> None:
    nasty = "</script><script>alert(1)</script> & \u2028 x"
    published(topic, title=nasty, slug="nasty")
    page = client.get("/kurashi/nasty/").content.decode()
    assert "<script>alert(1)" not in page
    steps = things(client, "/kurashi/nasty/")["BreadcrumbList"]["itemListElement"]
    assert steps[-1]["name"] == nasty


def test_json_ld_is_data_that_no_policy_has_to_allow() -> None:
    said: Mapping[str, str] = {"name": "<!--<script>"}
    element = json_ld(said)
    assert element.startswith('<script type="application/ld+json">')
    assert "<!--" not in element


def test_a_shared_page_shows_its_title_summary_and_one_address(
    client: Client, article: ArticlePage
) -> None:
    page = BeautifulSoup(client.get("/kurashi/juminhyo/?utm=x").content.decode(), "html.parser")
    graph = {str(each["property"]): each["content"] for each in page.select("meta[property]")}
    assert graph["og:title"] == "住民票の写し"
    assert graph["og:locale"] == "ja_JP"
    assert graph["og:type"] == "article"
    assert graph["og:url"] == "http://testserver/kurashi/juminhyo/"
    (canonical,) = page.select('link[rel="canonical"]')
    assert canonical["href"] == "http://testserver/kurashi/juminhyo/"
