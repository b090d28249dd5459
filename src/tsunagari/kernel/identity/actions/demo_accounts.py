"""Demo accounts: people with known passwords for trying the platform out, never for a real city."""

from datetime import date
from pathlib import Path
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.mapping_file import mapping_in
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.actions.make_account import make_staff, note_resident
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.identity.rules.people_file import NOBODYS_PEOPLE, DemoPerson, people_in

DEMO_PASSWORD: Final = "tsunagari-demo-2026"  # noqa: S105 - known on purpose; the action refuses outside a demo
DEMO_SECRET: Final = "TSUNAGARITSUNAGARIDEMOSECRETKEYS"  # noqa: S105 - as above; base32
PERIOD: Final = 30


def demo_people(pack: Path | None = None) -> tuple[DemoPerson, ...]:
    """The people of a pack's people.yaml, or five nobodies where it has none; the installation's own pack
    where none is named. Raises Refused or UnreadableFileError."""
    file = (pack or Path(settings.CITY_PACK)) / "people.yaml"
    if not file.is_file():
        return NOBODYS_PEOPLE
    return people_in(mapping_in(file), file=str(file))


@transaction.atomic
def make_demo_accounts(*, clock: Clock) -> tuple[DemoPerson, ...]:
    """Make the people of the pack where they are missing; a second run changes nothing.

    All have DEMO_PASSWORD; clerks have an authenticator with DEMO_SECRET (`demo_code` gives its
    code). Raises Refused unless the installation is a trial (TSUNAGARI_DEMO=1 or TSUNAGARI_DEBUG=1).
    """
    if not (settings.DEBUG or settings.DEMO):
        raise Refused(
            gettext(
                "試用アカウントは、だれでも知っているパスワードを持ちます。試用の環境でだけ作れます（TSUNAGARI_DEMO=1 を付けて実行してください）。"
            )
        )
    people = demo_people()
    for person in people:
        if person.posts:
            _clerk(person, japan_day(clock()))
        else:
            _resident(person)
    return people


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
    for post in person.posts:
        give_post(
            account=account,
            division=post.division,
            title=post.title,
            role=post.role,
            begins=post.begins or FiscalYear.of(today).first_day,
            ends=post.ends,
            today=today,
        )


def demo_actor(login: str) -> str:
    """The public id of a clerk of the trial; "" where nobody has that login name."""
    found = Account.objects.filter(kind=Account.Kinds.STAFF, login_name=login).first()
    return found.public_id if found else ""


def demo_code(login: str, *, clock: Clock) -> str:
    """The six digits that a demo clerk's authenticator shows now.

    Raises Refused when `login` is not a clerk of the demo.
    """
    clerks = [person.login for person in demo_people() if person.posts]
    if login not in clerks:
        raise Refused(
            gettext("%(login)s は試用の職員ではありません。次のどれかを書いてください：%(clerks)s")
            % {"login": login, "clerks": ", ".join(clerks)}
        )
    return str(format_hotp_value(hotp_value(_secret(login), int(clock().timestamp()) // PERIOD)))


def _secret(login: str) -> str:
    """The secret of a demo clerk's authenticator, which an older trial may have made; of an account
    with a password of its own none is read."""
    held = Authenticator.objects.filter(
        user__login_name=login, user__kind=Account.Kinds.STAFF, type=Authenticator.Type.TOTP
    ).first()
    if held is None or not held.user.check_password(DEMO_PASSWORD):
        return DEMO_SECRET
    return str(decrypt(held.data["secret"]))
