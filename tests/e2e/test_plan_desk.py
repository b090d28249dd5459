"""The secretariat edits the plan in the console: the public page changes, and two editors lose nothing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import findings, widest
from tests.e2e.people import as_clerk
from tests.e2e.site import Site

CODE = "policy-2024-2028"
MEASURE = f"/console/plan/{CODE}/measures/24/"
SIZES = [(1280, 900), (360, 780)]


def _save(page: Page) -> None:
    page.get_by_role("button", name="保存する", exact=True).click()
    page.wait_for_load_state("networkidle")


def test_the_secretariat_edits_a_measure_and_the_public_page_follows(
    page: Page, site: Site
) -> None:
    as_clerk(page, site, "jimukyoku")
    page.goto("/console/plan/")
    page.get_by_role("link", name="西東京市地域情報化基本方針", exact=True).click()
    page.get_by_label("番号・名前・内容").fill("デジタルデバイド")
    page.get_by_role("button", name="さがす").click()
    expect(page.locator("main")).to_contain_text("のうち 1件")
    page.get_by_role("link", name="デジタルデバイド").first.click()
    page.locator("#texts textarea[name$='-note']").fill("スマートフォンの相談会を毎月開く。")
    page.get_by_label("修正の理由").fill("今年度の進め方を加えたため")
    _save(page)
    expect(page.locator("main")).to_contain_text("か所を直しました")
    expect(page.locator(".plan-desk__history")).to_contain_text("今年度の進め方を加えたため")
    expect(page.locator(".plan-desk__history")).to_contain_text("柳沢 恵")
    page.get_by_role("link", name="公開しているページを見る").click()
    expect(page.locator("main")).to_contain_text("スマートフォンの相談会を毎月開く。")


def test_two_who_edit_at_once_see_what_the_other_wrote(
    page: Page, site: Site, browser: Browser
) -> None:
    as_clerk(page, site, "jimukyoku")
    page.goto(MEASURE)
    other = browser.new_context(
        base_url=site.address, locale="ja-JP", storage_state=page.context.storage_state()
    ).new_page()
    other.goto(MEASURE)
    other.locator("#texts textarea[name$='-purpose']").fill("だれもが使えるようにする。")
    _save(other)
    other.context.close()
    page.locator("#texts textarea[name$='-purpose']").fill("使えない人をなくす。")
    _save(page)
    notice = page.get_by_role("alert").filter(has_text="先に、ほかの人が保存しました")
    expect(notice).to_contain_text("だれもが使えるようにする。")
    expect(notice).to_contain_text("使えない人をなくす。")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert not findings(page)
        assert not widest(page)
    _save(page)
    page.goto(f"/plan/{CODE}/24/")
    expect(page.locator("main")).to_contain_text("使えない人をなくす。")


@pytest.mark.parametrize("size", SIZES)
def test_the_desks_screens_have_no_findings(page: Page, site: Site, size: tuple[int, int]) -> None:
    as_clerk(page, site, "jimukyoku")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found: list[str] = []
    for address in (
        "/console/plan/",
        f"/console/plan/{CODE}/",
        f"/console/plan/{CODE}/measures/2/",
        f"/console/plan/{CODE}/measures/2/add/indicator/",
        f"/console/plan/{CODE}/settings/",
        f"/console/plan/{CODE}/scale/",
        f"/console/plan/{CODE}/texts/",
        "/console/plan/around/",
    ):
        page.goto(address)
        for closed in page.locator("main details").all():
            closed.evaluate("each => each.open = true")
        found += [*findings(page), *(f"{address}: wide: {each}" for each in widest(page))]
    assert not found, "\n".join(found)


def test_a_clerk_reads_but_does_not_edit(page: Page, site: Site) -> None:
    as_clerk(page, site, "koho")
    page.goto(f"/console/plan/{CODE}/measures/2/")
    expect(page.locator("main")).to_contain_text("計画の記載を直せるのは、計画の事務局です")
    expect(page.get_by_role("button", name="保存する")).to_have_count(0)
    assert not findings(page)
