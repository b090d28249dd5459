"""Sync groups: a clerk's roles of today become groups of the console."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from tsunagari.kernel.identity.declare import PERMISSIONS, ROLES, Role
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.queries import posts_on


@transaction.atomic
def sync_groups(account: Account, today: date) -> None:
    """Bring the account's groups in line with the posts it holds today.

    Every role may open the console; an administrator is a superuser there. Run at each change of a
    post, at each sign-in, and at midnight (follow_posts) for those whose days begin or end.
    """
    roles = {post.role for post in posts_on(account, today)} if account.is_staff else set()
    groups = [_group(role) for role in ROLES if role in roles]
    account.groups.set(groups)
    superuser = "administrator" in roles and account.is_active
    if account.is_superuser != superuser:
        account.is_superuser = superuser
        account.save(update_fields=["is_superuser"])


def _group(role: Role) -> Group:
    group, _new = Group.objects.get_or_create(name=group_name(role))
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for permission in PERMISSIONS[role]:
        room, codename = permission.split(".")
        wanted |= Q(content_type__app_label=room, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    return group


def group_name(role: str) -> str:
    """The group of the console that a role becomes; the prefix tells it from groups made by hand."""
    if role not in ROLES:
        raise KeyError(f"there is no role {role!r}; there are: {', '.join(ROLES)}")
    return f"role:{role}"
