"""The console: Wagtail calls this once, and it brings in the screens of this zone and its start page."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from tsunagari.city import addresses
from tsunagari.kernel.design.needs import needs
from tsunagari.kernel.identity.api import actor_of

for _console in addresses.consoles(settings.ZONE):
    import_module(_console)


class NeedsPanel(Component):
    """いま対応が必要なもの: what waits for this clerk, each with the screen where it is done."""

    name = "needs"
    template_name = "city/needs.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The needs of whoever asks, and as whom she acts."""
        request = (parent_context or {})["request"]
        return {"needs": needs(request), "actor": actor_of(request)}


@hooks.register("construct_homepage_panels", order=1000)
def start_with_needs(_request: HttpRequest, panels: list[Component]) -> None:
    """The start page begins with what needs somebody now."""
    panels.insert(0, NeedsPanel())


@hooks.register("construct_main_menu")
def without_wagtails_own_help(_request: HttpRequest, items: list[MenuItem]) -> None:
    """The help is our handbook; Wagtail's own points outside and speaks of another tool."""
    items[:] = [item for item in items if item.name != "help"]
