"""Clerks sign in with the city's own provider; it makes nobody a clerk."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.tests.provider import CLIENT, SECRET, Provider
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """The provider, known to the staff entrance as TSUNAGARI_OIDC_STAFF makes it known."""
    running = Provider()
    app = {
        "provider_id": "staff",
        "name": "職員の共通ログイン",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {
            "server_url": running.address,
            "oauth_pkce_enabled": True,
            "entrance": "staff",
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield running
    running.stop()


def _sign_in(base: str = "/console/account/") -> tuple[Client, Any]:
    client = Client()
    away = client.post(f"{base}oidc/staff/login/")
    if away.status_code != 302:
        return client, away
    parts = urlsplit(away["Location"])
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse().headers["Location"]
    home = urlsplit(back)
    return client, client.get(f"{home.path}?{home.query}")


def test_the_clerk_the_provider_names_comes_in(provider: Provider, clerk: Account) -> None:
    provider.amr = ["pwd", "mfa"]
    client, answer = _sign_in()
    assert answer["Location"] == "/console/"
    assert client.get("/console/account/").status_code == 200
    event = happened("identity.signed_in")[-1]
    assert (event.subject, event.data["method"], event.data["second_factor"]) == (
        clerk.public_id,
        "oidc",
        "oidc",
    )


def test_without_a_second_factor_at_the_provider_she_sets_one_up_here(
    provider: Provider, clerk: Account
) -> None:
    client, _answer = _sign_in()
    assert client.get("/console/keys/")["Location"].startswith("/console/account/2fa/")


def test_the_second_time_the_subject_is_enough(provider: Provider, clerk: Account) -> None:
    provider.amr = ["mfa"]
    _sign_in()
    provider.person = {"sub": "emp-1", "preferred_username": "new-name"}
    client, _answer = _sign_in()
    assert client.get("/console/account/").status_code == 200


def test_a_stranger_gets_no_account(provider: Provider, clerk: Account) -> None:
    provider.person = {"sub": "emp-2", "preferred_username": "dareka"}
    client, answer = _sign_in()
    assert answer.status_code == 403
    assert "職員のアカウントが見つからないか、閉じてあります" in answer.content.decode()
    assert Account.objects.count() == 1
    assert client.get("/console/account/").status_code == 302


def test_an_address_that_nobody_verified_names_nobody(provider: Provider, clerk: Account) -> None:
    provider.person = {"sub": "emp-3", "email": clerk.work_email, "email_verified": False}
    assert _sign_in()[1].status_code == 403


def test_a_closed_account_stays_closed(provider: Provider, clerk: Account) -> None:
    provider.amr = ["mfa"]
    _sign_in()
    Account.objects.filter(pk=clerk.pk).update(is_active=False)
    client, answer = _sign_in()
    assert answer.status_code == 403
    assert client.get("/console/account/").status_code == 302


def test_the_residents_entrance_does_not_know_the_staffs_provider(
    provider: Provider, clerk: Account
) -> None:
    assert Client().post("/account/oidc/staff/login/").status_code == 404


def test_the_button_stands_at_the_staff_entrance_only(provider: Provider) -> None:
    assert "職員の共通ログイン" in Client().get("/console/account/login/").content.decode()
    assert "職員の共通ログイン" not in Client().get("/account/login/").content.decode()


def test_a_forged_state_is_refused(provider: Provider, clerk: Account) -> None:
    client = Client()
    client.post("/console/account/oidc/staff/login/")
    client.get("/console/account/oidc/staff/login/callback/?code=x&state=forged")
    assert client.get("/console/account/").status_code == 302
