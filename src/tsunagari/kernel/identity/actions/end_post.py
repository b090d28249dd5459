"""End a post: it stays in the records with its last day."""

from datetime import date

from django.db import transaction

from tsunagari.kernel.identity.actions.sync_groups import sync_groups
from tsunagari.kernel.identity.declare import PostEnded
from tsunagari.kernel.identity.models import Post
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def end_post(
    post: Post, *, last_day: date, today: date, actor: str = "", acting_for: str = ""
) -> None:
    """Set the last day (included); a day before the first means that the post was never held."""
    post.ends = max(last_day, post.begins)
    post.save(update_fields=["ends"])
    sync_groups(post.account, today)
    record(
        PostEnded(
            subject=post.account.public_id,
            actor=actor,
            division=acting_for,
            post=post.public_id,
            of=post.division.code,
        )
    )
