"""The city with its pack loaded, and its people signed in by their own doors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.promises.walk import Visit, walk
from tsunagari.city import addresses
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api as identity

PUBLIC_STARTS = ("/", "/en/", "/account/login/")
STAFF_STARTS = ("/console/",)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of the cast, signed in (the outsider is not), with what she meets when she follows every link."""

    name: str
    client: Client
    public: list[Visit]
    staff: list[Visit]


CAST = {
    "outsider": "",
    "resident": "hanako@example.jp",
    "clerk": "shimin",
    "clerk_of_another_division": "koho",
    "secretariat": "jimukyoku",
    "administrator": "kanri",
}
"""The cast by the demo's logins: accounts that every trial has."""


def public_starts() -> tuple[str, ...]:
    """Where a walk of the residents' side begins: the doors, and every page of every room whose address
    holds nothing to fill in, in both languages. A page that nothing links to is walked all the same."""
    starts = list(PUBLIC_STARTS)
    for module in map(import_module, addresses.public_modules()):
        room = "/" + addresses.address_of(module.app_name, module)
        plain = [str(each.pattern) for each in module.urlpatterns]
        found = [room + page for page in plain if re.fullmatch(r"[\w/-]*", page)]
        starts += [start + page for page in found for start in ("", "/en")]
    return tuple(dict.fromkeys(starts))


def pytest_itemcollected(item: pytest.Item) -> None:
    """All promises stand on the test database; without the mark there would be none."""
    if Path(__file__).parent in item.path.parents:
        item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The city pack and the demo's people, for all promises at once; taken back at their end.

    The transaction must not outlive this folder: it would hold up tests that empty the database.
    """
    assert "test" in str(connection.settings_dict["NAME"]) or "memory" in str(
        connection.settings_dict["NAME"]
    )
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, DEBUG=False),
        transaction.atomic(),
    ):
        call_command("city", "load", verbosity=0)
        call_command("content", "load", verbosity=0)
        identity.make_demo_accounts(clock=system_clock)
        yield
        transaction.set_rollback(True)


def _signed_in(login: str) -> Client:
    client = Client()
    if not login:
        return client
    door = "/account" if "@" in login else "/console/account"
    cache.clear()
    answer = client.post(f"{door}/login/", {"login": login, "password": identity.DEMO_PASSWORD})
    assert answer.status_code == 302, f"{login} could not sign in: {answer.content.decode()[:2000]}"
    if "2fa" in answer.headers["Location"]:
        answer = client.post(
            answer.headers["Location"], {"code": identity.demo_code(login, clock=system_clock)}
        )
        assert answer.status_code == 302, (
            f"{login}'s code was refused: {answer.content.decode()[:2000]}"
        )
    return client


@pytest.fixture(scope="package")
def people(city: None) -> dict[str, Person]:
    """Everybody, having followed every link that they were shown on both sides."""
    for start in ("/", "/en/"):
        Client().get(
            start
        )  # rooms that keep what they read in memory read it once, outside the count
    found = {}
    for name, login in CAST.items():
        client = _signed_in(login)
        staff = (
            walk(client, STAFF_STARTS)
            if "@" not in login and login
            else walk(client, STAFF_STARTS, most=20)
        )
        public = (
            walk(client, public_starts())
            if name in ("outsider", "resident")
            else walk(client, PUBLIC_STARTS, most=15)
        )
        found[name] = Person(name=name, client=client, public=public, staff=staff)
    return found
