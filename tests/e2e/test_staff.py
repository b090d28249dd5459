"""Clerks and the secretariat at work: figures, keys, sessions, and the work behind the pages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import as_clerk, expect_heading, sign_in_clerk
from tests.e2e.site import Site

FIGURES = "/console/figures/mynumber_card.issued/"
AS_THE_OFFICE_WRITES_IT = '年月,交付枚数(累計),備考\r\n令和8年9月,"１７８,４３２枚",\r\n令和8年10月,179 120,速報\r\n'.replace(
    "179 120", "179120"
)
SAID_BY_SCREEN = 179120


@pytest.fixture
def monthly_file(tmp_path: Path) -> Path:
    """The month's figures as a spreadsheet in the office saves them: CP932, full-width digits, a unit, commas."""
    path = tmp_path / "交付枚数.csv"
    path.write_bytes(AS_THE_OFFICE_WRITES_IT.encode("cp932"))
    return path


def test_the_clerk_of_the_citizens_division_loads_the_months_figures(
    page: Page, site: Site, monthly_file: Path
) -> None:
    as_clerk(page, site, "shimin")
    expect(page.locator("main")).to_contain_text("取り込んでください")
    page.goto(FIGURES)
    page.locator("input[type=file]").set_input_files(monthly_file)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.locator("main")).to_contain_text("179,120")
    expect(page.locator("main")).to_contain_text("まだ何も書き換えていません")
    page.get_by_role("button", name="この内容で取り込む").click()
    expect(page.locator("body")).to_contain_text(re.compile("2か月分"))
    page.goto("/plan/policy-2024-2028/1/")
    expect(page.locator("main")).to_contain_text("179,120")
    page.goto(FIGURES)
    page.locator("input[type=file]").set_input_files(monthly_file)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.locator("main")).not_to_contain_text("この内容で取り込む")


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    page: Page, site: Site, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("年月,交付枚数(累計)\n令和8年9月,たくさん\n", encoding="utf-8")
    as_clerk(page, site, "shimin")
    page.goto(FIGURES)
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="内容を確かめる").click()
    expect(page.locator("main")).to_contain_text("たくさん")
    expect(page.locator("main")).to_contain_text(re.compile("2行"))


def test_a_clerk_of_another_division_may_not_load_them(page: Page, site: Site) -> None:
    as_clerk(page, site, "koho")
    answer = page.goto(FIGURES)
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("body")).to_contain_text("別の課が取り込むもの")


def test_the_first_factor_alone_opens_nothing(page: Page, site: Site) -> None:
    page.goto("/console/figures/")
    expect(page).to_have_url(re.compile("/console/account/login/"))


def test_the_secretariat_sees_the_work_behind_the_pages(page: Page, site: Site) -> None:
    as_clerk(page, site, "jimukyoku")
    page.goto("/console/jobs/")
    expect(page.locator("main")).to_contain_text("動いているプロセス")
    expect(page.locator("main")).to_contain_text("止まっている仕事はありません")
    page.goto("/console/audit/")
    expect(page.locator("main tbody")).to_contain_text("ログイン")
    expect(page.locator("main tbody")).not_to_contain_text("identity.")


def test_the_secretariat_makes_a_key_that_loads_figures_and_stops_it(
    page: Page, site: Site
) -> None:
    as_clerk(page, site, "jimukyoku")
    page.goto("/console/keys/new/")
    page.get_by_label("課", exact=False).first.select_option("shimin")
    page.get_by_label("使い道", exact=False).first.fill("マイナンバーカードの月次集計")
    page.locator("main form button[type=submit]").last.click()
    key = page.locator("main code").first.inner_text()
    address = f"{site.address}/api/meters/mynumber_card.issued/figures"
    body = "年月,交付枚数(累計)\n2026-08,177001\n".encode()
    loaded = page.request.post(
        address, data=body, headers={"Authorization": f"Bearer {key}", "Content-Type": "text/csv"}
    )
    assert loaded.status == 200, loaded.text()
    page.goto("/console/keys/")
    page.get_by_role("link", name="止める").first.click()
    page.get_by_role("button", name="鍵を止める").click()
    refused = page.request.post(
        address, data=body, headers={"Authorization": f"Bearer {key}", "Content-Type": "text/csv"}
    )
    assert refused.status == 401


def test_a_session_left_open_elsewhere_is_ended_from_here(
    page: Page, browser: Browser, site: Site
) -> None:
    elsewhere = browser.new_context(base_url=site.address, locale="ja-JP")
    forgotten = elsewhere.new_page()
    sign_in_clerk(forgotten, site, "kanri")
    sign_in_clerk(page, site, "kanri")
    page.goto("/console/account/sessions/")
    page.get_by_role("button", name=re.compile("ほかの端末をすべて")).click()
    forgotten.goto("/console/")
    expect(forgotten).to_have_url(re.compile("/console/account/login/"))
    elsewhere.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_console_has_its_menu_without_javascript(
    page: Page, page_without_javascript: Page, site: Site, width: int
) -> None:
    as_clerk(page, site, "jimukyoku")
    plain = page_without_javascript
    plain.context.add_cookies([{**each} for each in page.context.cookies()])
    plain.set_viewport_size({"width": width, "height": 800})
    plain.goto("/console/")
    expect(plain.get_by_text("JavaScript is required")).to_be_hidden()
    menu = plain.get_by_role("navigation", name="メニュー")
    menu.get_by_role("link", name="年度の進行").click()
    expect_heading(plain, "年度の進行")
