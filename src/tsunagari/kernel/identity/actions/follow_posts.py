"""Follow posts: at midnight in Japan, rights begin and end with the days of the posts."""

from datetime import date

from django.db import transaction

from tsunagari.kernel.identity import queries
from tsunagari.kernel.identity.actions.end_sessions import end_all
from tsunagari.kernel.identity.actions.sync_groups import group_name, sync_groups
from tsunagari.kernel.identity.models import Account


def follow_posts(today: date) -> int:
    """Bring every clerk's groups in line with her posts of today; returns for how many they changed.

    A clerk whose posts are all over is signed out everywhere; she can sign in again, and then opens
    nothing but her own account. Safe to run twice: the second run changes nothing.
    """
    clerks = queries.staff().prefetch_related("posts", "groups")
    return sum(_follow(account, today) for account in clerks)


@transaction.atomic
def _follow(account: Account, today: date) -> bool:
    roles = {post.role for post in queries.current(account.posts.all(), today)}
    superuser = "administrator" in roles and account.is_active
    groups = {group.name for group in account.groups.all()}
    changed = groups != {group_name(role) for role in roles} or account.is_superuser != superuser
    if changed:
        sync_groups(account, today)
    if not roles:
        end_all(account, how="no_post", actor="")
    return changed
