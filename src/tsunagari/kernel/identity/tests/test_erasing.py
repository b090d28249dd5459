"""Who asks to be forgotten is forgotten; what happened stays, without a name."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from tests.cast import PASSWORD, signed_in

from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db


def _sign_in(account: Account) -> Client:
    client = Client()
    client.post("/account/login/", {"login": account.email, "password": PASSWORD})
    return client


def test_the_mapping_goes_and_the_events_stay(resident: Account) -> None:
    other, client = _sign_in(resident), _sign_in(resident)
    before = sum(event.subject == resident.public_id for event in happened())
    answer = client.post("/account/erase/")
    assert answer["Location"] == "/"
    assert not Account.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not UserSession.objects.exists()
    assert sum(event.subject == resident.public_id for event in happened()) > before
    assert other.get("/account/").status_code == 302


def test_it_is_asked_first_and_only_after_she_showed_who_she_is(resident: Account) -> None:
    stale = signed_in(resident)
    assert stale.post("/account/erase/")["Location"].startswith("/account/reauthenticate/")
    page = _sign_in(resident).get("/account/erase/").content.decode()
    assert "元には戻せません" in page
    assert Account.objects.exists()


def test_a_clerk_does_not_erase_herself(clerk_client: Client) -> None:
    assert clerk_client.post("/console/account/erase/").status_code in (302, 404)
    assert Account.objects.filter(login_name="shimin").exists()


def test_an_administrator_erases_a_closed_account_only(
    clerk: Account, administrator_client: Client
) -> None:
    address = f"/console/clerks/{clerk.public_id}/change/"
    administrator_client.post(address, {"what": "erase"})
    assert Account.objects.filter(pk=clerk.pk).exists()
    administrator_client.post(address, {"what": "close"})
    administrator_client.post(address, {"what": "erase"})
    assert not Account.objects.filter(pk=clerk.pk).exists()
    assert not Post.objects.filter(account_id=clerk.pk).exists()
    assert clerk.public_id in [event.subject for event in happened("identity.post_given")]
