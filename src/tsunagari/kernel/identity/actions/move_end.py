"""Move the end of a post: later, earlier, or open again; the post itself stays what it was."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.kernel.identity import rules
from tsunagari.kernel.identity.actions.sync_groups import sync_groups
from tsunagari.kernel.identity.declare import PostEndMoved
from tsunagari.kernel.identity.models import Account, Post
from tsunagari.kernel.identity.rules import Refused
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def move_end(
    post: Post, *, ends: date | None, today: date, actor: str = "", acting_for: str = ""
) -> None:
    """Set the last day (included), None for until further notice.

    Raises Refused when it lies before the first day, or a main post would last into another.
    """
    Account.objects.select_for_update().get(pk=post.account_id)
    if ends is not None and ends < post.begins:
        raise Refused(gettext("終わりの日が、はじめの日より前です。日付を確かめてください。"))
    others = Post.objects.filter(account_id=post.account_id, concurrent=False).exclude(pk=post.pk)
    if not post.concurrent and any(
        rules.overlap(post.begins, ends, other.begins, other.ends) for other in others
    ):
        raise Refused(
            gettext(
                "この期間には、すでに主な職があります。前の職を終えるか、兼務として登録してください。"
            )
        )
    post.ends = ends
    post.save(update_fields=["ends"])
    sync_groups(post.account, today)
    record(
        PostEndMoved(
            subject=post.account.public_id,
            actor=actor,
            division=acting_for,
            post=post.public_id,
            of=post.division.code,
        )
    )
