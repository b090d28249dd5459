"""The invented town's website in a browser: axe on each kind of page and block, and nothing that scrolls sideways.

`pytest tests/e2e/test_sample_town.py --every-page` walks all of its pages at 320 pixels (1280 at a zoom of 400 %).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Page

from tests.e2e import axe
from tests.e2e.site import ROOT, Site
from tests.ports import kept_port

KINDS = (
    "/",
    "/living/",
    "/living/moving/",
    "/living/moving/moving-in/",
    "/living/certificates/certificates-by-post/",
    "/living/consultation/consumer-advice/",
    "/environment/special-waste/bulky-waste/",
    "/safety/evacuation/shelters/",
    "/safety/evacuation/evacuation-levels/",
    "/news/",
    "/events/",
    "/faq/",
    "/faq/q-move-late/",
)
"""Each kind of page; between them they hold every block of the pack."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation of the invented town, on a database of its own."""
    opened = Site(data=tmp_path_factory.mktemp("town"), keeper=kept_port(), city="sample")
    opened.run("migrate", "--no-input", "-v", "0")
    opened.run("city", "load")
    opened.run("content", "load")
    opened.run("collectstatic", "--no-input", "-v", "0")
    opened.start("serve", "--port", str(opened.port), "--processes", "1")
    opened.wait_until_it_answers()
    yield opened
    assert opened.stop() == [0], opened.said("serve")


def _addresses(town: Site) -> list[str]:
    """Every page of the sitemap, in every language."""
    found: list[str] = []
    waiting = ["/sitemap.xml"]
    while waiting:
        with urlopen(town.address + waiting.pop(), timeout=30) as answer:
            said = answer.read().decode()
        for place in re.findall(r"<loc>\s*([^<\s]+)", said):
            path = "/" + place.split("/", 3)[3]
            (waiting if path.endswith(".xml") else found).append(path)
    return found


def _blocks(files: Iterable[Path]) -> set[str]:
    bodies = [yaml.safe_load(file.read_text(encoding="utf-8"))["body"] for file in files]
    return {kind for body in bodies for block in body for kind in block}


def test_these_pages_hold_every_block_of_the_pack() -> None:
    pages = ROOT / "cities" / "sample" / "site" / "pages"
    shown = [file for each in KINDS if (file := pages / f"{each.strip('/')}.yaml").is_file()]
    assert _blocks(shown) == _blocks(pages.rglob("*.yaml"))


@pytest.mark.parametrize("language", ["", "/en", "/easy"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_each_kind_of_page(
    page: Page, town: Site, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wrong = []
    for address in KINDS:
        answer = page.goto(f"{town.address}{language}{address}")
        if answer and answer.status == 404 and language:
            continue  # this page is there in other languages
        assert answer
        assert answer.status == 200, page.url
        wrong += axe.findings(page)
        wrong += [f"{page.url} at {width} pixels: {each}" for each in axe.widest(page)]
    assert not wrong, "\n".join(wrong)


def test_no_page_scrolls_sideways_on_the_narrowest_screen(
    page: Page, town: Site, request: pytest.FixtureRequest
) -> None:
    """Of the town's pages every twentieth; with --every-page all of them."""
    addresses = _addresses(town)
    assert len(addresses) > 700
    page.set_viewport_size({"width": 320, "height": 640})
    wrong = []
    for address in addresses[:: 1 if request.config.getoption("every_page") else 20]:
        page.goto(town.address + address)
        wrong += [f"{address}: {each}" for each in axe.widest(page)]
    assert not wrong, "\n".join(wrong)
