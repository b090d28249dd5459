"""A post ends with its last day, also for a clerk who never signs out."""

from datetime import date, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import PASSWORD

from tsunagari.kernel.identity.actions.end_post import end_post
from tsunagari.kernel.identity.actions.follow_posts import follow_posts
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.tasks import follow_posts_daily
from tsunagari.kernel.jobs.declare import DAILIES
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
TODAY, LAST_DAY, APRIL = date(2026, 11, 20), date(2027, 3, 31), date(2027, 4, 1)


def test_an_administrator_whose_post_is_over_is_no_superuser(administrator: Account) -> None:
    end_post(administrator.posts.get(), last_day=LAST_DAY, today=TODAY)
    assert follow_posts(LAST_DAY) == 0
    assert Account.objects.get(pk=administrator.pk).is_superuser
    assert follow_posts(APRIL) == 1
    kept = Account.objects.get(pk=administrator.pk)
    assert (kept.is_superuser, kept.groups.count()) == (False, 0)
    assert follow_posts(APRIL) == 0


def test_rights_of_the_new_post_begin_with_its_day(clerk: Account) -> None:
    end_post(clerk.posts.get(), last_day=LAST_DAY, today=TODAY)
    give_post(
        account=clerk,
        division="joho-suishin",
        title="主査",
        role="secretariat",
        begins=APRIL,
        today=TODAY,
    )
    follow_posts(LAST_DAY)
    assert not Account.objects.get(pk=clerk.pk).has_perm("ledger.view_entry")
    follow_posts(APRIL)
    assert Account.objects.get(pk=clerk.pk).has_perm("ledger.view_entry")


def test_whose_posts_are_all_over_is_signed_out(clerk: Account) -> None:
    client = Client()
    client.post("/console/account/login/", {"login": "shimin", "password": PASSWORD})
    assert client.get("/console/account/2fa/").status_code == 200
    end_post(clerk.posts.get(), last_day=LAST_DAY, today=TODAY)
    follow_posts(LAST_DAY)
    assert client.get("/console/account/2fa/").status_code == 200
    follow_posts(APRIL)
    assert client.get("/console/account/2fa/")["Location"].startswith("/console/account/login/")
    assert happened("identity.session_ended")[-1].data["how"] == "no_post"


def test_it_runs_at_midnight_in_japan() -> None:
    assert DAILIES[follow_posts_daily.module_path].at == time(0)


def test_a_night_without_changes_costs_little(
    clerk: Account, administrator: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        follow_posts(TODAY)
