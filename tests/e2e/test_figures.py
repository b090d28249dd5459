"""A clerk enters a result with its evidence; residents see it at once and can open what it rests on."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.axe import findings, widest
from tests.e2e.people import as_clerk
from tests.e2e.site import Site

LIST = "/console/plan-figures/"
SIZES = ({"width": 360, "height": 780}, {"width": 1280, "height": 900})
PAPER = b"%PDF-1.7\nthe counter's register, added up"


def test_a_clerk_enters_a_figure_and_the_public_page_moves(
    page: Page, site: Site, tmp_path: Path
) -> None:
    paper = tmp_path / "窓口の集計.pdf"
    paper.write_bytes(PAPER)
    as_clerk(page, site, "shimin")
    page.goto("/console/")
    expect(page.locator("main")).to_contain_text("まだ入力されていません")
    page.get_by_role("link", name="実績を入力する").first.click()
    page.get_by_role("link", name=re.compile("P.7 ")).click()
    page.get_by_label("実績（件）").fill("３，９００件")
    page.get_by_label("確定", exact=True).check()
    page.get_by_label("出どころ").fill("窓口システムの集計")
    page.locator("input[type=file]").set_input_files(paper)
    page.get_by_label("資料の題名").fill("令和7年度 窓口の利用件数")
    page.get_by_label("だれでも").check()
    page.get_by_role("button", name="登録する").click()
    expect(page.locator("body")).to_contain_text("実績を登録しました（3,900件）")
    page.goto("/plan/policy-2024-2028/7/")
    expect(page.locator("main")).to_contain_text("3,900")
    expect(page.locator("main")).to_contain_text("窓口システムの集計")
    with page.expect_download() as coming:
        page.get_by_role("link", name="令和7年度 窓口の利用件数").click()
    assert Path(coming.value.path()).read_bytes() == PAPER
    assert coming.value.suggested_filename == "窓口の集計.pdf"


def test_the_screens_of_figures_are_usable_on_any_screen(page: Page, site: Site) -> None:
    as_clerk(page, site, "jimukyoku")
    page.goto(LIST)
    page.get_by_role("link", name=re.compile("P.10 ")).click()
    entering = page.url
    page.get_by_role("button", name="登録する").click()
    expect(page.locator("#error-summary")).to_be_focused()
    found = [*_findings(page)]
    for address in (LIST, f"{LIST}load/", re.sub(r"\d{4}/$", "", entering), entering):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found += _findings(page)
    assert not found, "\n".join(found)


def _findings(page: Page) -> list[str]:
    found = []
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        found += [*findings(page), *(f"wide: {each}" for each in widest(page))]
    return found
