"""Residents and staff come in by separate doors, and a key to one never opens the other."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD, make_resident, signed_in

from tsunagari.kernel.identity.entrance.middleware import STAFF_COOKIE
from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
STAFF_LOGIN = "/console/account/login/"


def test_each_entrance_has_its_own_addresses() -> None:
    assert reverse("account_login") == LOGIN
    assert reverse("account_login", urlconf=settings.STAFF_URLCONF) == STAFF_LOGIN


def test_hanako_signs_in_with_address_and_password(
    resident: Account, outsider_client: Client
) -> None:
    answer = outsider_client.post(LOGIN, {"login": resident.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == "/account/"
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Lax")
    assert STAFF_COOKIE not in answer.cookies


def test_a_clerk_signs_in_with_login_name_and_gets_a_cookie_for_the_console_only(
    clerk: Account, outsider_client: Client
) -> None:
    answer = outsider_client.post(STAFF_LOGIN, {"login": "Shimin", "password": PASSWORD})
    assert answer.status_code == 302
    cookie = answer.cookies[STAFF_COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/console/", True, "Lax")
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize("name", ["shimin", "shimin@city.example.jp"])
def test_a_clerk_is_unknown_at_the_residents_entrance(
    clerk: Account, outsider_client: Client, name: str
) -> None:
    answer = outsider_client.post(LOGIN, {"login": name, "password": PASSWORD})
    assert answer.status_code == 200
    assert outsider_client.get("/account/").status_code == 302


def test_a_resident_is_unknown_at_the_staff_entrance(
    resident: Account, outsider_client: Client
) -> None:
    answer = outsider_client.post(STAFF_LOGIN, {"login": resident.email, "password": PASSWORD})
    assert "ログイン名かパスワードが違います" in answer.content.decode()


def test_one_address_may_belong_to_a_resident_and_to_a_clerk(
    clerk: Account, outsider_client: Client
) -> None:
    make_resident(clerk.work_email, "田無 一郎")
    assert (
        outsider_client.post(LOGIN, {"login": clerk.work_email, "password": PASSWORD}).status_code
        == 302
    )


def test_hanakos_session_does_not_open_the_console(resident: Account) -> None:
    client = signed_in(resident)
    client.cookies[STAFF_COOKIE] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/account/").status_code == 200
    answer = client.get("/console/account/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(STAFF_LOGIN)


def test_a_clerks_session_does_not_open_a_residents_account(clerk: Account) -> None:
    client = signed_in(clerk)
    client.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[STAFF_COOKIE].value
    assert client.get("/console/account/").status_code == 200
    assert client.get("/account/").status_code == 302


def test_both_may_be_signed_in_in_one_browser(resident: Account, clerk: Account) -> None:
    client = signed_in(resident)
    client.cookies[STAFF_COOKIE] = signed_in(clerk).cookies[STAFF_COOKIE].value
    assert "西東京 花子" in client.get("/account/").content.decode()
    assert "田無 一郎" in client.get("/console/account/").content.decode()
    client.post("/console/account/logout/")
    assert client.get("/console/account/").status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/console/login/", "/console/password_reset/", "/console/account/signup/"]
)
def test_the_consoles_own_doors_are_bricked_up(outsider_client: Client, path: str) -> None:
    answer = outsider_client.get(path)
    assert answer.status_code in (302, 404)
    if answer.status_code == 302:
        assert answer["Location"].startswith(("/console/account/", "/console/login/"))


def test_the_console_sends_an_outsider_to_the_staff_entrance(outsider_client: Client) -> None:
    answer = outsider_client.get("/console/")
    assert answer["Location"] == f"{STAFF_LOGIN}?next=/console/"


def test_a_clerk_cannot_make_herself_an_account(outsider_client: Client) -> None:
    assert "signup" not in outsider_client.get(STAFF_LOGIN).content.decode()
    assert outsider_client.post(
        "/console/account/signup/", {"email": "a@example.jp"}
    ).status_code in (302, 404)
    assert not Account.objects.exists()


def test_a_closed_account_is_refused_like_a_wrong_password(
    clerk: Account, outsider_client: Client
) -> None:
    clerk.is_active = False
    clerk.save()
    answer = outsider_client.post(STAFF_LOGIN, {"login": "shimin", "password": PASSWORD})
    assert "ログイン名かパスワードが違います" in answer.content.decode()


def test_nobody_is_sent_to_another_site_after_signing_in(
    resident: Account, outsider_client: Client
) -> None:
    answer = outsider_client.post(
        f"{LOGIN}?next=https://evil.example/", {"login": resident.email, "password": PASSWORD}
    )
    assert answer["Location"] == "/account/"


def test_a_page_for_all_does_not_touch_the_session(outsider_client: Client) -> None:
    answer = outsider_client.get(LOGIN)
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
