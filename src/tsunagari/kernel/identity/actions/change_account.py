"""Change what is known of a clerk: her name, its reading, where her mail goes."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.identity.declare import AccountChanged
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def change_account(
    account: Account,
    *,
    name: str,
    kana: str,
    work_email: str,
    actor: str,
    acting_for: str = "",
) -> None:
    """Write them. Codes for a forgotten password go to the new address from now on.

    Raises Refused for a missing name, an address that is none or is another clerk's.
    """
    check_person(name=name, kana=kana, work_email=work_email)
    if work_email and Account.objects.filter(work_email=work_email).exclude(pk=account.pk).exists():
        raise Refused(
            gettext(
                "このメールアドレスは別の職員が使っています。本人だけのアドレスを入力してください。"
            )
        )
    account.name, account.kana, account.work_email = name, kana, work_email
    account.save(update_fields=["name", "kana", "work_email"])
    record(AccountChanged(subject=account.public_id, actor=actor, division=acting_for))


def check_person(*, name: str, kana: str, work_email: str) -> None:
    """Raises Refused where a value does not fit what it is."""
    if not name or len(name) > 100 or len(kana) > 100:
        raise Refused(
            gettext("お名前（100文字まで）を入力してください。ふりがなも100文字までです。")
        )
    if work_email:
        try:
            validate_email(work_email)
        except ValidationError as wrong:
            raise Refused(
                gettext("メールアドレスの形ではありません（例：nishi@city.example.jp）")
            ) from wrong
