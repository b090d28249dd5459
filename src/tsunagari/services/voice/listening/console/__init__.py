"""The console's screens of letters to the city and of calls for comments."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from tsunagari.kernel.identity.api import actor_of

ROLES = ("member", "head", "secretariat")


def screens() -> Iterator[ModuleType]:
    """Every module of this folder, by its name: each brings its own addresses as URLS."""
    for each in iter_modules(__path__):
        yield import_module(f"{__name__}.{each.name}")


@hooks.register("register_admin_urls")
def listening_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [url for screen in screens() for url in getattr(screen, "URLS", ())]


class ForClerks(SubmenuMenuItem):
    """Shown to clerks of a division."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether she acts as a clerk now."""
        actor = actor_of(request)
        return bool(actor and actor.post and actor.post.role in ROLES)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """The menu's entry with its two lists."""
    entries = [
        MenuItem(
            _("市民の声"), reverse("listening_inbox"), name="listening-voices", icon_name="mail"
        ),
        MenuItem(
            _("パブリックコメント"),
            reverse("listening_calls"),
            name="listening-calls",
            icon_name="comment",
        ),
    ]
    return ForClerks(
        _("広報広聴"), Menu(None, items=entries), name="listening", icon_name="mail", order=160
    )
