"""A resident searches the site: by keyboard with suggestions, on a phone, and without JavaScript."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe


def test_suggestions_are_chosen_by_keyboard(page: Page) -> None:
    page.goto("/search/")
    field = page.get_by_role("combobox", name="何をおさがしですか")
    field.press_sequentially("パブリ")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert not axe.findings(page)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = options.first.get_attribute("id")
    expect(field).to_have_attribute("aria-activedescendant", str(chosen))
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("パブリ")
    field.press_sequentially("ック")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator(".search-results li").first).to_be_visible()


def test_the_home_offers_the_same_while_one_types(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="何をおさがしですか").press_sequentially("けいかく")
    expect(page.get_by_role("option").first).to_be_visible()
    assert not axe.findings(page)


def test_without_javascript_one_finds_and_narrows(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/accessibility/")
    page.get_by_role("link", name="検索").click()
    page.get_by_label("何をおさがしですか").fill("システム")
    page.get_by_role("button", name="検索").click()
    assert page.locator(".search-results mark").count() > 1
    page.goto("/search/?q=計画")
    page.get_by_role("navigation", name="種類でしぼる").get_by_role("link").last.click()
    expect(page.get_by_role("navigation", name="種類でしぼる")).to_contain_text("すべて")
    assert "kind=" in page.url
    context.close()


def test_on_a_desk_every_page_has_the_field_in_its_header(page: Page) -> None:
    page.goto("/plan/")
    field = page.get_by_role("banner").get_by_role("searchbox")
    field.fill("パブリックコメント")
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("パブリックコメント")
