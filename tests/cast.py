"""The cast of all tests: 花子, her neighbour, three clerks, the secretariat, a member of its committee, an
administrator, an outsider.

    def test_a_clerk_of_another_division_gets_404(other_clerk_client): ...

Each person is a fixture (an Account) and has a signed-in client. `everybody` gives all clients by
name, for walking addresses as each of them; "outsider" is signed out.
"""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.actions.load_divisions import load_divisions
from tsunagari.kernel.identity.actions.make_account import make_staff
from tsunagari.kernel.identity.declare import Role
from tsunagari.kernel.identity.entrance.middleware import FACTOR_GIVEN, STAFF_COOKIE
from tsunagari.kernel.identity.entrance.stores import ResidentsStore, StaffStore
from tsunagari.kernel.identity.models import Account

PASSWORD = "hidamari-no-niwa-2026"
FIRST_DAY = date(2020, 4, 1)

PACK = {
    "divisions": [
        {"code": "shimin", "terms": [{"from": 2014, "name": "市民課", "en": "Citizens Division"}]},
        {
            "code": "hisho-koho",
            "terms": [{"from": 2014, "name": "秘書広報課", "en": "Public Relations Division"}],
        },
        {
            "code": "joho-suishin",
            "terms": [{"from": 2014, "name": "情報推進課", "en": "Information Promotion Division"}],
        },
    ]
}


def make_resident(email: str, name: str) -> Account:
    """A resident with a confirmed address and PASSWORD."""
    account = Account(kind="resident", email=email, name=name)
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def make_clerk(login_name: str, name: str, division: str, role: Role = "member") -> Account:
    """A clerk with one post since 2020 and PASSWORD; without a second factor."""
    account = make_staff(
        login_name=login_name,
        name=name,
        work_email=f"{login_name}@city.example.jp",
        password=PASSWORD,
    )
    give_post(
        account=account,
        division=division,
        title="主事",
        role=role,
        begins=FIRST_DAY,
        today=date(2026, 11, 20),
    )
    return account


def signed_in(account: Account, *, second_factor: bool = True) -> Client:
    """A client with a session of the account's own entrance; a clerk's has shown a second factor."""
    session = StaffStore() if account.is_staff else ResidentsStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if account.is_staff and second_factor:
        session[FACTOR_GIVEN] = {"account": account.public_id, "by": "enrolled"}
    session.save()
    client = Client()
    name = STAFF_COOKIE if account.is_staff else settings.SESSION_COOKIE_NAME
    client.cookies[name] = session.session_key or ""
    return client


@pytest.fixture
def divisions(db: None) -> None:
    """市民課, 秘書広報課 and 情報推進課."""
    load_divisions(PACK)


@pytest.fixture
def resident(db: None) -> Account:
    """花子."""
    return make_resident("hanako@example.jp", "西東京 花子")


@pytest.fixture
def neighbour(db: None) -> Account:
    """She lives next door to 花子."""
    return make_resident("tonari@example.jp", "隣野 光")


@pytest.fixture
def clerk(divisions: None) -> Account:
    """A clerk of 市民課."""
    return make_clerk("shimin", "田無 一郎", "shimin")


@pytest.fixture
def head(divisions: None) -> Account:
    """The head of 市民課."""
    return make_clerk("shimin-kacho", "谷戸 久", "shimin", "head")


@pytest.fixture
def other_clerk(divisions: None) -> Account:
    """A clerk of 秘書広報課."""
    return make_clerk("koho", "保谷 さくら", "hisho-koho")


@pytest.fixture
def secretariat(divisions: None) -> Account:
    """The plan's secretariat in 情報推進課."""
    return make_clerk("jimukyoku", "柳沢 恵", "joho-suishin", "secretariat")


@pytest.fixture
def committee_member(divisions: None) -> Account:
    """A member of the plan's committee, whose account 情報推進課 looks after."""
    return make_clerk("iin", "住吉 学", "joho-suishin", "committee")


@pytest.fixture
def administrator(divisions: None) -> Account:
    """The system's administrator in 情報推進課."""
    return make_clerk("kanri", "東伏見 誠", "joho-suishin", "administrator")


@pytest.fixture
def resident_client(resident: Account) -> Client:
    """花子, signed in."""
    return signed_in(resident)


@pytest.fixture
def neighbour_client(neighbour: Account) -> Client:
    """Her neighbour, signed in."""
    return signed_in(neighbour)


@pytest.fixture
def clerk_client(clerk: Account) -> Client:
    """The clerk of 市民課, signed in."""
    return signed_in(clerk)


@pytest.fixture
def head_client(head: Account) -> Client:
    """The head of 市民課, signed in."""
    return signed_in(head)


@pytest.fixture
def other_clerk_client(other_clerk: Account) -> Client:
    """The clerk of 秘書広報課, signed in."""
    return signed_in(other_clerk)


@pytest.fixture
def secretariat_client(secretariat: Account) -> Client:
    """The secretariat, signed in."""
    return signed_in(secretariat)


@pytest.fixture
def committee_client(committee_member: Account) -> Client:
    """The member of the committee, signed in."""
    return signed_in(committee_member)


@pytest.fixture
def administrator_client(administrator: Account) -> Client:
    """The administrator, signed in."""
    return signed_in(administrator)


@pytest.fixture
def outsider_client(db: None) -> Client:
    """Somebody signed out."""
    return Client()


@pytest.fixture
def everybody(  # noqa: PLR0917 - pytest hands fixtures over by name
    resident_client: Client,
    neighbour_client: Client,
    clerk_client: Client,
    head_client: Client,
    other_clerk_client: Client,
    secretariat_client: Client,
    committee_client: Client,
    administrator_client: Client,
    outsider_client: Client,
) -> dict[str, Client]:
    """All clients by name."""
    return {
        "resident": resident_client,
        "neighbour": neighbour_client,
        "clerk": clerk_client,
        "head": head_client,
        "other_clerk": other_clerk_client,
        "secretariat": secretariat_client,
        "committee": committee_client,
        "administrator": administrator_client,
        "outsider": outsider_client,
    }
