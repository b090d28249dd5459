"""A place is told in words; a map comes when it is asked for, from the one host that the city names."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from wagtail.blocks.struct_block import StructBlockValidationError

from tsunagari.engines.content.models import ArticlePage, TopicPage
from tsunagari.engines.content.models.blocks import PlaceBlock
from tsunagari.engines.content.rules.places import BOTH, OUTSIDE, SWAPPED, misplaced
from tsunagari.engines.content.tests.conftest import published

GSI = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"
CREDIT = "地理院タイル https://maps.gsi.go.jp/development/ichiran.html"
HALL = ("35.7256", "139.5386")


@pytest.fixture
def tiles(settings: Any) -> Any:
    settings.MAP_TILES, settings.MAP_CREDIT = GSI, CREDIT
    return settings


def with_place(parent: Any, latitude: str | None, longitude: str | None) -> ArticlePage:
    value = {
        "name": "田無庁舎", "address": "南町五丁目6番13号", "access": "駅から歩いて5分",
        "hours": "", "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
    block = {"type": "place", "value": value, "id": "3f7a2c1e-0000-4000-8000-00000000000a"}
    page: ArticlePage = published(parent, title="庁舎", slug="chosha", body=[block])
    return page


def policy(answer: Any) -> str:
    found = re.search(r"connect-src ([^;]*)", answer["Content-Security-Policy"])
    return found.group(1) if found else ""


@pytest.mark.django_db
def test_without_tiles_she_reads_where_it_is_and_no_other_host_is_allowed(
    client: Client, topic: TopicPage
) -> None:
    with_place(topic, *HALL)
    answer = client.get("/kurashi/chosha/")
    body = answer.content.decode()
    assert "南町五丁目6番13号" in body
    assert "北緯35.7256度、東経139.5386度" in body
    assert 'href="geo:35.7256,139.5386?q=35.7256,139.5386"' in body
    assert "data-map" not in body
    assert policy(answer) == "'self'"


@pytest.mark.django_db
def test_with_tiles_the_page_of_a_place_has_a_button_and_may_ask_that_host_alone(
    client: Client, topic: TopicPage, article: ArticlePage, tiles: Any
) -> None:
    with_place(topic, *HALL)
    answer = client.get("/kurashi/chosha/")
    body = answer.content.decode()
    assert "地図を表示する" in body
    assert "地図の画像は cyberjapandata.gsi.go.jp から受け取ります" in body
    assert "地理院タイル" in body
    assert "https://maps.gsi.go.jp/development/ichiran.html" in body
    assert policy(answer) == "'self' https://cyberjapandata.gsi.go.jp"
    assert not re.search(r"<(?:script|img|link)[^>]*gsi", body)
    assert policy(client.get("/kurashi/juminhyo/")) == "'self'"


@pytest.mark.django_db
def test_tiles_of_the_site_itself_need_no_other_host(
    client: Client, topic: TopicPage, settings: Any
) -> None:
    settings.MAP_TILES, settings.MAP_CREDIT = "/tiles/{z}/{x}/{y}.png", CREDIT
    with_place(topic, *HALL)
    answer = client.get("/kurashi/chosha/")
    assert "data-map " in answer.content.decode()
    assert "から受け取ります" not in answer.content.decode()
    assert policy(answer) == "'self'"


@pytest.mark.django_db
def test_a_place_without_coordinates_has_no_map(
    client: Client, topic: TopicPage, tiles: Any
) -> None:
    with_place(topic, None, None)
    answer = client.get("/kurashi/chosha/")
    assert "data-map" not in answer.content.decode()
    assert "geo:" not in answer.content.decode()
    assert policy(answer) == "'self'"


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        (*HALL, None),
        ("24.45", "122.95", None),
        (None, None, None),
        ("35.7", None, BOTH),
        ("139.5386", "35.7256", SWAPPED),
        ("48.85", "2.35", OUTSIDE),
        ("0", "0", OUTSIDE),
    ],
)
def test_coordinates_are_of_japan(
    latitude: str | None, longitude: str | None, said: str | None
) -> None:
    found = misplaced(*(Decimal(each) if each else None for each in (latitude, longitude)))
    assert (found.words if found else None) == said


def test_the_editor_says_at_the_field_that_they_are_swapped() -> None:
    block = PlaceBlock()
    value = block.to_python(
        {"name": "庁舎", "address": "南町", "latitude": "35.7", "longitude": "200"}
    )
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "longitude" in refused.value.block_errors
    value = block.to_python({"name": "庁舎", "address": "南町", "latitude": "35.7"})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert refused.value.block_errors["longitude"].messages == [BOTH]
