"""A whole fiscal year, as those live it who do the work: secretariat, two divisions, the committee, a resident."""

import re
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.axe import findings, widest
from tests.e2e.letterbox import Letterbox
from tests.e2e.people import as_clerk
from tests.e2e.site import Site

PLAN: Final = "policy-2024-2028"
YEAR: Final = f"/console/year/{PLAN}/2025/"
REPORT: Final = f"/reports/{PLAN}/2025/"
SIZES = ({"width": 360, "height": 780}, {"width": 1280, "height": 900})
PLANNED = "おくやみ窓口を、予約なしでも使えるようにします。"
DONE = "予約なしの窓口を、10月から週3日開きました。"
OPINION = "予約なしで待った時間も、来年は教えてください。"
ANSWER = "待ち時間を受付システムで数え、次の年度の報告に載せます。"


def says(page: Page, words: str) -> None:
    """The screen tells these words."""
    expect(page.locator("body")).to_contain_text(words)


def save(page: Page, part: str = "") -> None:
    """Save a sheet, and hand a part in."""
    words = f"保存して「{part}」を提出する" if part else "保存する"
    page.get_by_role("button", name=words, exact=True).click()


def move_on(page: Page, phase: str, why: str = "") -> None:
    """The secretariat moves the year on."""
    page.goto(YEAR)
    page.get_by_label("理由").fill(why)
    page.get_by_role("button", name=f"「{phase}」に進める").click()
    says(page, f"「{phase}」の段階に移しました。")


def review(page: Page, number: str, verdict: str, why: str = "") -> None:
    """The secretariat accepts a sheet's part, or gives it back."""
    page.goto(f"{YEAR}sheets/{number}/")
    page.get_by_label("課へのことば").first.fill(why)
    page.get_by_role("button", name=re.compile(f"^{verdict}")).first.click()
    says(page, "受理しました。" if verdict == "受理する" else "差し戻しました。")


def looked_at(page: Page, *addresses: str) -> list[str]:
    """What axe finds on screens, on a phone and on a desk, and what reaches beyond their edge."""
    found = []
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for size in SIZES:
            page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
            found += [*findings(page), *(f"wide: {page.url}: {each}" for each in widest(page))]
    return found


@pytest.fixture
def console(page: Page, site: Site) -> Page:
    """A browser whose windows are a desk's again."""
    page.set_viewport_size({"width": 1280, "height": 900})
    as_clerk(page, site, "jimukyoku")
    return page


def test_a_whole_fiscal_year(
    console: Page, site: Site, letterbox: Letterbox, tmp_path: Path, page_without_javascript: Page
) -> None:
    _plan(console, site, letterbox)
    _run(console, site, page_without_javascript, tmp_path)
    _check(console, site)
    _hear_the_committee(console, site)
    _act(console)
    _publish(console, page_without_javascript)


def _plan(page: Page, site: Site, letterbox: Letterbox) -> None:
    """The year is opened; two divisions plan; one is sent back, mends, and is accepted; one is reminded."""
    page.goto("/console/year/")
    page.get_by_label("計画と年度").select_option(label="基本方針 令和7年度")
    page.get_by_role("button", name="年度を開く").click()
    says(page, "令和7年度を開きました。")
    says(page, "全30件のうち 30件")
    found = looked_at(page, "/console/year/", YEAR, f"{YEAR}settings/", f"{YEAR}sheets/6/")
    as_clerk(page, site, "shimin")
    page.goto("/console/")
    says(page, "書く調書が")
    page.goto(YEAR)
    expect(page.get_by_role("link", name="地域情報化")).to_have_count(0)
    page.get_by_role("link", name=re.compile("おくやみ窓口")).click()
    page.get_by_label("今年度に取り組むこと").fill(PLANNED)
    page.get_by_label("予算額").fill("120千円")
    save(page, "計画")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("[autofocus]")).to_have_count(1)
    found += findings(page)
    page.get_by_label("予算額").fill("１，２００，０００")
    save(page, "計画")
    says(page, "「計画」を提出しました。")
    found += looked_at(page, YEAR, f"{YEAR}sheets/6/", f"{YEAR}load/")
    as_clerk(page, site, "koho")
    page.goto(f"{YEAR}sheets/6/")
    says(page, "見つかりません")
    page.goto(f"{YEAR}sheets/2/")
    page.get_by_label("今年度に取り組むこと").fill("ホームページの言葉を、やさしくします。")
    save(page, "計画")
    as_clerk(page, site, "jimukyoku")
    review(page, "2", "受理する")
    review(page, "6", "差し戻す", "いつから始めるかを書いてください。")
    as_clerk(page, site, "shimin")
    page.goto("/console/")
    says(page, "差し戻された調書が1件あります")
    page.goto(f"{YEAR}sheets/6/")
    says(page, "いつから始めるかを書いてください。")
    page.get_by_label("今年度に取り組むこと").fill(f"{PLANNED}10月からです。")
    save(page, "計画")
    as_clerk(page, site, "jimukyoku")
    review(page, "6", "受理する")
    page.goto(YEAR)
    row = page.get_by_role("row").filter(has_text="市民課").first
    row.get_by_role("button", name=re.compile("を知らせる")).click()
    says(page, "お知らせのメールを送ります。")
    letter = letterbox.letter_to("shimin@city.example.jp", "令和7年度「計画」")
    body = letter.get_content()
    assert "P/7" in body
    assert "おくやみ" not in body
    assert YEAR in body
    assert not found, "\n".join(found)


