"""Guessing is slowed down, for all processes together, and said in plain words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.test import Client
from tests.cast import PASSWORD

from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
WAIT = "続けて間違えたため、しばらくログインできません"


@pytest.mark.parametrize("entrance", ["/account/login/", "/console/account/login/"])
def test_after_five_wrong_passwords_even_the_right_one_waits(
    resident: Account, clerk: Account, entrance: str
) -> None:
    login = clerk.login_name if "console" in entrance else resident.email
    for _ in range(5):
        Client().post(entrance, {"login": login, "password": "wrong-wrong-wrong"})
    answer = Client().post(entrance, {"login": login, "password": PASSWORD})
    assert WAIT in answer.content.decode()
    reasons = [event.data for event in happened("identity.sign_in_refused")]
    assert [each["reason"] for each in reasons] == ["wrong_password"] * 5 + ["too_many"]


def test_her_neighbours_guesses_do_not_lock_hanakos_account_elsewhere(
    resident: Account, neighbour: Account
) -> None:
    for _ in range(5):
        Client().post(
            "/account/login/", {"login": neighbour.email, "password": "wrong-wrong-wrong"}
        )
    answer = Client().post("/account/login/", {"login": resident.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_codes_are_not_mailed_without_end(resident: Account, mailoutbox: list[object]) -> None:
    for _ in range(4):
        answer = Client().post("/account/login/code/", {"email": resident.email})
    assert len(mailoutbox) == 3
    assert WAIT in answer.content.decode()


def test_no_address_stands_in_the_ledger(resident: Account) -> None:
    Client().post("/account/login/", {"login": resident.email, "password": "wrong-wrong-wrong"})
    (event,) = happened("identity.sign_in_refused")
    assert event.subject == resident.public_id
    assert "@" not in str(event.data)


def test_the_count_is_shared_by_all_processes() -> None:
    """Redis where an address is given, else a table: never one process's own memory."""
    backend = settings.CACHES["default"]["BACKEND"]
    assert backend.endswith(("DatabaseCache", "RedisCache"))
    assert settings.CACHES["local"]["BACKEND"].endswith("LocMemCache")


@pytest.mark.slow
def test_another_process_sees_the_count(tmp_path: Path) -> None:
    """A real second process on a database of its own kind: what one counts the other reads."""
    environment = {**os.environ, "TSUNAGARI_DATA": str(tmp_path), "TSUNAGARI_DATABASE_URL": ""}

    def run(code: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {code}"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    run(
        "from django.core.management import call_command; call_command('migrate', 'identity', verbosity=0)"
    )
    run("from django.core.cache import cache; cache.set('attempts', [1, 2])")
    assert run("from django.core.cache import cache; print(cache.get('attempts'))") == "[1, 2]"


def test_adding_is_atomic_in_the_shared_store() -> None:
    assert cache.add("lock", "mine")
    assert not cache.add("lock", "yours")
    assert caches["local"].get("lock") is None
