"""A map is named whole, with whose it is, or not at all."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from tsunagari.city.environment import map_tiles

GSI = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png"
CREDIT = "地理院タイル https://maps.gsi.go.jp/development/ichiran.html"


@pytest.mark.parametrize(
    ("tiles", "credit", "named"),
    [
        ("http://tiles.example/{z}/{x}/{y}.png", CREDIT, "https://"),
        ("//tiles.example/{z}/{x}/{y}.png", CREDIT, "https://"),
        ("https://tiles.example/{z}/{x}.png", CREDIT, "{y}"),
        ("https://tiles.example/{z}/{x}/{y}.png; script-src *", CREDIT, "neither space"),
        (GSI, "", "MAP_CREDIT"),
        (GSI, "地理院タイル", "MAP_CREDIT"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(tiles: str, credit: str, named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(named)):
        map_tiles({"TSUNAGARI_MAP_TILES": tiles, "TSUNAGARI_MAP_CREDIT": credit})


def test_a_map_and_its_credit_are_read() -> None:
    said = {"TSUNAGARI_MAP_TILES": GSI, "TSUNAGARI_MAP_CREDIT": CREDIT}
    assert map_tiles(said) == (GSI, CREDIT)
    assert map_tiles({}) == ("", "")
