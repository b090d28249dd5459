"""The console's screens of the plan: what the secretariat edits, and what divisions enter."""

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.engines.plan.console import (
    adding,
    evidence,
    figure_enter,
    figure_files,
    figure_list,
    figure_page,
    goals,
    measures,
    plans,
    sheets,
    start,
    surroundings,
)


@hooks.register("register_admin_urls")
def console_urls() -> list[URLPattern]:
    """Addresses below /console/. Each module of this folder brings its own as URLS; words such as
    "around" come before the codes of plans."""
    return [
        *start.URLS,
        *surroundings.URLS,
        *adding.URLS,
        *measures.URLS,
        *sheets.URLS,
        *plans.URLS,
        *figure_files.URLS,
        *evidence.URLS,
        *goals.URLS,
        *figure_list.URLS,
        *figure_page.URLS,
        *figure_enter.URLS,
    ]


@hooks.register("register_admin_menu_item")
def plan_menu_item() -> MenuItem:
    """The menu's entry."""
    return MenuItem(_("計画"), reverse("plan_console"), name="plan", icon_name="list-ul", order=150)


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """The menu's entry for entering results."""
    title, address = figure_list.MENU
    return MenuItem(title, reverse(address), name="results", icon_name="edit", order=160)
