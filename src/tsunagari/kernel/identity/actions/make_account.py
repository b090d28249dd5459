"""Make an account: a clerk's by an administrator; a resident's she makes herself at the entrance."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.identity.declare import AccountMade
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def make_staff(
    *,
    login_name: str,
    name: str,
    kana: str = "",
    work_email: str = "",
    password: str = "",
    actor: str = "",
) -> Account:
    """Make a clerk's account; without a password she sets one through 「パスワードを忘れたとき」.

    Raises Refused when the login name or the address is taken, or there is no way to sign in.
    """
    login_name = login_name.strip().lower()
    work_email = work_email.strip().lower()
    if not login_name:
        raise Refused(gettext("ログイン名を入力してください（例：nishi-hanako）"))
    if Account.objects.filter(login_name=login_name).exists():
        raise Refused(gettext("このログイン名は使われています。別の名前を入力してください。"))
    if work_email and Account.objects.filter(work_email=work_email).exists():
        raise Refused(
            gettext(
                "このメールアドレスは別の職員が使っています。本人だけのアドレスを入力してください。"
            )
        )
    if not work_email and not password:
        raise Refused(
            gettext(
                "メールアドレスを入力してください。はじめてのパスワードを決める番号をそこへ送ります。"
            )
        )
    account = Account(
        kind=Account.Kinds.STAFF, login_name=login_name, name=name, kana=kana, work_email=work_email
    )
    _set_password(account, password)
    account.save()
    record(AccountMade(subject=account.public_id, actor=actor, kind="staff"))
    return account


def _set_password(account: Account, password: str) -> None:
    if password:
        validate_password(password, account)
        account.set_password(password)
    else:
        account.set_unusable_password()


@transaction.atomic
def note_resident(account: Account) -> None:
    """Record that a resident made her account at the entrance."""
    record(AccountMade(subject=account.public_id, actor=account.public_id, kind="resident"))
