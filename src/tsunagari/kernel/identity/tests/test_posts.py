"""A clerk acts as a post in a division; with two posts she chooses, and rights follow the choice."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from tests.cast import signed_in

from tsunagari.kernel.identity.actions.end_post import end_post
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.api import acting, actor_for
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def _second(clerk: Account) -> str:
    return give_post(
        account=clerk,
        division="joho-suishin",
        title="主査",
        role="secretariat",
        begins=date(2026, 4, 1),
        today=TODAY,
        concurrent=True,
    ).public_id


def test_she_acts_as_her_main_post_until_she_chooses(clerk: Account) -> None:
    second = _second(clerk)
    actor = actor_for(clerk)
    assert (actor.division, len(actor.posts)) == ("shimin", 2)
    assert not actor.has_role("secretariat")
    chosen = actor_for(clerk, chosen=second)
    assert chosen.division == "joho-suishin"
    assert chosen.has_role("secretariat", "joho-suishin")
    assert not chosen.has_role("member", "shimin")


def test_switching_changes_what_she_may_do_and_stands_in_the_ledger(clerk: Account) -> None:
    second = _second(clerk)
    client = signed_in(clerk)
    assert client.get("/console/keys/").status_code == 403
    assert "情報推進課 主査（兼務）" in client.get("/console/posts/").content.decode()
    answer = client.post("/console/posts/", {"post": second, "next": "/console/keys/"})
    assert answer["Location"] == "/console/keys/"
    assert client.get("/console/keys/").status_code == 200
    assert happened("identity.post_chosen")[0].division == "joho-suishin"


def test_she_cannot_choose_a_post_that_is_not_hers(clerk: Account, secretariat: Account) -> None:
    client = signed_in(clerk)
    client.post("/console/posts/", {"post": actor_for(secretariat).posts[0].public_id})
    assert client.get("/console/keys/").status_code == 403


def test_the_switch_leads_to_no_other_site(clerk: Account) -> None:
    answer = signed_in(clerk).post(
        "/console/posts/",
        {"post": actor_for(clerk).posts[0].public_id, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/console/"


def test_a_second_main_post_in_the_same_days_is_refused(clerk: Account) -> None:
    with pytest.raises(Refused, match="兼務として登録してください"):
        give_post(
            account=clerk,
            division="joho-suishin",
            title="主査",
            role="member",
            begins=TODAY,
            today=TODAY,
        )


def test_a_resident_gets_no_post(resident: Account, divisions: None) -> None:
    with pytest.raises(Refused, match="住民のアカウントに職は付けられません"):
        give_post(
            account=resident,
            division="shimin",
            title="主事",
            role="member",
            begins=TODAY,
            today=TODAY,
        )


@pytest.mark.parametrize(
    ("moment", "division"),
    [
        (datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), "shimin"),
        (datetime(2027, 3, 31, 15, 0, 0, tzinfo=UTC), "hisho-koho"),
    ],
)
def test_she_moves_at_midnight_in_japan(clerk: Account, moment: datetime, division: str) -> None:
    end_post(clerk.posts.get(), last_day=date(2027, 3, 31), today=TODAY)
    give_post(
        account=clerk,
        division="hisho-koho",
        title="主任",
        role="member",
        begins=date(2027, 4, 1),
        today=TODAY,
    )
    assert actor_for(clerk, clock=lambda: moment).division == division


def test_an_ended_post_gives_no_rights_at_once(secretariat: Account) -> None:
    client = signed_in(secretariat)
    assert client.get("/console/keys/").status_code == 200
    end_post(secretariat.posts.get(), last_day=date(2026, 3, 31), today=TODAY)
    assert client.get("/console/keys/").status_code == 403


def test_roles_become_groups_of_the_console(clerk: Account, administrator: Account) -> None:
    assert list(clerk.groups.values_list("name", flat=True)) == ["role:member"]
    clerk = Account.objects.get(pk=clerk.pk)
    assert clerk.has_perm("wagtailadmin.access_admin")
    assert not clerk.is_superuser
    assert Account.objects.get(pk=administrator.pk).is_superuser


def test_a_permission_given_to_one_account_by_hand_opens_nothing(clerk: Account) -> None:
    assert not clerk.has_perm("jobs.view_job")
    clerk.user_permissions.set(Permission.objects.filter(codename="view_job"))
    again = Account.objects.get(pk=clerk.pk)
    assert not again.has_perm("jobs.view_job")
    again.groups.get(name="role:member").permissions.add(*clerk.user_permissions.all())
    assert Account.objects.get(pk=clerk.pk).has_perm("jobs.view_job")


def test_a_head_may_do_what_a_member_may(head: Account) -> None:
    actor = actor_for(head)
    assert actor.has_role("head", "shimin")
    assert actor.has_role("member", "shimin")
    assert not actor.has_role("head", "hisho-koho")


def test_the_actor_costs_few_queries(
    clerk: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        actor_for(clerk)


def test_an_outsider_is_sent_to_the_staff_entrance(outsider_client: Client) -> None:
    assert outsider_client.get("/console/posts/")["Location"].startswith("/console/account/login/")


def test_a_view_whose_guard_was_forgotten_stays_shut(db: None) -> None:
    request = RequestFactory().get("/console/")
    with pytest.raises(PermissionDenied):
        acting(request)
