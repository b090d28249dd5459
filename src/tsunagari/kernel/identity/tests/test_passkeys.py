"""Passkeys, with a device in software: added, used at sign-in, and useless at the wrong door."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.cast import PASSWORD

from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.tests.authenticator import SoftDevice
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db


def _add(client: Client, base: str, device: SoftDevice) -> Any:
    page = client.get(f"{base}2fa/webauthn/add/")
    return client.post(
        f"{base}2fa/webauthn/add/",
        {
            "name": "わたしの電話",
            "credential": device.create(page.context["js_data"]["creation_options"]),
        },
    )


def _sign_in(base: str, device: SoftDevice) -> tuple[Client, Any]:
    client = Client()
    options = client.get(f"{base}2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = client.post(
        f"{base}2fa/webauthn/login/",
        {"credential": device.get(options.json()["request_options"])},
    )
    return client, answer


def _resident_with(device: SoftDevice, resident: Account) -> Client:
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert _add(client, "/account/", device).status_code == 302
    return client


def test_hanako_adds_one_and_signs_in_with_it_alone(resident: Account) -> None:
    device = SoftDevice()
    _resident_with(device, resident)
    client, answer = _sign_in("/account/", device)
    assert answer["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    event = happened("identity.signed_in")[-1]
    assert (event.data["method"], event.data["second_factor"]) == ("passkey", "webauthn")


def test_a_clerk_sets_one_up_as_her_second_factor_and_signs_in_with_it_alone(
    clerk: Account, outsider_client: Client
) -> None:
    device = SoftDevice()
    outsider_client.post("/console/account/login/", {"login": "shimin", "password": PASSWORD})
    assert _add(outsider_client, "/console/account/", device).status_code == 302
    assert outsider_client.get("/console/account/").status_code == 200
    client, answer = _sign_in("/console/account/", device)
    assert answer["Location"] == "/console/"
    assert client.get("/console/account/").status_code == 200


def test_a_residents_passkey_does_not_open_the_staff_entrance(resident: Account) -> None:
    """Both entrances share a host, so a browser would offer it."""
    device = SoftDevice()
    _resident_with(device, resident)
    client, answer = _sign_in("/console/account/", device)
    assert answer.status_code == 403
    assert "この入口では使えません" in answer.content.decode()
    assert client.get("/console/account/").status_code == 302
    refusal = happened("identity.sign_in_refused")[-1]
    assert refusal.data["reason"] == "wrong_entrance"


def test_a_device_that_checks_nobody_is_refused(resident: Account) -> None:
    """A passkey alone is two factors only if the device asked for finger, face or PIN."""
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    _add(client, "/account/", SoftDevice(verifies=False))
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_another_sites_answer_is_refused(resident: Account) -> None:
    device = SoftDevice()
    _resident_with(device, resident)
    page = Client()
    options = page.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    impostor = SoftDevice()
    impostor.credential_id, impostor.user_handle = device.credential_id, device.user_handle
    page.post(
        "/account/2fa/webauthn/login/",
        {"credential": impostor.get(options.json()["request_options"])},
    )
    assert page.get("/account/").status_code == 302


def test_an_old_answer_does_not_work_again(resident: Account) -> None:
    device = SoftDevice()
    _resident_with(device, resident)
    first = Client()
    options = first.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = device.get(options.json()["request_options"])
    thief = Client()
    thief.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    thief.post("/account/2fa/webauthn/login/", {"credential": answer})
    assert thief.get("/account/").status_code == 302


def test_a_clerks_last_passkey_stays(clerk: Account, outsider_client: Client) -> None:
    outsider_client.post("/console/account/login/", {"login": "shimin", "password": PASSWORD})
    _add(outsider_client, "/console/account/", SoftDevice())
    kept = Authenticator.objects.get(type="webauthn")
    answer = outsider_client.post(f"/console/account/2fa/webauthn/keys/{kept.pk}/remove/")
    assert Authenticator.objects.filter(type="webauthn").exists()
    assert answer.status_code in (302, 403)


def test_the_name_in_the_list_is_hers(resident: Account) -> None:
    client = _resident_with(SoftDevice(), resident)
    assert "わたしの電話" in client.get("/account/2fa/webauthn/").content.decode()


def test_her_neighbour_cannot_remove_it(resident: Account, neighbour: Account) -> None:
    _resident_with(SoftDevice(), resident)
    client = Client()
    client.post("/account/login/", {"login": neighbour.email, "password": PASSWORD})
    kept = Authenticator.objects.get(type="webauthn")
    answer = client.post(f"/account/2fa/webauthn/keys/{kept.pk}/remove/")
    assert answer.status_code == 404
    assert Authenticator.objects.filter(type="webauthn").exists()
