"""Accounts and posts of clerks are kept by an administrator, and by nobody else."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import signed_in

from tsunagari.kernel.identity.models import Account

pytestmark = pytest.mark.django_db

NEW = {
    "login_name": "nishi-hanako",
    "name": "西 花子",
    "kana": "にし はなこ",
    "work_email": "nishi-hanako@city.example.jp",
}


def test_she_adds_a_clerk_and_gives_her_a_post(administrator_client: Client) -> None:
    answer = administrator_client.post("/console/clerks/new/", NEW)
    clerk = Account.objects.get(login_name="nishi-hanako")
    assert answer["Location"] == f"/console/clerks/{clerk.public_id}/"
    administrator_client.post(
        answer["Location"],
        {"division": "shimin", "title": "主任", "role": "member", "begins": "2026-04-01"},
    )
    assert clerk.posts.get().title == "主任"
    assert not clerk.has_usable_password()


def test_the_new_clerk_sets_her_own_password(
    administrator_client: Client, mailoutbox: list[EmailMessage]
) -> None:
    administrator_client.post("/console/clerks/new/", NEW)
    Client().post("/console/account/password/reset/", {"email": NEW["work_email"]})
    assert mailoutbox[-1].to == [NEW["work_email"]]
    assert "番号" in mailoutbox[-1].subject


@pytest.mark.parametrize("field", ["login_name", "work_email"])
def test_what_is_taken_is_refused_in_words(administrator_client: Client, field: str) -> None:
    administrator_client.post("/console/clerks/new/", NEW)
    other = {**NEW, "login_name": "b-san", "work_email": "b@city.example.jp", field: NEW[field]}
    page = administrator_client.post("/console/clerks/new/", other).content.decode()
    assert "使" in page
    assert Account.objects.filter(kind="staff").count() == 2


def test_a_closed_account_is_out_at_once(clerk: Account, administrator_client: Client) -> None:
    client = signed_in(clerk)
    administrator_client.post(f"/console/clerks/{clerk.public_id}/change/", {"what": "close"})
    assert client.get("/console/account/").status_code == 302


def test_she_does_not_close_herself_out(
    administrator: Account, administrator_client: Client
) -> None:
    administrator_client.post(
        f"/console/clerks/{administrator.public_id}/change/", {"what": "close"}
    )
    administrator.refresh_from_db()
    assert administrator.is_active


def test_nobody_else_sees_or_changes_clerks(everybody: dict[str, Client], clerk: Account) -> None:
    for address in (
        "/console/clerks/",
        "/console/clerks/new/",
        f"/console/clerks/{clerk.public_id}/",
    ):
        answers = {name: client.get(address).status_code for name, client in everybody.items()}
        assert answers.pop("administrator") == 200
        assert {answers.pop(name) for name in ("resident", "neighbour", "outsider")} == {302}
        assert set(answers.values()) == {403}


def test_a_residents_account_is_not_found_among_clerks(
    resident: Account, administrator_client: Client
) -> None:
    assert administrator_client.get(f"/console/clerks/{resident.public_id}/").status_code == 404


def test_the_list_costs_the_same_for_many(
    administrator_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        Account.objects.create(kind="staff", login_name=f"c{number:02}", name="職員")
    administrator_client.get("/console/clerks/")
    with django_assert_max_num_queries(20):
        assert administrator_client.get("/console/clerks/").status_code == 200
