"""The light home: all that matters in less than 30 kB, for a phone on a slow line."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tsunagari.engines.content.actions.begin_emergency import begin_emergency
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.rules.emergency_file import emergency_file
from tsunagari.engines.content.tests.emergencies import NOBODY, TEXTS, announcement
from tsunagari.kernel.design import banner

pytestmark = pytest.mark.django_db

MOST = 30_000
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "srcset"}
"""Elements that make a browser load something, and where they name it."""

PACK = """
- code: flood
  title: {ja: 避難指示, en: Evacuate}
  text: {ja: 川があふれそうです。, en: The river may flood.}
  todo: {ja: 逃げてください。}
"""
WITH_WAYS = """
templates: []
ways:
  - {title: {ja: 避難所の一覧, en: Shelters}, address: /bosai/hinanjo/}
  - {title: {ja: 防災テレホン}, telephone: 000-000-1111}
  - {title: {ja: 防災ラジオ}, note: {ja: 78.2 MHz}}
"""


@pytest.fixture(autouse=True)
def _nothing_told_before() -> Iterator[None]:
    banner._LAST.clear()
    yield
    banner._LAST.clear()


def begin(**said: Any) -> None:
    begin_emergency(
        announcement(**{"light": True, **said}),
        by=NOBODY,
        clock=lambda: datetime(2026, 11, 21, 18, 10, tzinfo=UTC),
    )


def loaded_by(page: str) -> list[str]:
    soup = BeautifulSoup(page, "html.parser")
    named = [
        str(each[LOADED[each.name]])
        for each in soup.find_all(list(LOADED))
        if each.get(LOADED[each.name])
    ]
    return [each for each in named if not each.startswith("data:")]


@pytest.mark.parametrize("address", ["/", "/en/", "/easy/"])
def test_the_home_with_all_that_it_loads_is_smaller_than_30_kb(
    client: Client, address: str
) -> None:
    longest = {part: "避" * (60 if part == "title" else 500) for part in ("title", "text", "todo")}
    begin(texts=dict.fromkeys(("ja", "en", "easy"), longest))
    answer = client.get(address)
    page = answer.content.decode()
    sheets = loaded_by(page)
    assert [Path(each).name.split(".")[0] for each in sheets] == ["light"]
    css = Path(str(finders.find(sheets[0].removeprefix(settings.STATIC_URL)))).read_bytes()
    assert b"url(" not in css
    assert b"@import" not in css
    assert len(answer.content) + len(css) < MOST
    assert "<script" not in page
    assert "content.emergency" in answer.headers["X-Tsunagari-Keep"]


def test_it_says_what_happened_what_to_do_since_when_and_where_help_is(client: Client) -> None:
    begin(address="https://disaster.example/")
    main = BeautifulSoup(client.get("/").content.decode(), "html.parser")
    assert main.h1 is not None
    assert TEXTS["ja"]["title"] in main.h1.text
    for said in (TEXTS["ja"]["text"], TEXTS["ja"]["todo"], "令和8年11月22日（日） 03:10"):
        assert said in main.text
    links = {str(each["href"]) for each in main.find_all("a")}
    assert {"https://disaster.example/", "tel:119", "tel:171", "/en/", "/easy/", "?full=1"} <= links


def test_the_everyday_home_is_one_step_away(client: Client, site: Prepared) -> None:
    begin()
    page = client.get("/?full=1").content.decode()
    assert 'class="ts-emergency"' in page
    assert "課からさがす" in page


def test_a_drill_leaves_the_home_as_it_is_unless_it_says_so(client: Client, site: Prepared) -> None:
    begin(drill=True, light=False)
    assert "課からさがす" in client.get("/").content.decode()


def test_a_drill_with_the_light_home_says_on_it_that_it_is_one(client: Client) -> None:
    begin(drill=True)
    page = client.get("/en/").content.decode()
    assert "This is a drill" in page
    assert "DRILL" in page.partition("</title>")[0]


def test_an_english_reader_is_told_that_it_is_in_japanese_only(client: Client) -> None:
    begin(texts={"ja": TEXTS["ja"]})
    page = client.get("/en/").content.decode()
    assert "only in Japanese" in page
    assert f'<span lang="ja">{TEXTS["ja"]["title"]}</span>' in page


def test_the_pack_names_shelters_telephones_and_the_radio(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/emergency.yaml").write_text(WITH_WAYS, encoding="utf-8")
    found = emergency_file(tmp_path)
    assert [each.address for each in found.ways] == ["/bosai/hinanjo/", "tel:000-000-1111", ""]
    assert found.ways[1].note == {"ja": "000-000-1111"}
    assert found.ways[2].note == {"ja": "78.2 MHz"}


def test_a_pack_with_a_plain_list_gives_texts_to_begin_from(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/emergency.yaml").write_text(PACK, encoding="utf-8")
    (flood,) = emergency_file(tmp_path).templates
    assert flood.code == "flood"
    assert set(flood.texts) == {"ja", "en"}
    assert flood.texts["en"] == {"title": "Evacuate", "text": "The river may flood.", "todo": ""}


@pytest.mark.parametrize("broken", ["- {title: x", "- 5", "- {title: {ja: a}}", "3"])
def test_a_broken_file_closes_no_screen_at_night(tmp_path: Path, broken: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/emergency.yaml").write_text(broken, encoding="utf-8")
    found = emergency_file(tmp_path)
    assert found.fault
    assert not found.templates
