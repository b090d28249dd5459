"""The living page of the design: nothing for axe to find, nothing that scrolls sideways, with and without scripts."""

import pytest
from playwright.sync_api import Page

from tests.e2e import axe


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/design/", "/en/design/", "/design/nowhere/"])
def test_everyone_can_read_the_parts_of_the_design(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert axe.findings(page) == []
    assert axe.widest(page) == []


def test_the_menu_of_a_phone_opens_without_javascript(page_without_javascript: Page) -> None:
    page_without_javascript.set_viewport_size({"width": 360, "height": 780})
    page_without_javascript.goto("/design/")
    menu = page_without_javascript.locator(".ts-menu")
    if menu.count():
        menu.locator("summary").click()
        assert menu.locator("nav a").first.is_visible()
