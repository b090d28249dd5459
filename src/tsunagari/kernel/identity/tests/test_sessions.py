"""Everybody sees where she is signed in, and ends what is not hers."""

from datetime import timedelta
from unittest import mock

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.cast import PASSWORD, signed_in

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.entrance.allauth_signals import NO_ADDRESS
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"


def _sign_in(account: Account, agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/account/login/", {"login": account.email, "password": PASSWORD})
    return client


def test_she_sees_her_devices_in_words(resident: Account) -> None:
    _sign_in(resident, OFFICE)
    page = _sign_in(resident, PHONE).get("/account/sessions/").content.decode()
    assert "iPhone の Safari" in page
    assert "Windows の Edge" in page
    assert "この端末" in page


def test_no_network_address_is_kept(resident: Account) -> None:
    _sign_in(resident, PHONE)
    assert set(UserSession.objects.values_list("ip", flat=True)) == {NO_ADDRESS}


def test_she_ends_one_from_another(resident: Account) -> None:
    office, phone = _sign_in(resident, OFFICE), _sign_in(resident, PHONE)
    sessions = phone.get("/account/sessions/").context["sessions"]
    other = next(session for session in sessions if not session.current)
    phone.post("/account/sessions/", {"end": other.handle})
    assert office.get("/account/").status_code == 302
    assert phone.get("/account/").status_code == 200
    assert happened("identity.session_ended")[0].data["how"] == "listed"


def test_she_ends_all_others_at_once(resident: Account) -> None:
    others = [_sign_in(resident, OFFICE) for _ in range(2)]
    phone = _sign_in(resident, PHONE)
    phone.post("/account/sessions/", {"end": "others"})
    assert [client.get("/account/").status_code for client in others] == [302, 302]
    assert phone.get("/account/").status_code == 200


def test_her_neighbour_cannot_end_hers(resident: Account, neighbour: Account) -> None:
    hers = _sign_in(resident, PHONE)
    handle = hers.get("/account/sessions/").context["sessions"][0].handle
    _sign_in(neighbour, OFFICE).post("/account/sessions/", {"end": handle})
    assert hers.get("/account/").status_code == 200


def test_signing_out_ends_the_session_and_is_recorded(resident: Account) -> None:
    client = _sign_in(resident, PHONE)
    client.post("/account/logout/")
    assert client.get("/account/").status_code == 302
    assert happened("identity.session_ended")[0].data["how"] == "signed_out"
    assert not UserSession.objects.exists()


def test_a_new_password_ends_the_other_sessions(resident: Account) -> None:
    office, phone = _sign_in(resident, OFFICE), _sign_in(resident, PHONE)
    phone.post(
        "/account/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "atarashii-kagi-2027",
            "password2": "atarashii-kagi-2027",
        },
    )
    assert phone.get("/account/").status_code == 200
    assert office.get("/account/").status_code == 302


def _after(hours: int, client: Client, page: str) -> int:
    later = system_clock() + timedelta(hours=hours)
    with (
        mock.patch(
            "tsunagari.kernel.identity.entrance.middleware.system_clock", return_value=later
        ),
        mock.patch("django.utils.timezone.now", return_value=later),
    ):
        return client.get(page).status_code


def test_a_clerks_session_ends_after_a_working_day_however_busy_she_is(clerk: Account) -> None:
    client = signed_in(clerk)
    seen = [_after(hours, client, "/console/account/") for hours in (0, 4, 9, 10)]
    assert seen == [200, 200, 200, 302]


def test_a_residents_session_ends_after_two_weeks_even_in_daily_use(resident: Account) -> None:
    client = signed_in(resident)
    seen = [_after(24 * days, client, "/account/") for days in (0, 7, 13, 14)]
    assert seen == [200, 200, 200, 302]


@pytest.mark.parametrize("page", ["2fa/", "2fa/totp/activate/", "password/change/", "email/"])
def test_no_cache_keeps_the_pages_of_her_account(resident: Account, page: str) -> None:
    client = _sign_in(resident, PHONE)
    assert "no-store" in client.get(f"/account/{page}").headers["Cache-Control"]


def test_a_page_for_all_may_be_kept_for_who_is_not_signed_in(outsider_client: Client) -> None:
    assert "no-store" not in outsider_client.get("/").headers.get("Cache-Control", "")
