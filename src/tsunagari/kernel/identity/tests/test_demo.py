"""Demo people: for a trial only, and the same every time."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(settings: Settings, divisions: None) -> None:
    """An installation for trying out."""
    settings.DEMO = True


def test_a_real_city_refuses(settings: Settings, divisions: None) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Refused, match="試用の環境でだけ作れます"):
        api.make_demo_accounts(clock=system_clock)
    with pytest.raises(CommandError):
        call_command("demo_accounts")
    assert not Account.objects.exists()


def test_a_second_run_changes_nothing(trial: None) -> None:
    api.make_demo_accounts(clock=system_clock)
    first = list(Account.objects.order_by("pk").values_list("pk", "password"))
    api.make_demo_accounts(clock=system_clock)
    assert list(Account.objects.order_by("pk").values_list("pk", "password")) == first
    assert len(first) == len(api.demo_people())


def test_a_demo_clerk_signs_in_with_the_printed_code(trial: None) -> None:
    api.make_demo_accounts(clock=system_clock)
    client = Client()
    client.post("/console/account/login/", {"login": "jimukyoku", "password": api.DEMO_PASSWORD})
    answer = client.post(
        "/console/account/2fa/authenticate/",
        {"code": api.demo_code("jimukyoku", clock=system_clock)},
    )
    assert answer["Location"] == "/console/"
    assert client.get("/console/").status_code == 200


def test_no_code_for_anybody_else(trial: None) -> None:
    with pytest.raises(Refused, match="試用の職員ではありません"):
        api.demo_code("nobody", clock=system_clock)


@pytest.mark.parametrize(
    ("door", "login"), [("/console/account", "kanri"), ("/account", "hanako@example.jp")]
)
def test_accounts_left_over_from_a_trial_open_nothing_in_a_real_city(
    trial: None, settings: Settings, door: str, login: str
) -> None:
    api.make_demo_accounts(clock=system_clock)
    settings.DEMO = settings.DEBUG = False
    answer = Client().post(f"{door}/login/", {"login": login, "password": api.DEMO_PASSWORD})
    assert answer.status_code == 200
