"""A clerk writes a page: what she pastes from Excel and Word becomes plain, what is wrong is shown and mended where it stands."""

import re

from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import findings, widest
from tests.e2e.people import as_clerk
from tests.e2e.site import Site

FROM_EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><body>
<p class=MsoNormal style="color:blue">令和８年４月１日から ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞで取れます。</p>
<p class=MsoNormal>くわしくは<a href="https://www.example.jp/juminhyo/">こちら</a></p>
<table><tr><td>証明書</td><td>手数料</td></tr><tr><td>住民票の写し</td><td>３００円</td></tr></table>
<script>document.title = "stolen"</script></body></html>"""
PASTE = """([selector, html]) => {
    const element = document.querySelector(selector);
    element.focus();
    const clipboard = new DataTransfer();
    clipboard.setData("text/html", html);
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
UNDERLINED = "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())"
SHEET = "住民票の写し"


def _home(site: Site) -> str:
    """The key of the Japanese home."""
    words = "from wagtail.models import Site; print(Site.objects.get().root_page_id)"
    return site.run("shell", "-v", "0", "-c", words).strip().splitlines()[-1]


def _write(page: Page, site: Site) -> None:
    page.goto(f"/console/pages/add/content/articlepage/{_home(site)}/")
    said = page.locator("[data-faults-bar] [data-said]")
    expect(said).to_have_text("書き始めると、ここで文章を調べます。")
    assert page.locator("[data-fault]").count() == 0
    page.locator("#id_title").fill("住民票の写しの取り方")
    page.locator("#id_summary").fill("住民票の写しを、どこで、いくらで取れるかをまとめました。")
    page.locator("#body-root .c-sf-add-button").first.click()
    page.get_by_role("option", name=re.compile("^本文")).first.click()
    page.wait_for_selector("#body-root .public-DraftEditor-content")
    page.evaluate(PASTE, ["#body-root .public-DraftEditor-content", FROM_EXCEL])


def _fault(page: Page, words: str) -> None:
    """The fault with these words has the focus: by the key that leads from one to the next."""
    for _number in range(10):
        page.keyboard.press("F8")
        if words in (page.locator("[data-fault]:focus").text_content() or ""):
            return
    raise AssertionError(f"F8 leads to no fault with {words}")


def _marked(page: Page) -> list[str]:
    """The blocks in whose head it is said how much is wrong: one mark in each, however often the page was checked."""
    script = "() => [...new Set([...document.querySelectorAll('.ts-mark')].map(mark => mark.closest('.w-panel').id))]"
    return [str(each) for each in page.evaluate(script)]


def test_a_clerk_writes_mends_and_submits(page: Page, site: Site) -> None:
    as_clerk(page, site, "shimin")
    _write(page, site)
    said = page.locator("[data-faults-bar] [data-said]")
    pasted = page.locator(".ts-pasted")
    expect(pasted).to_contain_text("半角カナ・全角英数字・機種依存文字", timeout=15000)
    expect(said).to_contain_text("公開できない問題 2", timeout=15000)
    expect(page.locator("[id$=-handsontable-container]")).to_contain_text("300円")
    assert page.title() != "stolen"
    assert page.evaluate(UNDERLINED, "ts-stops") == ["こちら"]
    _fault(page, "見出しの行も列も")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="1行目を見出しにする")).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("公開できない問題 1", timeout=15000)
    expect(page.locator("select[name='table-header-choice']")).to_have_value("row")
    for width, height in ((1280, 900), (360, 780)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(1000)  # Wagtail's panels slide to their places
        found = findings(page)
        assert not found, "\n".join(found)
        assert not widest(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".ts-mark").count() == len(_marked(page))
    _submit(page)
    expect(page.locator(".messages")).to_contain_text("下書きとして保存しました")
    expect(page.locator(".messages")).to_contain_text("開く先が分かりません")
    _mend_the_link(page)
    expect(said).not_to_contain_text("公開できない", timeout=15000)
    _submit(page)
    expect(page.locator(".messages")).not_to_contain_text("公開の前に直すところ")
    expect(page.locator("body")).to_contain_text("住民票の写しの取り方")


def _pages_called(site: Site, title: str) -> int:
    words = f"from wagtail.models import Page; print(Page.objects.filter(title='{title}').count())"
    return int(site.run("shell", "-v", "0", "-c", words).strip().splitlines()[-1])


def test_a_new_page_sent_while_it_is_saved_by_itself_is_there_once(page: Page, site: Site) -> None:
    as_clerk(page, site, "shimin")
    held: list[Route] = []

    def hold(route: Route) -> None:
        own = route.request.headers.get("accept") == "application/json" and not held
        held.append(route) if own else route.continue_()

    page.route("**/console/pages/add/**", hold)
    page.goto(f"/console/pages/add/content/articlepage/{_home(site)}/")
    page.locator("#id_title").fill("市民プールの休み")
    for number in range(
        20
    ):  # in its first seconds the editor takes what is typed for what was there
        page.locator("#id_summary").fill(f"市民プールが休みの日を{number}つ示します。")
        page.locator("#id_title").focus()
        page.wait_for_timeout(1000)
        if held:
            break
    assert held, "nothing was saved by itself"
    page.locator("footer button[aria-expanded]").last.click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_timeout(1000)
    assert "/pages/add/" in page.url
    held[0].continue_()
    expect(page.locator(".messages")).to_contain_text("「市民プールの休み」の承認を申請しました")
    assert _pages_called(site, "市民プールの休み") == 1


def _submit(page: Page) -> None:
    page.locator("footer button[aria-expanded]").last.click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_load_state("networkidle")


def _mend_the_link(page: Page) -> None:
    """By hand: the words of the link say where it leads."""
    editor = page.locator("#body-root .public-DraftEditor-content")
    editor.locator("a").first.wait_for()
    editor.focus()
    page.wait_for_timeout(500)  # on its first focus the editor puts back the place that it knew
    page.evaluate(
        """() => {
            const text = document.querySelector("#body-root .public-DraftEditor-content a [data-text=true]").firstChild;
            getSelection().setBaseAndExtent(text, 0, text, text.data.length);
        }"""
    )
    page.wait_for_timeout(100)  # the editor hears of a selection after it was made
    page.keyboard.insert_text("住民票の写しの申請書")
