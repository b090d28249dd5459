"""A resident writes to the city from a phone, and a clerk answers at her desk; on the way, axe looks on."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.axe import findings, widest
from tests.e2e.people import as_clerk
from tests.e2e.site import Site

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
TEXT = "公園の水飲み場が、こわれています。🚰"


def looked_at(page: Page) -> list[str]:
    """What axe finds on a screen as it stands, and what reaches beyond its edge."""
    page.wait_for_selector("main")
    return [*findings(page), *(f"wide: {page.url}: {each}" for each in widest(page))]


def test_she_writes_and_reads_how_it_stands_and_a_clerk_assigns_it(
    page: Page, site: Site, page_without_javascript: Page
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    found = []
    for address in ("", "voices/", "comments/", "receipt/"):
        page.goto(f"/services/listening/{address}")
        found += looked_at(page)
    page.goto("/services/listening/send/")
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.locator("#error-summary")).to_be_focused()
    found += looked_at(page)
    page.get_by_label("伝えたいこと").fill(TEXT)
    expect(page.locator(".listening-count")).to_have_text("あと1,982文字書けます")
    page.get_by_label("回答はいらない").check()
    page.get_by_label("公開してよい", exact=True).check()
    page.wait_for_timeout(3000)  # a person takes as long
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.locator("main")).to_contain_text(TEXT)
    found += looked_at(page)
    page.get_by_role("button", name="送る", exact=True).click()
    number, code = page.locator(".listening-receipt__code").all_inner_texts()
    found += looked_at(page)
    _reads(page_without_javascript, number, code)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # width and height
    as_clerk(page, site, "koho")
    page.goto("/console/listening/")
    found += looked_at(page)
    page.get_by_role("link", name=number).click()
    found += looked_at(page)
    page.get_by_role("combobox", name="担当の課").select_option(label="市民課")
    page.get_by_label("分野").select_option("town")
    page.get_by_role("button", name="割り振る").click()
    expect(page.locator("body")).to_contain_text("担当の課に割り振りました。")
    page.goto("/console/listening/calls/new/")
    found += looked_at(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    found += looked_at(page)
    page.goto("/console/listening/")
    page.get_by_role("link", name=number).click()
    found += looked_at(page)
    assert not found, "\n".join(found)


def _reads(page: Page, number: str, code: str) -> None:
    """Somebody without scripts asks by number and code."""
    page.goto("/services/listening/receipt/")
    page.get_by_label("受付番号").fill(number)
    page.get_by_label("確認コード").fill(code.lower())
    page.get_by_role("button", name="確かめる").click()
    expect(page.locator("main")).to_contain_text(re.compile("受け付けました。"))
