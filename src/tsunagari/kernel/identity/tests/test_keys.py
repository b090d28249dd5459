"""A division's key: shown once, kept as a hash, and refused in every wrong shape."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tsunagari.kernel.identity import api
from tsunagari.kernel.identity.models import DivisionKey
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def _make(division: str = "shimin") -> tuple[DivisionKey, str]:
    return api.make_key(
        division=division, purpose="カードの月次集計", scopes=["figures:load"], now=NOW
    )


def test_a_key_names_its_division_and_scopes(divisions: None) -> None:
    key, written = _make()
    holder = api.holder_of_key(written, lambda: NOW)
    assert holder is not None
    assert (holder.key, holder.division, holder.scopes) == (
        key.public_id,
        "shimin",
        ("figures:load",),
    )
    assert holder.may("figures:load")
    assert not holder.may("figures:read")


def test_only_a_hash_is_kept(divisions: None) -> None:
    key, written = _make()
    assert written.rpartition("_")[2] not in str(DivisionKey.objects.filter(pk=key.pk).values())


@pytest.mark.parametrize("spoil", ["", "x", "tsk_", "tsk_aaaaaaaaaaaaaaaaaaaaaa_b"])
def test_a_wrong_key_opens_nothing(divisions: None, spoil: str) -> None:
    assert api.holder_of_key(spoil, lambda: NOW) is None


def test_a_key_with_one_wrong_letter_opens_nothing(divisions: None) -> None:
    _key, written = _make()
    wrong = written[:-1] + ("A" if written[-1] != "A" else "B")
    assert api.holder_of_key(wrong, lambda: NOW) is None


def test_another_keys_secret_does_not_fit(divisions: None) -> None:
    first, written = _make()
    _second, other = _make("hisho-koho")
    assert api.holder_of_key(f"tsk_{first.public_id}_{other[-43:]}", lambda: NOW) is None
    assert api.holder_of_key(written, lambda: NOW) is not None


def test_a_key_ends_after_a_year(divisions: None) -> None:
    _key, written = _make()
    assert api.holder_of_key(written, lambda: NOW + timedelta(days=365)) is not None
    assert api.holder_of_key(written, lambda: NOW + timedelta(days=366)) is None


def test_a_stopped_key_opens_nothing_at_once(divisions: None) -> None:
    key, written = _make()
    api.revoke_key(key, now=NOW)
    assert api.holder_of_key(written, lambda: NOW) is None
    assert happened("identity.key_revoked")[0].subject == key.public_id


def test_after_renewal_the_old_key_works_for_a_week(divisions: None) -> None:
    key, old = _make()
    _made, new = api.renew_key(key, now=NOW)
    later = NOW + timedelta(days=6)
    assert api.holder_of_key(old, lambda: later) is not None
    assert api.holder_of_key(new, lambda: later) is not None
    assert api.holder_of_key(old, lambda: NOW + timedelta(days=8)) is None
    with pytest.raises(Refused, match="すでに新しい鍵に替えてあります"):
        api.renew_key(key, now=NOW)


def test_the_last_use_is_remembered_to_the_minute(divisions: None) -> None:
    key, written = _make()
    api.holder_of_key(written, lambda: NOW)
    api.holder_of_key(written, lambda: NOW + timedelta(seconds=30))
    key.refresh_from_db()
    assert key.used_at == NOW
    api.holder_of_key(written, lambda: NOW + timedelta(seconds=61))
    key.refresh_from_db()
    assert key.used_at == NOW + timedelta(seconds=61)


def test_a_head_makes_a_key_and_sees_it_once(head_client: Client) -> None:
    page = head_client.post(
        "/console/keys/new/",
        {"division": "shimin", "purpose": "カードの月次集計", "scopes": ["figures:load"]},
    )
    written = page.context["written"]
    assert written in page.content.decode()
    assert api.holder_of_key(written) is not None
    listed = head_client.get("/console/keys/").content.decode()
    assert "カードの月次集計" in listed
    assert written not in listed


def test_a_head_makes_no_key_for_another_division(head_client: Client) -> None:
    answer = head_client.post(
        "/console/keys/new/",
        {"division": "hisho-koho", "purpose": "のぞき見", "scopes": ["figures:load"]},
    )
    assert not DivisionKey.objects.exists()
    assert answer.status_code == 200


def test_a_head_does_not_even_find_another_divisions_key(head_client: Client) -> None:
    key, _written = _make("hisho-koho")
    assert key.purpose not in head_client.get("/console/keys/").content.decode()
    assert head_client.get(f"/console/keys/{key.public_id}/revoke/").status_code == 404
    assert head_client.post(f"/console/keys/{key.public_id}/renew/").status_code == 404


def test_the_secretariat_renews_and_stops_any_key(
    secretariat_client: Client, divisions: None
) -> None:
    key, _written = _make("hisho-koho")
    assert "written" in secretariat_client.post(f"/console/keys/{key.public_id}/renew/").context
    secretariat_client.post(f"/console/keys/{key.public_id}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_members_and_strangers_have_no_key_screen(everybody: dict[str, Client]) -> None:
    answers = {name: client.get("/console/keys/").status_code for name, client in everybody.items()}
    assert answers == {
        "resident": 302,
        "neighbour": 302,
        "outsider": 302,
        "clerk": 403,
        "other_clerk": 403,
        "administrator": 403,
        "head": 200,
        "secretariat": 200,
        "committee": 403,
    }
