"""A city's look is refused in one sentence where people could not read it."""

from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from tsunagari.kernel.design.apps import check_look
from tsunagari.kernel.design.city_look import RefusedLookError, city_look, in_language, load_look
from tsunagari.kernel.design.colour import RefusedColourError, checked_shades, contrast, mix
from tsunagari.kernel.design.context import Design

LOOK = """
name: {ja: 試験市, en: Trial City}
site: {ja: 試験市 つながり, en: Trial City Tsunagari}
responsible: {ja: 試験課, en: Trial Division}
address: {ja: 試験1-1, en: Trial 1-1}
telephone: 000-000-0000
key_colour: "#00584f"
crest: crest.svg
navigation: [{page: "design:living", title: {ja: 部品}}, {page: "nowhere:index", title: {ja: ない}}]
footer: []
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "look.yaml").write_text(LOOK, encoding="utf-8")
    (tmp_path / "crest.svg").write_text("<svg></svg>", encoding="utf-8")
    return tmp_path


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_colour_too_pale_for_white_letters_is_refused_with_its_mend() -> None:
    with pytest.raises(
        RefusedColourError, match=r"look.yaml: key_colour #ffcc00 has a contrast of 1\.5:1"
    ):
        checked_shades("#ffcc00", "look.yaml")


def test_a_word_is_no_colour() -> None:
    with pytest.raises(RefusedColourError, match="six hexadecimal digits"):
        checked_shades("green", "look.yaml")


def test_shades_of_a_readable_colour_are_readable_too() -> None:
    shades = checked_shades("#00584f", "look.yaml")
    assert contrast(shades.dark, "#ffffff") > contrast(shades.key, "#ffffff")
    assert contrast(shades.key, shades.pale) >= 4.5
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_a_pack_is_read(pack: Path) -> None:
    look = load_look(pack)
    assert in_language(look.name) == "試験市"
    assert look.crest == "<svg></svg>"
    assert len(look.version) == 8


def test_a_pack_without_a_look_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedLookError, match=r"look\.yaml is missing"):
        load_look(tmp_path)


def test_a_misspelt_name_is_refused_with_the_names_there_are(pack: Path) -> None:
    (pack / "look.yaml").write_text(LOOK.replace("telephone", "telefone"), encoding="utf-8")
    with pytest.raises(
        RefusedLookError, match="telefone, telephone is missing or unknown; it has: address"
    ):
        load_look(pack)


def test_a_crest_that_is_no_drawing_is_refused(pack: Path) -> None:
    (pack / "look.yaml").write_text(LOOK.replace("crest.svg", "crest.png"), encoding="utf-8")
    with pytest.raises(RefusedLookError, match="crest must name an SVG file"):
        load_look(pack)


def test_the_start_is_stopped_by_a_bad_look(pack: Path, settings: Settings) -> None:
    (pack / "look.yaml").write_text(LOOK.replace("#00584f", "#ffcc00"), encoding="utf-8")
    settings.CITY_PACK = pack
    city_look.cache_clear()
    try:
        assert [error.id for error in check_look(None)] == ["design.E001"]
    finally:
        city_look.cache_clear()


def test_this_city_can_be_read() -> None:
    assert check_look(None) == []


def test_a_link_without_a_page_is_refused(pack: Path) -> None:
    (pack / "look.yaml").write_text(
        LOOK.replace("footer: []", "footer: [{title: {ja: 部品}}]"), encoding="utf-8"
    )
    with pytest.raises(RefusedLookError, match="a link has exactly page and title"):
        load_look(pack)


def test_the_navigation_leaves_out_pages_that_are_not_mounted(
    pack: Path, settings: Settings
) -> None:
    settings.CITY_PACK = pack
    city_look.cache_clear()
    try:
        shown = Design(RequestFactory().get("/design/"))
    finally:
        city_look.cache_clear()
    assert [(entry.title, entry.current) for entry in shown.navigation] == [("部品", True)]
