"""A resident reads pages: at their address, where they moved, and in her language."""

from datetime import timedelta

import pytest
from django.test import Client

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import (
    ArticlePage,
    EventPage,
    NewsPage,
    QuestionPage,
    TopicPage,
)
from tsunagari.engines.content.tests.conftest import published, text, the_list, write
from tsunagari.kernel.i18n.clock import system_clock

pytestmark = pytest.mark.django_db


def test_she_reads_a_page_with_its_way_from_the_home(client: Client, article: ArticlePage) -> None:
    body = client.get("/kurashi/juminhyo/").content.decode()
    assert "<title>住民票の写し" in body.replace("\n", "")
    assert "市民課の窓口で取れます" in body
    assert '<a href="/kurashi/">くらし</a>' in body
    assert "このページについての問い合わせ先" in body
    assert "市民課" in body


def test_a_draft_is_not_found(client: Client, topic: TopicPage) -> None:
    write(topic, title="下書き", slug="draft")
    assert client.get("/kurashi/draft/").status_code == 404
    assert "下書き" not in client.get("/kurashi/").content.decode()


def test_a_page_that_moved_leads_on(client: Client, site: Prepared, article: ArticlePage) -> None:
    article.slug = "shomei"
    article.save_revision().publish()
    answer = client.get("/kurashi/juminhyo/")
    assert (answer.status_code, answer["Location"]) == (301, "/kurashi/shomei/")
    assert client.get("/kurashi/shomei/").status_code == 200


def test_what_stands_below_a_moved_page_leads_on_too(
    client: Client, site: Prepared, topic: TopicPage, article: ArticlePage
) -> None:
    below = published(article, title="郵便で取る", slug="yubin")
    other = published(site.homes["ja"], TopicPage, title="証明書", slug="shomeisho")
    article.refresh_from_db()
    article.move(other, pos="last-child")
    assert client.get("/kurashi/juminhyo/yubin/")["Location"] == "/shomeisho/juminhyo/yubin/"
    assert client.get("/shomeisho/juminhyo/yubin/").status_code == 200
    assert below.title in client.get("/shomeisho/juminhyo/").content.decode()


def test_an_address_taken_anew_belongs_to_the_new_page(
    client: Client, topic: TopicPage, article: ArticlePage
) -> None:
    article.slug = "old"
    article.save_revision().publish()
    published(topic, title="新しい住民票のページ", slug="juminhyo")
    answer = client.get("/kurashi/juminhyo/")
    assert answer.status_code == 200
    assert "新しい住民票のページ" in answer.content.decode()


def test_a_withdrawn_page_is_gone_from_its_lists(client: Client, article: ArticlePage) -> None:
    assert "住民票の写し" in client.get("/kurashi/").content.decode()
    article.unpublish()
    assert client.get("/kurashi/juminhyo/").status_code == 404
    assert "住民票の写し" not in client.get("/kurashi/").content.decode()


def test_links_in_a_text_lead_to_where_their_pages_are_now(
    client: Client, topic: TopicPage, article: ArticlePage
) -> None:
    published(
        topic,
        title="引っ越し",
        slug="hikkoshi",
        body=text(f'<p>先に<a linktype="page" id="{article.pk}">住民票の写し</a>を取ります。</p>'),
    )
    article.slug = "shomei"
    article.save_revision().publish()
    assert 'href="/kurashi/shomei/"' in client.get("/kurashi/hikkoshi/").content.decode()
    article.unpublish()
    body = client.get("/kurashi/hikkoshi/").content.decode()
    assert "先に住民票の写しを取ります" in body


def test_the_switch_offers_the_languages_in_which_a_page_exists(
    client: Client, site: Prepared, article: ArticlePage
) -> None:
    topic = article.get_parent().specific
    english = topic.copy_for_translation(site.homes["en"].locale)
    english.slug, english.title = "living", "Daily life"
    english.save_revision().publish()
    version = article.copy_for_translation(site.homes["en"].locale)
    version.title, version.slug = "Copy of the resident record", "record"
    version.save_revision().publish()
    body = client.get("/kurashi/juminhyo/").content.decode()
    assert 'href="/en/living/record/"' in body
    assert "やさしい日本語" not in body
    answer = client.get("/en/living/record/")
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.content.decode()


def test_easy_japanese_is_read_aloud_as_japanese(client: Client, site: Prepared) -> None:
    published(
        site.homes["easy"],
        TopicPage,
        title="せいかつ",
        slug="kurashi",
        summary="せいかつの てつづきです。",
    )
    body = client.get("/easy/kurashi/").content.decode()
    assert '<html lang="ja">' in body
    assert client.get("/easy/plan/")["Location"] == "/plan/"


def test_news_stand_in_their_list_the_newest_first(client: Client, site: Prepared) -> None:
    today = system_clock().date()
    news = the_list(site, "news")
    published(news, NewsPage, title="先週のお知らせ", slug="a", day=today - timedelta(days=7))
    published(news, NewsPage, title="今日のお知らせ", slug="b", day=today, category="募集")
    body = client.get("/news/").content.decode()
    assert body.index("今日のお知らせ") < body.index("先週のお知らせ")
    only = client.get("/news/?category=募集").content.decode()
    assert "今日のお知らせ" in only
    assert "先週のお知らせ" not in only


def test_an_event_is_listed_until_it_is_over_and_fits_a_calendar(
    client: Client, site: Prepared
) -> None:
    now = system_clock()
    events = the_list(site, "event")
    over = {"begins": now - timedelta(days=2), "ends": now - timedelta(days=1), "place": "公園"}
    comes = {"begins": now + timedelta(days=2), "ends": None, "place": "市民会館、大ホール"}
    published(events, EventPage, title="終わった催し", slug="a", **over)
    event = published(events, EventPage, title="これからの催し", slug="b", **comes)
    body = client.get("/events/").content.decode()
    assert "これからの催し" in body
    assert "終わった催し" not in body
    file = client.get(f"/events/{event.public_id}.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:これからの催し" in file.content.decode()
    assert all(len(line.encode()) <= 75 for line in file.content.decode().split("\r\n"))


def test_a_life_event_gathers_pages_and_questions(
    client: Client, site: Prepared, topic: TopicPage, settings: pytest.FixtureRequest
) -> None:
    settings.CITY_PACK = settings.ROOT / "cities" / "sample"  # type: ignore[attr-defined]  # django's settings
    published(topic, title="転入届", slug="tennyu", life_events=["moving"])
    asked = the_list(site, "question")
    published(
        asked,
        QuestionPage,
        title="引っ越したらどうすればよいですか",
        slug="q1",
        life_events=["moving"],
    )
    body = client.get("/life/moving/").content.decode()
    assert "転入届" in body
    assert "引っ越したらどうすればよいですか" in body
    assert client.get("/life/nonsense/").status_code == 404
