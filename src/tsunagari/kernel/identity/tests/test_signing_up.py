"""A resident makes her account with an address alone; mail comes in her language."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from tests.cast import PASSWORD

from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db


def code_in(mail: EmailMessage) -> str:
    """The code that stands alone on a line."""
    found = re.search(r"^ {4}(\S+)$", str(mail.body), re.MULTILINE)
    assert found, mail.body
    return found[1]


def test_address_code_done(outsider_client: Client, mailoutbox: list[EmailMessage]) -> None:
    outsider_client.post("/account/signup/", {"email": "Hanako@Example.jp", "name": "西東京 花子"})
    answer = outsider_client.post("/account/confirm-email/", {"code": code_in(mailoutbox[0])})
    assert answer["Location"] == "/account/"
    account = Account.objects.get()
    assert (account.kind, account.email, account.name) == (
        "resident",
        "hanako@example.jp",
        "西東京 花子",
    )
    assert EmailAddress.objects.get().verified
    assert outsider_client.get("/account/").status_code == 200
    assert account.public_id in [event.subject for event in happened("identity.account_made")]


def test_a_wrong_code_is_refused_in_words(
    outsider_client: Client, mailoutbox: list[EmailMessage]
) -> None:
    outsider_client.post("/account/signup/", {"email": "hanako@example.jp"})
    answer = outsider_client.post("/account/confirm-email/", {"code": "XXXX-0000"})
    assert "番号が違います" in answer.content.decode()


def test_nobody_learns_whether_an_address_has_an_account(
    resident: Account, mailoutbox: list[EmailMessage]
) -> None:
    known, unknown = Client(), Client()
    first = known.post("/account/signup/", {"email": resident.email})
    second = unknown.post("/account/signup/", {"email": "shiranai@example.jp"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert "すでに" in mailoutbox[0].subject


def test_she_signs_in_with_a_code_by_mail(
    resident: Account, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.post("/account/login/code/", {"email": resident.email})
    assert mailoutbox[0].subject == "【つながり】ログインの番号"
    answer = client.post("/account/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    assert answer["Location"] == "/account/"
    assert happened("identity.signed_in")[0].data["method"] == "code"


def test_the_mail_is_english_for_who_reads_english(
    resident: Account, mailoutbox: list[EmailMessage], compiled_texts: None
) -> None:
    Client().post("/en/account/login/code/", {"email": resident.email})
    assert mailoutbox[0].subject == "[Tsunagari] Your sign-in code"
    assert "Enter this code on the sign-in page" in str(mailoutbox[0].body)


def test_a_forgotten_password_is_set_anew_by_code(
    resident: Account, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.post("/account/password/reset/", {"email": resident.email})
    client.post("/account/password/reset/confirm/", {"code": code_in(mailoutbox[0])})
    new = "atarashii-kagi-2027"
    client.post("/account/password/reset/complete/", {"password1": new, "password2": new})
    assert (
        Client().post("/account/login/", {"login": resident.email, "password": new}).status_code
        == 302
    )


def test_a_clerks_reset_goes_to_her_work_address_by_her_own_entrance(
    clerk: Account, mailoutbox: list[EmailMessage]
) -> None:
    Client().post("/account/password/reset/", {"email": clerk.work_email})
    assert "アカウントはありません" in mailoutbox[0].subject
    client = Client()
    client.post("/console/account/password/reset/", {"email": clerk.work_email})
    client.post("/console/account/password/reset/confirm/", {"code": code_in(mailoutbox[1])})
    new = "atarashii-kagi-2027"
    client.post("/console/account/password/reset/complete/", {"password1": new, "password2": new})
    clerk.refresh_from_db()
    assert clerk.check_password(new)
    assert client.get("/console/account/").status_code == 302


def test_a_resident_changes_her_address_after_confirming_the_new_one(
    resident: Account, mailoutbox: list[EmailMessage]
) -> None:
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    client.post("/account/email/", {"action_add": "1", "email": "atarashii@example.jp"})
    code = next(code_in(mail) for mail in mailoutbox if "確認の番号" in mail.subject)
    client.post("/account/confirm-email/", {"code": code})
    resident.refresh_from_db()
    assert resident.email == "atarashii@example.jp"
    assert [mail.to for mail in mailoutbox if "変えました" in mail.subject] == [
        ["hanako@example.jp"]
    ]


def test_a_weak_password_is_refused(resident: Account) -> None:
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    answer = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "hanako", "password2": "hanako"},
    )
    assert answer.status_code == 200
    resident.refresh_from_db()
    assert resident.check_password(PASSWORD)


@pytest.mark.parametrize("who", ["shimin@city.example.jp", "hanako@example.jp", "x@example.jp"])
def test_nobody_learns_at_the_staff_entrance_whose_address_is_a_clerks(
    clerk: Account, resident: Account, who: str, mailoutbox: list[EmailMessage]
) -> None:
    answer = Client().post("/console/account/password/reset/", {"email": who})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/console/account/password/reset/confirm/",
    )
    assert [mail.to for mail in mailoutbox] == [[who]]
