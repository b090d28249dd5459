"""axe on each main page, on a phone and on a desk, in both languages; and nothing that scrolls sideways."""

import pytest
from playwright.sync_api import Page

from tests.e2e import axe
from tests.e2e.people import as_clerk, as_resident
from tests.e2e.site import Site

PUBLIC = (
    "/",
    "/plan/",
    "/plan/measures/",
    "/plan/measures/?how=metered",
    "/plan/compare/",
    "/plan/drivers/",
    "/plan/assets/",
    "/plan/policy-2024-2028/",
    "/plan/policy-2024-2028/?status=pending",
    "/plan/policy-2024-2028/?q=nowhere&status=nothing",
    "/plan/policy-2024-2028/fields/study/",
    "/plan/policy-2024-2028/years/2026/",
    "/plan/third-plan-2014-2018/",
    "/plan/third-plan-2014-2018/fields/education/",
    "/plan/third-plan-2014-2018/viewpoints/mobile/",
    "/plan/policy-2024-2028/1/",
    "/plan/policy-2024-2028/2/",
    "/plan/policy-2024-2028/3/",
    "/plan/policy-2024-2028/13/",
    "/meters/",
    "/meters/website.page_views/",
    "/meters/mynumber_card.issued/",
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/account/password/reset/",
    "/console/account/login/",
    "/emergency/",
    "/accessibility/",
    "/faq/ask/",
    "/search/",
    "/search/?q=計画",
    "/search/?q=xqzzy",
    "/no/such/page/",
)
STAFF = (
    "/console/",
    "/console/figures/",
    "/console/figures/mynumber_card.issued/",
    "/console/jobs/",
    "/console/audit/",
    "/console/keys/",
    "/console/keys/new/",
    "/console/search-words/",
    "/console/search-words/?show=all",
    "/console/search-synonyms/",
    "/console/search-own-words/",
    "/console/posts/",
    "/console/nowhere/",
    "/console/account/",
    "/console/account/sessions/",
    "/console/account/2fa/",
)


ADMINISTRATOR = (
    "/console/clerks/",
    "/console/clerks/new/",
    "/console/jobs/",
    "/console/audit/",
    "/console/audit/?person=nobody",
)
RESIDENT = (
    "/account/",
    "/account/profile/",
    "/account/email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/3rdparty/",
    "/account/erase/",
    "/account/logout/",
)


def _in_order(page: Page, addresses: tuple[str, ...], width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    wrong = []
    for address in addresses:
        page.goto(address)
        wrong += axe.findings(page)
        wrong += [
            f"{address} at {width} pixels reaches beyond the edge: {element}"
            for element in axe.widest(page)
        ]
    return wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_public_pages(page: Page, width: int) -> None:
    wrong = _in_order(page, PUBLIC, width)
    assert not wrong, "\n".join(wrong)


def test_axe_finds_nothing_on_the_public_pages_in_english(page: Page) -> None:
    english = tuple(f"/en{address}" for address in PUBLIC if not address.startswith("/console/"))
    wrong = _in_order(page, english, 360)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_staff_pages(page: Page, site: Site, width: int) -> None:
    as_clerk(page, site, "jimukyoku")
    wrong = _in_order(page, STAFF, width)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_administrators_pages(page: Page, site: Site, width: int) -> None:
    as_clerk(page, site, "kanri")
    wrong = _in_order(page, ADMINISTRATOR, width)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_pages_of_her_account(page: Page, site: Site, width: int) -> None:
    as_resident(page, site)
    wrong = _in_order(page, RESIDENT, width)
    assert not wrong, "\n".join(wrong)


def test_the_console_can_be_read_in_the_dark_theme(page: Page, site: Site) -> None:
    as_clerk(page, site, "jimukyoku")
    page.emulate_media(color_scheme="dark")
    wrong = _in_order(page, STAFF, 1280)
    assert not wrong, "\n".join(wrong)


def test_letters_of_twice_the_size_reach_beyond_no_edge_of_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    wrong = []
    for address in (
        "/",
        "/plan/",
        "/plan/measures/",
        "/plan/compare/",
        "/plan/policy-2024-2028/",
        "/plan/policy-2024-2028/2/",
        "/plan/policy-2024-2028/years/2026/",
        "/plan/third-plan-2014-2018/",
        "/plan/third-plan-2014-2018/viewpoints/mobile/",
        "/meters/",
        "/account/login/",
    ):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong += [f"{address}: {element}" for element in axe.widest(page)]
    assert not wrong, "\n".join(wrong)
