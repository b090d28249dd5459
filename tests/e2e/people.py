"""What people do in the browser, in their own words."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.site import Site

PASSWORD = re.compile(r"パスワードはすべて (\S+)）")


def demo_password(site: Site) -> str:
    """The password that the trial's accounts share, as bin/up prints it."""
    found = PASSWORD.search((site.data / "demo-accounts.txt").read_text(encoding="utf-8"))
    assert found, "demo_accounts does not print its password any more"
    return found[1]


def as_clerk(page: Page, site: Site, login: str) -> None:
    """Be this clerk: by the session kept from her first sign-in, or by signing in."""
    kept = site.sessions.get(login)
    page.context.clear_cookies()
    if kept is None:
        sign_in_clerk(page, site, login)
        site.sessions[login] = page.context.cookies()
        return
    page.context.add_cookies([{**cookie} for cookie in kept])
    page.goto("/console/")


def sign_in_clerk(
    page: Page, site: Site, login: str, *, before_code: Callable[[], object] = lambda: None
) -> None:
    """Enter by the staff's door with password and one-time code."""
    page.goto("/console/")
    page.get_by_label("ログイン名").first.fill(login)
    page.get_by_label("パスワード", exact=False).first.fill(demo_password(site))
    page.get_by_role("button", name="ログインする", exact=True).click()
    page.wait_for_url("**/2fa/**")
    before_code()
    page.get_by_label("6桁の番号").first.fill(_unused_code(site, login))
    page.get_by_role("button", name="ログインする", exact=True).click()
    page.wait_for_url(re.compile("/console/(?!account/)"))


def _unused_code(site: Site, login: str) -> str:
    """The next code that this clerk has not given yet: each opens the door once."""
    until = time.monotonic() + 70
    while time.monotonic() < until:
        code = site.run("demo_code", login).strip().splitlines()[-1]
        if (login, code) not in site.codes:
            site.codes.add((login, code))
            return code
        time.sleep(1)
    raise AssertionError(f"{login}'s code does not change any more")


def as_resident(page: Page, site: Site) -> None:
    """Be the resident of the trial, signed in with her password."""
    page.goto("/account/login/")
    page.get_by_label("メールアドレス").fill("hanako@example.jp")
    page.get_by_label("パスワード", exact=False).first.fill(demo_password(site))
    page.get_by_role("button", name="ログインする", exact=True).click()
    page.wait_for_url(re.compile("/account/$"))


def figure_on(page: Page) -> int:
    """The large figure of a meter's page, as a whole number; 0 where it says that there is none yet."""
    text = page.locator("main").inner_text()
    found = re.search(r"([\d,]+)\s*件", text)
    return int(found[1].replace(",", "")) if found else 0


def expect_heading(page: Page, words: str) -> None:
    """The page's own heading holds these words."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
