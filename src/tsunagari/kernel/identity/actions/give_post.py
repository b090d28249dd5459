"""Give a post: a clerk begins in a division, mainly or concurrently (兼務)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.identity import rules
from tsunagari.kernel.identity.actions.sync_groups import sync_groups
from tsunagari.kernel.identity.declare import PostGiven, Role
from tsunagari.kernel.identity.models import Account, Division, Post
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def give_post(
    *,
    account: Account,
    division: str,
    title: str,
    role: Role,
    begins: date,
    today: date,
    ends: date | None = None,
    concurrent: bool = False,
    actor: str = "",
    acting_for: str = "",
) -> Post:
    """Write the post; `division` and `acting_for` are codes.

    Raises Refused when the account is a resident's, the division is unknown, the days run backwards,
    or the clerk already has a main post in these days.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    _check(account, begins, ends, concurrent=concurrent)
    post = Post.objects.create(
        account=account,
        division=_division(division),
        title=title,
        role=role,
        begins=begins,
        ends=ends,
        concurrent=concurrent,
    )
    sync_groups(account, today)
    record(
        PostGiven(
            subject=account.public_id,
            actor=actor,
            division=acting_for,
            post=post.public_id,
            of=division,
            role=role,
            concurrent=concurrent,
        )
    )
    return post


def _division(code: str) -> Division:
    division = Division.objects.filter(code=code).first()
    if division is None:
        raise Refused(
            gettext("%(code)s という課はありません。一覧から選んでください。") % {"code": code}
        )
    return division


def _check(account: Account, begins: date, ends: date | None, *, concurrent: bool) -> None:
    if not account.is_staff:
        raise Refused(
            gettext("住民のアカウントに職は付けられません。職員のアカウントを選んでください。")
        )
    if ends is not None and ends < begins:
        raise Refused(gettext("終わりの日が、はじめの日より前です。日付を確かめてください。"))
    if concurrent:
        return
    for post in account.posts.filter(concurrent=False):
        if rules.overlap(begins, ends, post.begins, post.ends):
            raise Refused(
                gettext(
                    "この期間には、すでに主な職があります。前の職を終えるか、兼務として登録してください。"
                )
            )
