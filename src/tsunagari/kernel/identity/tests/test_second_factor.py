"""No clerk works in the console on a password alone."""

from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet
from django.test import Client
from tests.cast import PASSWORD, signed_in

from tsunagari.kernel.identity.actions.remove_factors import remove_factors
from tsunagari.kernel.identity.entrance.middleware import STAFF_COOKIE
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.ledger.api import happened

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN = "/console/account/login/"
AUTHENTICATE = "/console/account/2fa/authenticate/"
NOON = 1_795_000_000.0


def code_at(moment: float, secret: str = SECRET) -> str:
    """What the authenticator app shows."""
    return str(format_hotp_value(hotp_value(secret, int(moment) // 30)))


def at(moment: float) -> "mock._patch[mock.MagicMock]":
    """The server's clock."""
    return mock.patch("allauth.mfa.totp.internal.auth.time.time", return_value=moment)


@pytest.fixture
def with_app(clerk: Account) -> Account:
    """The clerk has an authenticator app."""
    with mock.patch("allauth.core.context.request", create=True):
        TOTP.activate(clerk, SECRET)
    return clerk


def _password(client: Client) -> None:
    client.post(LOGIN, {"login": "shimin", "password": PASSWORD})


def test_without_one_she_is_sent_to_set_one_up(clerk: Account, outsider_client: Client) -> None:
    _password(outsider_client)
    answer = outsider_client.get("/console/keys/")
    assert answer["Location"].startswith("/console/account/2fa/?next=")
    assert (
        "先に、二つ目の確認を登録してください"
        in outsider_client.get("/console/account/2fa/").content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_setting_one_up_opens_the_console(clerk: Account, outsider_client: Client) -> None:
    _password(outsider_client)
    page = outsider_client.get("/console/account/2fa/totp/activate/")
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    with at(NOON):
        answer = outsider_client.post(
            "/console/account/2fa/totp/activate/", {"code": code_at(NOON, secret)}
        )
    assert answer.status_code == 302
    assert outsider_client.get("/console/account/").status_code == 200
    assert clerk.public_id in [event.subject for event in happened("identity.factor_added")]


def test_the_secret_is_sealed_in_the_database(with_app: Account) -> None:
    kept = Authenticator.objects.get(user=with_app).data["secret"]
    assert SECRET not in kept
    assert decrypt(kept) == SECRET


def test_a_secret_sealed_with_another_key_is_told_in_a_sentence(
    with_app: Account, outsider_client: Client
) -> None:
    """The installation's key was lost: no error page, but whom to ask."""
    factor = Authenticator.objects.get(user=with_app)
    factor.data = {**factor.data, "secret": Fernet(Fernet.generate_key()).encrypt(b"x").decode()}
    factor.save()
    _password(outsider_client)
    answer = outsider_client.post(AUTHENTICATE, {"code": "123456"})
    assert answer.status_code == 403
    assert "登録のやり直しを頼んでください" in answer.content.decode()


def test_password_and_code_open_the_console(with_app: Account, outsider_client: Client) -> None:
    _password(outsider_client)
    assert outsider_client.get("/console/account/").status_code == 302
    with at(NOON):
        answer = outsider_client.post(AUTHENTICATE, {"code": code_at(NOON)})
    assert answer["Location"] == "/console/"
    (event,) = happened("identity.signed_in")
    assert (event.data["method"], event.data["second_factor"]) == ("password", "totp")


def test_a_wrong_code_is_refused_in_words(with_app: Account, outsider_client: Client) -> None:
    _password(outsider_client)
    with at(NOON):
        answer = outsider_client.post(AUTHENTICATE, {"code": "000000"})
    assert "番号が違います" in answer.content.decode()
    assert happened("identity.sign_in_refused")[0].data["reason"] == "wrong_code"


@pytest.mark.parametrize("later", [0.0, 29.0])
def test_a_code_works_once(with_app: Account, later: float) -> None:
    first, thief = Client(), Client()
    _password(first)
    _password(thief)
    with at(NOON):
        assert first.post(AUTHENTICATE, {"code": code_at(NOON)}).status_code == 302
    with at(NOON + later):
        assert thief.post(AUTHENTICATE, {"code": code_at(NOON)}).status_code == 200


def test_a_used_code_stays_used_when_the_clock_is_set_back(with_app: Account) -> None:
    """The cache forgets after its time; the authenticator's own list does not."""
    first, thief = Client(), Client()
    _password(first)
    with at(NOON):
        assert first.post(AUTHENTICATE, {"code": code_at(NOON)}).status_code == 302
    _password(thief)
    with at(NOON), mock.patch("allauth.mfa.totp.internal.auth.cache.add", return_value=True):
        answer = thief.post(AUTHENTICATE, {"code": code_at(NOON)})
    assert "この番号はもう使いました" in answer.content.decode()


def test_after_the_clock_was_set_back_fresh_codes_still_work(with_app: Account) -> None:
    late, now = Client(), Client()
    _password(late)
    with at(NOON + 3600):
        assert late.post(AUTHENTICATE, {"code": code_at(NOON + 3600)}).status_code == 302
    _password(now)
    with at(NOON):
        assert now.post(AUTHENTICATE, {"code": code_at(NOON)}).status_code == 302


def test_a_session_from_before_must_show_the_new_factor(with_app: Account) -> None:
    old = signed_in(with_app, second_factor=False)
    assert old.get("/console/keys/")["Location"].startswith(LOGIN)
    assert old.get("/console/keys/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize(
    "page",
    ["2fa/", "2fa/totp/deactivate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"],
)
def test_a_password_alone_neither_adds_nor_takes_away_a_factor_once_there_is_one(
    with_app: Account, page: str
) -> None:
    """Who knew the password before she enrolled keeps no way around the factor."""
    old = signed_in(with_app, second_factor=False)
    old.post("/console/account/reauthenticate/", {"password": PASSWORD})
    assert old.get(f"/console/account/{page}")["Location"].startswith(LOGIN)


def test_a_factor_shown_by_another_account_does_not_count(
    clerk: Account, other_clerk: Account
) -> None:
    client = signed_in(clerk)
    assert client.get("/console/account/").status_code == 200
    stolen = signed_in(other_clerk, second_factor=False)
    assert stolen.get("/console/account/").status_code == 302


def test_a_recovery_code_opens_once(with_app: Account, outsider_client: Client) -> None:
    codes = RecoveryCodes.activate(with_app).generate_codes()
    _password(outsider_client)
    assert outsider_client.post(AUTHENTICATE, {"code": codes[0]}).status_code == 302
    again = Client()
    _password(again)
    assert again.post(AUTHENTICATE, {"code": codes[0]}).status_code == 200


def test_a_clerk_cannot_take_her_last_factor_away(with_app: Account) -> None:
    client = Client()
    _password(client)
    with at(NOON):
        client.post(AUTHENTICATE, {"code": code_at(NOON)})
    answer = client.post("/console/account/2fa/totp/deactivate/")
    assert "先に別の方法" in answer.content.decode()
    assert Authenticator.objects.filter(user=with_app, type="totp").exists()


def test_a_resident_may_have_one_and_take_it_away(resident: Account) -> None:
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    code = code_at(NOON, page.context["form"].secret)
    with at(NOON):
        client.post("/account/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=resident, type="totp").exists()
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=resident).exists()
    assert happened("identity.factor_removed")


def test_an_administrator_lets_her_begin_anew(
    with_app: Account, administrator_client: Client
) -> None:
    client = signed_in(with_app)
    assert client.get("/console/account/").status_code == 200
    administrator_client.post(f"/console/clerks/{with_app.public_id}/change/", {"what": "factors"})
    assert not Authenticator.objects.filter(user=with_app).exists()


def test_removing_factors_ends_her_sessions(with_app: Account, administrator: Account) -> None:
    client = Client()
    _password(client)
    with at(NOON):
        client.post(AUTHENTICATE, {"code": code_at(NOON)})
    assert client.get("/console/account/").status_code == 200
    remove_factors(with_app, actor=administrator.public_id)
    assert client.get("/console/account/").status_code == 302
    assert STAFF_COOKIE in client.cookies
