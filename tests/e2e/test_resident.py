"""A resident reads the plan: with eyes and mouse, with the keyboard alone, and without JavaScript."""

import re
import time

from playwright.sync_api import Page, expect

from tests.e2e.people import figure_on
from tests.e2e.site import Site

MINUTE = 60.0
MEASURE = "/plan/policy-2024-2028/2/"
TRACE = "/meters/website.page_views/"


def _figure_within_a_minute(page: Page, wanted: int) -> int:
    until = time.monotonic() + MINUTE
    while time.monotonic() < until:
        page.goto(TRACE)
        if (now := figure_on(page)) >= wanted:
            return now
        page.wait_for_timeout(500)
    raise AssertionError(f"after a minute the figure is {figure_on(page)}, not {wanted}")


def test_her_visit_moves_the_indicator_within_a_minute_and_its_trace_shows_the_hour(
    page: Page,
) -> None:
    while True:
        hour = time.time() // 3600
        page.goto(TRACE)
        before = figure_on(page)
        page.goto("/")
        page.get_by_role("link", name=re.compile("取組を見る")).click()
        expect(page).to_have_url(re.compile("/plan/"))
        page.locator(f"main a[href='{MEASURE}']").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("ホームページ")
        _figure_within_a_minute(page, before + 3)
        if time.time() // 3600 == hour:
            break  # three pages within one hour, so that its trace shows at least three
    for step in (r"\d+年\d+月", r"\d+月\d+日", r"\d+時"):
        page.locator("main table a").filter(has_text=re.compile(step)).last.click()
    expect(page.locator("main")).to_contain_text("この1時間に数えたもの")
    expect(page.locator("main")).to_contain_text("もとの記録との照らし合わせ")
    assert figure_on(page) >= 3


def test_a_count_that_has_just_begun_is_never_called_late(page: Page) -> None:
    page.goto(MEASURE)
    main = page.locator("main")
    expect(main).to_contain_text("計測開始前・判定保留")
    page.goto("/plan/policy-2024-2028/")
    row = page.locator("main tr, main li").filter(has=page.locator(f"a[href='{MEASURE}']")).first
    expect(row).to_contain_text("計測開始前・判定保留")


def test_she_finds_a_measure_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("本文へ進む")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, "取組を見る")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/plan/"))
    _tab_to(page, "マイナンバーカード")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("マイナンバーカード")


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until a visible link with these words has the focus, which must be seen to be there."""
    for _ in range(150):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and words in focused.inner_text():
            ring = focused.evaluate(
                "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).boxShadow"
            )
            assert ring != "nonenone", f"“{words}” has the focus, but nothing shows it"
            return
    raise AssertionError(f"the keyboard does not reach “{words}” within 150 steps of {page.url}")


def test_without_javascript_she_reads_filters_and_takes_the_table_away(
    page_without_javascript: Page,
) -> None:
    page = page_without_javascript
    page.goto("/")
    page.get_by_role("link", name=re.compile("取組を見る")).click()
    everything = page.locator("main a[href*='/plan/policy-2024-2028/']").count()
    assert everything >= 30
    page.goto(page.url + "?division=shimin")
    expect(page.locator("main")).to_contain_text("市民課")
    page.goto("/plan/policy-2024-2028/1/")
    expect(page.locator("main table").first).to_be_visible()
    expect(page.locator("main svg").first).to_be_visible()
    csv = page.request.get(page.url + "1.csv")
    assert csv.ok
    assert "text/csv" in csv.headers["content-type"]


def test_she_reads_the_same_page_in_english(page: Page) -> None:
    page.goto(MEASURE)
    page.get_by_role("link", name="English").first.click()
    expect(page).to_have_url(re.compile(f"/en{MEASURE}"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main")).to_contain_text("page views", ignore_case=True)


def test_a_page_that_is_not_there_shows_her_the_way(page: Page, site: Site) -> None:
    answer = page.goto("/plan/no-such-plan/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main a").first).to_be_visible()


def test_at_360_pixels_nothing_reaches_beyond_the_edge(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    for address in ("/", "/plan/", "/plan/policy-2024-2028/", MEASURE, TRACE):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{address} is {wide} pixels wide"
