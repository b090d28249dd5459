"""The menu's entry ページの管理 with the screens below it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from tsunagari.engines.content.console.desk import hand_of
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.identity.api import actor_of


class _ForHands(MenuItem):
    """Shown to those of whom a test holds."""

    def __init__(self, *args: Any, shown: Callable[[Hand], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shown = shown

    def is_shown(self, request: HttpRequest) -> bool:
        """By the post that is acted as now."""
        return actor_of(request) is not None and self._shown(hand_of(request))


def _everybody(_hand: Hand) -> bool:
    return True


def _heads(hand: Hand) -> bool:
    return hand.head or hand.office


def _office(hand: Hand) -> bool:
    return hand.office


_ENTRIES = (
    (_("読まれ方"), "content_use", "view", _everybody),
    (_("ページの点検"), "content_check", "tasks", _everybody),
    (_("確かめる時期のページ"), "content_reviews", "date", _everybody),
    (_("切れたリンク"), "content_links", "link", _everybody),
    (_("市の用語"), "content_words", "edit", _everybody),
    (_("緊急に公開したページ"), "content_later", "warning", _everybody),
    (_("承認の代理"), "content_deputies", "group", _heads),
    (_("前のアドレス"), "content_former", "redirect", _office),
    (_("組織変更"), "content_succession", "resubmit", _office),
)


@hooks.register("register_admin_menu_item")
def care_menu() -> MenuItem:
    """The menu's entry."""
    items = [
        _ForHands(title, reverse_lazy(name), name=name, icon_name=icon, order=order, shown=shown)
        for order, (title, name, icon, shown) in enumerate(_ENTRIES)
    ]
    return SubmenuMenuItem(
        _("ページの管理"), Menu(items=items), name="content-care", icon_name="doc-full", order=140
    )
