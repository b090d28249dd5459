"""The menu's entry サイト内検索 with the screens below it."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from tsunagari.kernel.identity.api import actor_of


class _ForStaff(MenuItem):
    """Shown to every clerk."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whoever acts in a post."""
        return actor_of(request) is not None


_ENTRIES = (
    (_("探された言葉"), "search_sought", "search"),
    (_("言い換え"), "search_synonyms", "edit"),
    (_("市だけの言葉"), "search_own_words", "list-ul"),
)


@hooks.register("register_admin_menu_item")
def search_menu() -> MenuItem:
    """The menu's entry."""
    items = [
        _ForStaff(title, reverse_lazy(name), name=name, icon_name=icon, order=order)
        for order, (title, name, icon) in enumerate(_ENTRIES)
    ]
    return SubmenuMenuItem(
        _("サイト内検索"), Menu(items=items), name="site-search", icon_name="search", order=150
    )
