"""The pictures of the handbook's chapters on pages: how they are written, approved, looked after, and questions answered.

Taken by `bin/pictures`; `page` is in the site of the trial, whose pages pages_lived.py has written.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.people import sign_in_clerk
from tests.e2e.site import ROOT, Site
from tests.e2e.test_editor import FROM_EXCEL, PASTE

Take = Callable[[str], object]
HEIGHT = 1000
FADING = 700
"""Milliseconds until menus and dialogs stand there whole."""
LOOKED_AFTER = (
    ("care-links", "/console/page-links/"),
    ("care-reviews", "/console/page-reviews/"),
)
OF_THE_OFFICE = (
    ("care-words", "/console/page-words/"),
    ("care-former", "/console/page-former/"),
    ("care-succession", "/console/page-succession/?before=shimin&after=hisho-koho"),
    ("questions", "/console/questions/"),
)


def pages(page: Page, site: Site, folder: Path) -> None:
    """All of them: a clerk writes and looks after, her head decides, the office of the website looks after the rest."""
    site.run("content", "load")
    site.run("shell", "-c", _words("lived()"))

    def take(name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(FADING)
        page.screenshot(path=folder / f"{name}.png")

    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    _as(page, site, "shimin")
    _written(page, site, take)
    _looked_after(page, take)
    _as(page, site, "kacho")
    _decided(page, site, take)
    _as(page, site, "koho")
    for name, address in OF_THE_OFFICE:
        page.goto(address)
        take(name)


def _words(call: str) -> str:
    return f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.e2e.pages_lived import *; {call}"


def _key(site: Site, words: str) -> str:
    """What a line of Python says inside the installation."""
    return site.run("shell", "-v", "0", "-c", _words(f"print({words})")).strip().splitlines()[-1]


def _as(page: Page, site: Site, login: str) -> None:
    page.context.clear_cookies()
    sign_in_clerk(page, site, login)


def _written(page: Page, site: Site, take: Take) -> None:
    """A page from its beginning to the button that asks for approval."""
    page.goto(f"/console/pages/add/content/articlepage/{_key(site, 'topic().pk')}/")
    page.locator("#id_title").fill("住民票の写しの取り方")
    page.locator("#id_summary").fill("住民票の写しを、どこで、いくらで取れるかをまとめました。")
    take("page-write")
    page.locator("#body-root .c-sf-add-button").first.click()
    page.get_by_role("option", name=re.compile("^本文")).first.wait_for()
    take("page-blocks")
    page.get_by_role("option", name=re.compile("^本文")).first.click()
    text = "#body-root .public-DraftEditor-content"
    page.wait_for_selector(text)
    page.evaluate(PASTE, [text, FROM_EXCEL])
    page.locator(".ts-pasted").wait_for()
    page.get_by_text("公開できない問題 2").wait_for()
    page.keyboard.press("F8")
    page.locator(".ts-pasted").scroll_into_view_if_needed()
    take("page-faults")
    page.get_by_role("tab", name="分類と公開").click()
    page.evaluate("scrollTo(0, 0)")
    take("page-sorting")
    page.locator("footer button[aria-expanded]").last.click()
    take("page-submit")
    page.goto("about:blank")
    key = _key(site, "ArticlePage.objects.get(slug='konzatsu').pk")
    page.goto(f"/console/page-languages/{key}/")
    take("page-languages")


def _looked_after(page: Page, take: Take) -> None:
    """What was found on her division's pages, and many mended at once."""
    page.goto("/console/page-check/")
    take("care-check")
    row = page.get_by_role("row").filter(has_text="半角カナ")
    row.get_by_role("button", name=re.compile("まとめて直す")).click()
    for _second in range(60):
        page.wait_for_load_state("networkidle")
        if page.get_by_role("button", name="下書きとして直す").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    take("care-mend")
    for name, address in LOOKED_AFTER:
        page.goto(address)
        take(name)


def _decided(page: Page, site: Site, take: Take) -> None:
    """What waits for the head, how it is decided, who stands in, and what is checked afterwards."""
    page.goto("/console/")
    take("approve-start")
    waiting = _key(site, "ArticlePage.objects.get(slug='tenshutsu-yubin').pk")
    page.goto(f"/console/pages/{waiting}/edit/")
    page.locator("footer button[aria-expanded]").last.click()
    take("approve-decide")
    page.get_by_role("button", name="差し戻す").first.click()
    page.get_by_role("dialog").last.wait_for()
    take("approve-return")
    page.goto("/console/page-deputies/")
    take("approve-deputies")
    page.goto(f"/console/page-later/{_key(site, 'LaterCheck.objects.get().public_id')}/")
    take("approve-later")