def _run(page: Page, site: Site, resident: Page, tmp_path: Path) -> None:
    """What was accepted is public; a division keeps its quarters by a workbook."""
    page.goto(YEAR)
    page.get_by_role("button", name="「実施中」に進める").click()
    says(page, "まだ受理していない調書が28件あります")
    move_on(page, "実施中", "あとの課は口頭で確かめた")
    resident.goto(f"/plan/{PLAN}/years/2025/")
    expect(resident.locator("main")).to_contain_text(PLANNED)
    as_clerk(page, site, "shimin")
    page.goto(YEAR)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excelに書き出す").click()
    file = tmp_path / "chosho.xlsx"
    coming.value.save_as(file)
    _fill(file, "第1四半期", "窓口の職員3人に、研修をしました。")
    page.goto(f"{YEAR}load/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="内容を確かめる").click()
    says(page, "窓口の職員3人に、研修をしました。")
    page.get_by_role("button", name="この内容で読み込む").click()
    page.goto(f"{YEAR}sheets/6/")
    expect(page.locator("#id_q1_note")).to_have_value("窓口の職員3人に、研修をしました。")


def _fill(file: Path, quarter: str, words: str) -> None:
    """Write what was done in a quarter into the sheet of measure 6, where its row is white."""
    book = load_workbook(file)
    sheet = next(each for each in book.worksheets if "おくやみ" in each.title)
    row = next(
        row
        for row in sheet.iter_rows()
        if any(quarter in str(cell.value) and "実施したこと" in str(cell.value) for cell in row)
    )
    next(cell for cell in row if not cell.protection.locked).value = words
    book.save(file)


def _check(page: Page, site: Site) -> None:
    """Divisions check: what is missing is said, a result is entered, the sheet handed in and accepted."""
    as_clerk(page, site, "jimukyoku")
    move_on(page, "点検・評価")
    as_clerk(page, site, "shimin")
    page.goto(f"{YEAR}sheets/6/")
    page.get_by_label("1年間に実施したこと").fill(DONE)
    page.get_by_label("決算額").fill("980,000円")
    page.get_by_label("人工（にんく）").fill("0.5")
    page.get_by_label("自己評価").select_option("B")
    page.get_by_label("評価の理由と課題").fill("利用は増えたが、待ち時間がのびた。")
    page.get_by_label("次の年度に取り組むこと").fill("待ち時間を数え、窓口を増やします。")
    save(page, "点検・評価")
    says(page, "実績のない指標があります")
    page.get_by_role("link", name=re.compile("^実績を入力する")).first.click()
    page.get_by_label("実績（件）").fill("705")
    page.get_by_label("確定", exact=True).check()
    page.get_by_label("出どころ").fill("窓口受付簿の集計")
    page.get_by_role("button", name="登録する").click()
    says(page, "実績を登録しました")
    page.goto(f"{YEAR}sheets/6/")
    says(page, "705")
    save(page, "点検・評価")
    says(page, "「点検・評価」を提出しました。")
    as_clerk(page, site, "koho")
    page.goto(f"{YEAR}sheets/2/")
    page.get_by_label("1年間に実施したこと").fill("言葉の手引きを作りました。")
    page.get_by_label("自己評価").select_option("A")
    page.get_by_label("評価の理由と課題").fill("閲覧数が増えました。")
    page.get_by_label("実績を出せない理由").fill("前の仕組みの数値を確かめています。")
    save(page, "点検・評価")
    as_clerk(page, site, "jimukyoku")
    review(page, "6", "受理する")
    review(page, "2", "受理する")
    move_on(page, "委員会の意見", "残りは事務局が確かめた")


def _hear_the_committee(page: Page, site: Site) -> None:
    """A member reads every sheet, writes nothing but an opinion; the secretariat answers."""
    as_clerk(page, site, "iin")
    page.goto(YEAR)
    page.get_by_role("link", name=re.compile("おくやみ窓口")).click()
    expect(page.get_by_role("button", name="保存する", exact=True)).to_have_count(0)
    page.get_by_label("新しい意見").fill(OPINION)
    page.get_by_role("button", name="意見を保存する").click()
    says(page, OPINION)
    found = looked_at(page, YEAR, f"{YEAR}sheets/6/", f"{YEAR}for/mayor/")
    as_clerk(page, site, "jimukyoku")
    page.goto(f"{YEAR}sheets/6/")
    page.get_by_text("回答を書く").click()
    page.get_by_label("市の回答").fill(ANSWER)
    page.get_by_role("button", name="回答を保存する").click()
    says(page, ANSWER)
    move_on(page, "見直し")
    assert not found, "\n".join(found)


def _act(page: Page) -> None:
    """One measure is improved with a new target, the others go on; the plan follows."""
    page.goto(f"{YEAR}decisions/measures/6/")
    page.get_by_label(re.compile("^見直し")).check()
    page.get_by_label("決定の理由").fill("待ち時間を減らすため")
    save(page)
    says(page, "決定を保存しました。")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="選んだ取組を「継続」にする").click()
    page.goto(f"{YEAR}decisions/")
    says(page, "決めていない取組 0件")
    page.get_by_role("link", name="反映する内容を確かめる").click()
    page.get_by_role("button", name="計画に反映する").click()
    says(page, "反映")
    found = looked_at(
        page,
        f"{YEAR}decisions/",
        f"{YEAR}candidates/",
        f"{YEAR}hints/",
        f"{YEAR}inquiries/",
        f"{YEAR}for/mayor/",
        "/console/year/question/",
        f"{YEAR}freeze/",
    )
    assert not found, "\n".join(found)


