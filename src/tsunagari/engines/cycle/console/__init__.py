"""The console's screens of a plan's year."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


def screens() -> Iterator[ModuleType]:
    """Every module of this folder, by its name: each brings its own addresses as URLS."""
    for each in iter_modules(__path__):
        yield import_module(f"{__name__}.{each.name}")


@hooks.register("register_admin_urls")
def cycle_urls() -> list[URLPattern]:
    """Addresses below /console/. No two modules have addresses that fit each other's."""
    return [url for screen in screens() for url in getattr(screen, "URLS", ())]


@hooks.register("register_admin_menu_item")
def year_menu_item() -> MenuItem:
    """The menu's entry."""
    return MenuItem(
        _("年度の進行"), reverse("cycle_start"), name="year", icon_name="calendar-alt", order=155
    )
