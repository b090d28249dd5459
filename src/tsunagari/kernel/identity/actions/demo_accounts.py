"""Demo accounts: people with known passwords for trying the platform out, never for a real city."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.actions.make_account import make_staff, note_resident
from tsunagari.kernel.identity.declare import Role
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Refused

DEMO_PASSWORD: Final = "tsunagari-demo-2026"  # noqa: S105 - known on purpose; the action refuses outside a demo
DEMO_SECRET: Final = "NISHITOKYOTSUNAGARIDEMOSECRETKEY"  # noqa: S105 - as above; base32
PERIOD: Final = 30


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """One person of the demo. `division` is "" for the resident, whose `login` is her address."""

    login: str
    name: str
    kana: str
    division: str = ""
    title: str = ""
    role: Role = "member"


DEMO_PEOPLE: Final = (
    DemoPerson(login="hanako@example.jp", name="西東京 花子", kana="にしとうきょう はなこ"),
    DemoPerson(
        login="shimin",
        name="田無 一郎",
        kana="たなし いちろう",
        division="shimin",
        title=N_("主事"),
    ),
    DemoPerson(
        login="koho",
        name="保谷 さくら",
        kana="ほうや さくら",
        division="hisho-koho",
        title=N_("主事"),
    ),
    DemoPerson(
        login="jimukyoku",
        name="柳沢 恵",
        kana="やぎさわ めぐみ",
        division="joho-suishin",
        title=N_("主査"),
        role="secretariat",
    ),
    DemoPerson(
        login="kanri",
        name="東伏見 誠",
        kana="ひがしふしみ まこと",
        division="joho-suishin",
        title=N_("係長"),
        role="administrator",
    ),
)
"""The names are places in the city, not people."""


@transaction.atomic
def make_demo_accounts(*, clock: Clock) -> tuple[DemoPerson, ...]:
    """Make the people of DEMO_PEOPLE where they are missing; a second run changes nothing.

    All have DEMO_PASSWORD; clerks have an authenticator with DEMO_SECRET (`demo_code` gives its
    code). Raises Refused unless the installation is a trial (TSUNAGARI_DEMO=1 or TSUNAGARI_DEBUG=1).
    """
    if not (settings.DEBUG or settings.DEMO):
        raise Refused(
            gettext(
                "試用アカウントは、だれでも知っているパスワードを持ちます。試用の環境でだけ作れます（TSUNAGARI_DEMO=1 を付けて実行してください）。"
            )
        )
    for person in DEMO_PEOPLE:
        if person.division:
            _clerk(person, japan_day(clock()))
        else:
            _resident(person)
    return DEMO_PEOPLE


def _resident(person: DemoPerson) -> None:
    if Account.objects.filter(email=person.login).exists():
        return
    account = Account(
        kind=Account.Kinds.RESIDENT, email=person.login, name=person.name, kana=person.kana
    )
    account.set_password(DEMO_PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=person.login, verified=True, primary=True)
    note_resident(account)


def _clerk(person: DemoPerson, today: date) -> None:
    if Account.objects.filter(login_name=person.login).exists():
        return
    account = make_staff(
        login_name=person.login,
        name=person.name,
        kana=person.kana,
        work_email=f"{person.login}@city.example.jp",
        password=DEMO_PASSWORD,
    )
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": encrypt(DEMO_SECRET)}
    )
    give_post(
        account=account,
        division=person.division,
        title=person.title,
        role=person.role,
        begins=FiscalYear.of(today).first_day,
        today=today,
    )


def demo_code(login: str, *, clock: Clock) -> str:
    """The six digits that a demo clerk's authenticator shows now.

    Raises Refused when `login` is not a clerk of the demo.
    """
    clerks = [person.login for person in DEMO_PEOPLE if person.division]
    if login not in clerks:
        raise Refused(
            gettext("%(login)s は試用の職員ではありません。次のどれかを書いてください：%(clerks)s")
            % {"login": login, "clerks": ", ".join(clerks)}
        )
    return str(format_hotp_value(hotp_value(DEMO_SECRET, int(clock().timestamp()) // PERIOD)))