def _publish(page: Page, resident: Page) -> None:
    """The year is frozen, residents read it; an erratum stands beside what was published."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{YEAR}freeze/")
    page.get_by_label("足りないものがあるまま確定する理由").fill("残りの調書は様式の外で確かめた")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="確定して公表する").click()
    resident.goto(REPORT)
    expect(resident.locator("main")).to_contain_text("おくやみ窓口")
    resident.goto(f"{REPORT}6/")
    for words in (DONE, "980,000", "705", OPINION, ANSWER, "待ち時間を減らすため"):
        expect(resident.locator("main")).to_contain_text(words)
    page.goto(f"{YEAR}errata/")
    page.get_by_label("直す取組").select_option("6")
    page.get_by_role("button", name="直すところを選ぶ").click()
    page.get_by_label("決算額").fill("890000")
    page.get_by_role("button", name="直したところを確かめる").click()
    page.get_by_label("訂正する理由").fill("桁を写しまちがえたため")
    page.get_by_role("button", name="正誤を公表する").click()
    resident.goto(f"{REPORT}6/")
    expect(resident.locator("main")).to_contain_text("890,000")
    resident.goto(f"{REPORT}6/?version=1")
    expect(resident.locator("main")).to_contain_text("980,000")
    page.goto(YEAR)
    expect(page.get_by_role("button", name=re.compile("進める|戻す"))).to_have_count(0)
    found = looked_at(page, YEAR, f"{YEAR}errata/", "/reports/", REPORT, f"{REPORT}6/")
    assert not found, "\n".join(found)
