"""Furigana on demand, without a script."""

import pytest
from django.test import Client

from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import ArticlePage, TopicPage
from tsunagari.engines.content.tests.conftest import published, text

pytestmark = pytest.mark.django_db


def test_she_switches_readings_on_and_off(client: Client, article: ArticlePage) -> None:
    plain = client.get("/kurashi/juminhyo/").content.decode()
    assert "<ruby>" not in plain
    assert 'href="?furigana=on"' in plain
    read = client.get("/kurashi/juminhyo/?furigana=on").content.decode()
    assert "<rt>まどぐち</rt>" in read
    assert 'href="?furigana=off"' in read
    assert "<ruby>" not in read.partition("<main")[0]


def test_easy_japanese_has_them_at_once(client: Client, site: Prepared) -> None:
    topic = published(site.homes["easy"], TopicPage, title="生活", slug="living")
    published(topic, title="住民票", slug="juminhyo", body=text("<p>市役所で 取ります。</p>"))
    assert "<rt>しやくしょ</rt>" in client.get("/easy/living/juminhyo/").content.decode()
    assert "<ruby>" not in client.get("/easy/living/juminhyo/?furigana=off").content.decode()


def test_a_script_in_a_title_stays_words(client: Client, topic: TopicPage) -> None:
    published(topic, title="証明<script>alert(1)</script>書", slug="odd")
    body = client.get("/kurashi/odd/?furigana=on").content.decode()
    assert "<script>alert" not in body
    assert "&lt;" in body
