"""The console's screens of the city's pages, and what stands beside Wagtail's editor."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.urls import URLPattern
from wagtail import hooks


def screens() -> Iterator[ModuleType]:
    """Every module of this folder: each brings its own addresses as URLS, and its hooks."""
    for each in iter_modules(__path__):
        yield import_module(f"{__name__}.{each.name}")


SCREENS = tuple(screens())


@hooks.register("register_admin_urls")
def content_urls() -> list[URLPattern]:
    """Addresses below /console/content/."""
    return [url for screen in SCREENS for url in getattr(screen, "URLS", ())]
