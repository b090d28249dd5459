"""Somebody's first page: with a table and a picture, by what the screen says alone, on a desk and on a phone."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import as_clerk
from tests.e2e.site import Site

SIZES = {"desk": (1280, 900), "phone": (360, 780)}
CELLS = ("年齢", "料金", "", "大人", "500円", "", "子ども", "100円", "")
MOST = 45
"""Presses and fields, from the start page to the published page, all three people together."""

TOPIC = """
from tsunagari.engines.content.models import TopicPage
from wagtail.models import Site
home = Site.objects.get().root_page.specific
if not TopicPage.objects.filter(slug="kurashi").exists():
    page = home.add_child(instance=TopicPage(title="くらし", slug="kurashi", division="shimin"))
    page.save_revision().publish()
"""


class Newcomer:
    """Somebody who does only what stands on the screen; counts what it takes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done = 0

    def press(self, words: str, role: str = "button", *, last: bool = False) -> None:
        """Press what bears these words, which may be the first of more."""
        found = self.page.get_by_role(role, name=re.compile(f"^{words}"))  # type: ignore[arg-type]
        (found.last if last else found.first).click()
        self.done += 1

    def fill(self, label: str, words: str) -> None:
        """Write into the field with this label."""
        self.page.get_by_role("textbox", name=re.compile(f"^{label}")).last.fill(words)
        self.done += 1

    def add(self, block: str) -> None:
        """Add a block at the end of the page."""
        self.press("ブロックを入れる", last=True)
        self.press(block, "option")


def _picture(title: str) -> bytes:
    """A picture of its own for each title: the same one twice would be asked about."""
    file = BytesIO()
    Image.new("RGB", (640, 480), (40, 20 * len(title) % 256, 200)).save(file, "JPEG")
    return file.getvalue()


def _table(clerk: Newcomer) -> None:
    clerk.add("表")
    cells = clerk.page.locator(".ht_master td:visible")
    for number, words in enumerate(CELLS):
        if words:
            cells.nth(number).dblclick()
            clerk.page.keyboard.insert_text(words)
            clerk.page.keyboard.press("Enter")
            clerk.done += 1
    clerk.press("列を消す")
    expect(cells).to_have_count(6)
    clerk.page.get_by_label("見出しのセル").select_option(label="1行目が見出し")
    clerk.fill("表の題名", "市民プールの料金")


def _put_picture(clerk: Newcomer, title: str) -> None:
    clerk.add("画像")
    clerk.press("画像を選択")
    clerk.press("アップロード", "tab")
    file = {"name": "pool.jpg", "mimeType": "image/jpeg", "buffer": _picture(title)}
    clerk.page.get_by_role("dialog").get_by_label("ファイル").set_input_files(file)  # type: ignore[arg-type]
    clerk.fill("タイトル", title)
    clerk.press("アップロード")
    expect(clerk.page.get_by_role("dialog")).to_have_count(0)
    clerk.fill("画像の内容を言葉で", "青い水をたたえた市民プール")


def _write(clerk: Newcomer, title: str) -> None:
    clerk.press("くらし", "link")
    clerk.press("ページ[ .]", "link")
    clerk.fill("題名", title)
    clerk.fill("要約", "夏休みに使える市民プールの料金と写真をまとめました。")
    clerk.add("本文")
    clerk.fill("本文", "市民プールの料金は、年齢で変わります。")
    _table(clerk)
    _put_picture(clerk, title)
    expect(clerk.page.locator("[data-said]")).to_have_text(
        "直すところは見つかりませんでした", timeout=15000
    )
    clerk.press("他のアクション")
    clerk.press("公開の承認に提出する")
    expect(clerk.page.locator(".messages")).to_contain_text(f"「{title}」の承認を申請しました")


def _approve(decider: Newcomer, title: str, words: str) -> None:
    decider.page.goto("/console/")
    row = decider.page.get_by_role("listitem").filter(has_text=title)
    row.get_by_role("link", name="確かめて決める").click()
    decider.press("他のアクション")
    decider.press(words)
    expect(decider.page.locator(".messages")).to_be_visible()
    decider.done += 1


@pytest.fixture
def person(
    browser: Browser, site: Site, request: pytest.FixtureRequest
) -> Callable[[str, str], Newcomer]:
    """Somebody at her own browser, of one of the sizes."""

    def opened(login: str, size: str) -> Newcomer:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=site.address,
            locale="ja-JP",
            viewport={"width": width, "height": height},
            has_touch=size == "phone",
        )
        request.addfinalizer(context.close)
        page = context.new_page()
        as_clerk(page, site, login)
        return Newcomer(page)

    return opened


@pytest.mark.parametrize("size", list(SIZES))
def test_a_first_page_is_published(
    size: str, page: Page, site: Site, person: Callable[[str, str], Newcomer]
) -> None:
    site.run("shell", "-v", "0", "-c", TOPIC)
    title = f"夏休みの市民プールの料金（{size}）"
    clerk, head, office = (person(login, size) for login in ("shimin", "kacho", "koho"))
    clerk.page.goto("/console/")
    _write(clerk, title)
    _approve(head, title, "承認する")
    _approve(office, title, "承認すると公開")
    done = clerk.done + head.done + office.done
    assert done <= MOST, f"it took {done} presses and fields"
    page.goto("/kurashi/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("columnheader", name="料金")).to_be_visible()
    expect(page.get_by_role("cell", name="500円")).to_be_visible()
    expect(page.get_by_role("img", name="青い水をたたえた市民プール")).to_be_visible()
