"""A resident goes over all plans: finds, narrows, follows what became of an old measure, takes the table away."""

import re

from playwright.sync_api import Page, expect

POLICY = "/plan/policy-2024-2028/"
ENDED = "/plan/third-plan-2014-2018/"


def test_she_goes_from_an_ended_plan_to_what_grew_from_it_and_to_its_service(page: Page) -> None:
    page.goto("/plan/")
    page.get_by_role("link", name="第3期地域情報化基本計画").click()
    expect(page).to_have_url(re.compile(f"{ENDED}$"))
    main = page.locator("main")
    expect(main).to_contain_text("計画期間は終わりました")
    expect(main).to_contain_text("年間17,024,067件")
    page.get_by_role("link", name="次の計画：基本方針").click()
    expect(page).to_have_url(re.compile(f"{POLICY}$"))
    page.get_by_role("link", name="ほかの計画と比べる").click()
    row = page.get_by_role("row").filter(has_text="3/7-1").filter(has_text="P/2").first
    row.get_by_role("link", name="情報発信力の強化【ホームページ】").click()
    expect(page).to_have_url(re.compile(f"{POLICY}2/$"))
    page.goto("/plan/measures/")
    row = page.get_by_role("row").filter(has_text="P/2").filter(has_text="ホームページ").first
    expect(row).to_contain_text("自動")
    row.get_by_role("link", name="ホームページ", exact=True).click()
    expect(page).to_have_url(re.compile(r"localhost:\d+/$"))


def test_she_narrows_a_plan_and_takes_the_conditions_away_again(page: Page) -> None:
    page.goto(POLICY)
    page.get_by_label("取組や指標の言葉でさがす").fill("ﾃﾞｼﾞﾀﾙ")
    page.locator("main").get_by_role("button", name="検索").click()
    shown = page.locator(".plan-shown")
    expect(shown).to_contain_text(re.compile("「ﾃﾞｼﾞﾀﾙ」を含む：30件中 [1-9]"))
    page.get_by_text("条件を選んで絞り込む").click()
    page.get_by_role("navigation", name="所管課で絞り込む").get_by_role(
        "link", name=re.compile("情報推進課")
    ).click()
    expect(page).to_have_url(re.compile("q=.*&division=joho-suishin"))
    expect(shown).to_contain_text("情報推進課、「ﾃﾞｼﾞﾀﾙ」を含む")
    page.get_by_role("link", name=re.compile("ﾃﾞｼﾞﾀﾙ.*の条件を外す")).click()
    expect(page).not_to_have_url(re.compile("q="))
    page.get_by_role("link", name="絞り込みをやめてすべて見る").click()
    expect(shown).to_contain_text("30件中 30件を表示")


def test_without_javascript_she_searches_all_plans_and_takes_the_table_away(
    page_without_javascript: Page,
) -> None:
    page = page_without_javascript
    page.goto("/plan/measures/")
    page.get_by_label("取組や指標の言葉でさがす").fill("オープンデータ")
    page.locator("main").get_by_role("button", name="検索").click()
    expect(page.locator(".plan-shown")).to_contain_text("60件中 2件を表示")
    for name, kind in (("この表（CSV）", "text/csv"), ("この表（Excel）", "spreadsheetml")):
        address = page.get_by_role("link", name=name).get_attribute("href")
        assert address
        file = page.request.get(address)
        assert file.ok
        assert kind in file.headers["content-type"]


def test_paper_carries_the_tables_and_no_filters(page: Page) -> None:
    page.emulate_media(media="print")
    for address in (POLICY, ENDED, "/plan/measures/", "/plan/compare/", f"{POLICY}years/2026/"):
        page.goto(address)
        expect(page.locator("main table").first).to_be_visible()
        for part in (".plan-narrow", ".plan-ways", ".ts-navigation", ".ts-breadcrumbs"):
            for found in page.locator(part).all():
                expect(found).to_be_hidden()


def test_a_year_that_no_plan_holds_says_so_and_leads_to_all_plans(page: Page) -> None:
    page.goto(f"{POLICY}years/2099/")
    expect(page.locator("main")).to_contain_text("その年度のアクションプランはありません")
    page.get_by_role("link", name="市の計画の一覧へ").click()
    expect(page).to_have_url(re.compile("/plan/$"))
