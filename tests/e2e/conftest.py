"""One site for all walks, and a browser that fails on what a visitor's console would show as an error."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e import axe
from tests.e2e.letterbox import Letterbox, opened_letterbox
from tests.e2e.site import Site, browser_path, open_site
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs in pytest's thread


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every walk, so that -m "not e2e" leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


LAST_LINES = 40
"""Of what a process has said, shown below a walk that failed."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Below a walk that failed stands what the installation said last: a fault of its own tells more than the page."""
    report = yield
    held = getattr(item, "funcargs", {}).values() if report.failed else ()
    for opened in (each for each in held if isinstance(each, Site)):
        for log in sorted(opened.data.glob("*.log")):
            lines = [line for line in opened.said(log.stem).splitlines() if " INFO " not in line]
            report.sections.append(
                (f"the last words of {log.stem}", "\n".join(lines[-LAST_LINES:]))
            )
    return report


def pytest_sessionfinish() -> None:
    """What axe has found goes to the file that the page on accessibility reads, where somebody asked for it."""
    if named := os.environ.get(axe.NOTE):
        axe.note(Path(named), today=japan_day(system_clock()))


@pytest.fixture(scope="session")
def letterbox() -> Iterator[Letterbox]:
    """Where the installation's mail arrives."""
    with opened_letterbox() as box:
        yield box


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, letterbox: Letterbox) -> Iterator[Site]:
    """The installation; at the end it must stop in order."""
    opened = open_site(
        tmp_path_factory.mktemp("site"),
        mail=letterbox.address,
        database=os.environ.get("TSUNAGARI_DATABASE_URL", ""),
    )
    yield opened
    codes = opened.stop()
    assert codes == [0] * len(codes), (
        f"a process did not stop in order: {codes}\n{opened.said('serve')}\n{opened.said('worker')}"
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's browser; as root it needs its sandbox off."""
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": browser_path(), "args": args}


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Where page.goto("/") goes."""
    return site.address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in Japan with a desk screen."""
    return {
        **browser_context_args,
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1280, "height": 900},
    }


REFUSED_STYLE = "Applying inline style violates"
"""Wagtail's rich text editor writes rules into the page, which our policy refuses; content/console/editor.css has
them (seen 2026-11-22). Only its own pages are let through."""


@pytest.fixture(autouse=True)
def quiet_console(context: BrowserContext) -> Iterator[None]:
    """No walk may leave an error in the browser's console: a refused style, a missing file, a script's fault."""
    said: list[str] = []
    context.on(
        "console",
        lambda message: (
            said.append(f"{message.page.url if message.page else ''}: {message.text}")
            if message.type == "error"
            else None
        ),
    )
    context.on("weberror", lambda fault: said.append(str(fault.error)))
    yield
    wanted = [
        line
        for line in said
        if "status of 40" not in line and not (REFUSED_STYLE in line and "/console/pages/" in line)
    ]
    assert not wanted, "\n".join(wanted)


@pytest.fixture
def page_without_javascript(browser: Browser, site: Site) -> Iterator[Page]:
    """A visitor whose browser runs no scripts."""
    visitor = browser.new_context(java_script_enabled=False, locale="ja-JP", base_url=site.address)
    yield visitor.new_page()
    visitor.close()
