"""Every page of an account wears our frame and shows the way back, the library's rare ones too."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

pytestmark = pytest.mark.django_db
PAGES = (
    "/account/profile/",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/sessions/",
    "/account/3rdparty/",
    "/account/erase/",
)


@pytest.mark.parametrize("address", PAGES)
def test_each_page_of_her_account_leads_back_to_my_page(
    resident_client: Client, address: str
) -> None:
    page = resident_client.get(address, follow=True).content.decode()
    assert "ts-header" in page
    if "/reauthenticate/" not in page:
        assert '<a href="/account/">マイページ</a>' in page


def test_a_page_of_the_library_that_we_do_not_draw_stands_in_our_frame() -> None:
    request = RequestFactory().get("/account/")
    drawn = render_to_string(
        "account/verification_sent.html",
        {"entrance": {"frame": "identity/resident_frame.html"}},
        request=request,
    )
    assert "ts-skip-link" in drawn
    assert "ts-footer" in drawn


def test_a_clerk_with_one_post_is_not_asked_to_choose_it(clerk_client: Client) -> None:
    page = clerk_client.get("/console/posts/").content.decode()
    assert "切り替えるものはありません" in page
    assert 'type="radio"' not in page
