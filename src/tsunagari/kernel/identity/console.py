"""The console's menu: switching posts, keys of divisions, and clerks."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.kernel.identity.api import actor_of


class ForRoles(MenuItem):
    """Shown to those whose post carries one of the roles; to all clerks when none is named."""

    def __init__(self, *args: Any, roles: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles

    def is_shown(self, request: HttpRequest) -> bool:
        """By the post that is acted as now."""
        actor = actor_of(request)
        if actor is None:
            return False
        return not self.roles or any(actor.has_role(role) for role in self.roles)


class SwitchPost(ForRoles):
    """Only who holds more than one post needs to choose."""

    def is_shown(self, request: HttpRequest) -> bool:
        """With two posts or more."""
        actor = actor_of(request)
        return actor is not None and len(actor.posts) > 1


@hooks.register("register_admin_menu_item")
def switch_item() -> MenuItem:
    """担当を切り替える."""
    return SwitchPost(
        _("担当を切り替える"),
        reverse("identity_switch_post"),
        name="posts",
        icon_name="group",
        order=5,
    )


@hooks.register("register_admin_menu_item")
def keys_item() -> MenuItem:
    """Keys, for heads and the secretariat."""
    return ForRoles(
        _("数値を登録する鍵"),
        reverse("identity_keys"),
        name="keys",
        icon_name="key",
        order=800,
        roles=("head", "secretariat"),
    )


@hooks.register("register_admin_menu_item")
def clerks_item() -> MenuItem:
    """Clerks, for administrators."""
    return ForRoles(
        _("職員"),
        reverse("identity_clerks"),
        name="clerks",
        icon_name="user",
        order=810,
        roles=("administrator",),
    )


@hooks.register("construct_settings_menu")
def without_users(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own screens for users and groups would make accounts that no entrance knows."""
    items[:] = [item for item in items if item.name not in ("users", "groups")]
