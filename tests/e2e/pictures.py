"""The pictures of README and handbook, taken from a fresh installation as people see it: `bin/pictures`."""

import re
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, sync_playwright

from tests.e2e.people import sign_in_clerk
from tests.e2e.pictures_of_pages import pages
from tests.e2e.site import ROOT, Site, browser_path, open_site

FOLDER = ROOT / "docs" / "pictures"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}

MONTHS = "年月,交付枚数(累計)\n令和8年4月,172310\n令和8年5月,173402\n令和8年6月,174590\n令和8年7月,175733\n令和8年8月,176901\n令和8年9月,178012\n令和8年10月,179120\n"
"""Figures made up for the picture of loading: the city has not published these months."""


def public(page: Page) -> None:
    """What residents see."""
    for _ in range(8):
        page.goto("/plan/policy-2024-2028/2/")
    page.wait_for_timeout(3000)
    for name, address in (
        ("home", "/"),
        ("plans", "/plan/"),
        ("plan", "/plan/policy-2024-2028/"),
        ("third-plan", "/plan/third-plan-2014-2018/"),
        ("services", "/plan/measures/"),
        ("comparison", "/plan/compare/"),
        ("measure", "/plan/policy-2024-2028/2/"),
        ("trace", "/meters/website.page_views/"),
    ):
        page.set_viewport_size(DESK)
        page.goto(address)
        page.screenshot(
            path=FOLDER / f"{name}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": 1280, "height": 1500 if name == "plan" else 900},
        )
        page.set_viewport_size(PHONE)
        page.goto(address)
        page.screenshot(path=FOLDER / f"{name}-phone.png")


def console(page: Page, site: Site, scratch: Path) -> None:
    """What a clerk sees: the entrance, her start page, loading a file, her sessions."""
    page.set_viewport_size(DESK)
    page.goto("/console/")
    page.screenshot(path=FOLDER / "staff-entrance.png")
    sign_in_clerk(
        page, site, "shimin", before_code=lambda: page.screenshot(path=FOLDER / "staff-code.png")
    )
    page.screenshot(path=FOLDER / "staff-start.png")
    file = scratch / "kofu-maisu.csv"
    file.write_bytes(MONTHS.encode("cp932"))
    page.goto("/console/figures/mynumber_card.issued/")
    page.screenshot(path=FOLDER / "load-choose.png")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="内容を確かめる").click()
    page.get_by_role("button", name="この内容で取り込む").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "load-check.png")
    page.get_by_role("button", name="この内容で取り込む").click()
    page.get_by_role("button", name="内容を確かめる").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "load-done.png")
    page.goto("/console/account/sessions/")
    page.screenshot(path=FOLDER / "sessions.png")


def results(page: Page, scratch: Path) -> None:
    """What a clerk sees who enters her division's results; she is signed in."""
    page.goto("/console/plan-figures/")
    page.screenshot(path=FOLDER / "results-list.png")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excelに書き出す").click()
    table = scratch / "jisseki.xlsx"
    coming.value.save_as(table)
    page.get_by_role("link", name=re.compile("P.6 ")).click()
    page.get_by_label("実績（件）").fill("705")
    page.get_by_label("確定", exact=True).check()
    page.get_by_label("出どころ").fill("窓口受付簿の集計")
    page.screenshot(path=FOLDER / "results-enter.png")
    page.get_by_role("button", name="登録する").click()
    page.get_by_text("実績を登録しました").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "results-done.png")
    book = load_workbook(table)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "P/7":
            row[11].value, row[14].value, row[15].value = 4200, "確定", "窓口システムの集計"
    book.save(table)
    page.goto("/console/plan-figures/load/")
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="内容を確かめる").click()
    page.get_by_role("button", name="この内容で読み込む").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "results-load.png")


def keys(page: Page, site: Site) -> None:
    """What the secretariat sees: a key for a division."""
    page.context.clear_cookies()
    sign_in_clerk(page, site, "jimukyoku")
    page.goto("/console/keys/new/")
    page.screenshot(path=FOLDER / "key-new.png")
    page.goto("/console/jobs/")
    page.screenshot(path=FOLDER / "jobs.png")


def plan_desk(page: Page) -> None:
    """What the secretariat edits: the plans, a measure with its history, grades."""
    page.set_viewport_size(DESK)
    measure = "/console/plan/policy-2024-2028/measures/24/"
    page.goto(measure)
    page.locator("#texts textarea[name$='-note']").fill("スマートフォンの相談会を毎月開く。")
    page.get_by_label("修正の理由").fill("今年度の進め方を加えたため")
    page.get_by_role("button", name="保存する", exact=True).click()
    page.wait_for_load_state("networkidle")
    for name, address in (
        ("plan-desk", "/console/plan/"),
        ("plan-desk-list", "/console/plan/policy-2024-2028/"),
        ("plan-desk-measure", measure),
        ("plan-desk-scale", "/console/plan/policy-2024-2028/scale/"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}.png")


def _live(site: Site, until: str) -> None:
    """Let a fiscal year go on inside the installation (year_lived.py)."""
    words = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.e2e.year_lived import {until}; {until}()"
    site.run("shell", "-c", words)


def year(page: Page, site: Site) -> None:
    """A fiscal year as a division, the secretariat and residents see it."""
    desk = "/console/year/policy-2024-2028"
    _live(site, "checked")
    page.set_viewport_size({"width": 1280, "height": 1100})
    page.context.clear_cookies()
    sign_in_clerk(page, site, "shimin")
    for name, address in (
        ("year-start", "/console/year/"),
        ("year-mine", f"{desk}/2025/"),
        ("year-plan", f"{desk}/2026/sheets/7/"),
        ("year-check", f"{desk}/2025/sheets/7/"),
    ):
        _take(page, name, address)
    page.context.clear_cookies()
    sign_in_clerk(page, site, "jimukyoku")
    _take(page, "year-desk", f"{desk}/2025/")
    _live(site, "acting")
    _take(page, "year-decisions", f"{desk}/2025/decisions/")
    _live(site, "closed")
    _take(page, "year-report", "/reports/policy-2024-2028/2025/")
    page.set_viewport_size(PHONE)
    _take(page, "year-report-phone", "/reports/policy-2024-2028/2025/")


def _take(page: Page, name: str, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> int:
    """Open a site, take all pictures, stop it in order."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        scratch = Path(folder)
        site = open_site(scratch / "site")
        try:
            browser = playwright.chromium.launch(
                executable_path=browser_path(), args=["--no-sandbox"]
            )
            visitor = browser.new_context(
                base_url=site.address, locale="ja-JP", timezone_id="Asia/Tokyo"
            )
            visitor.set_default_timeout(120_000)
            page = visitor.new_page()
            public(page)
            console(page, site, scratch)
            results(page, scratch)
            keys(page, site)
            plan_desk(page)
            year(page, site)
            pages(page, site, FOLDER)
            browser.close()
        finally:
            site.stop()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
