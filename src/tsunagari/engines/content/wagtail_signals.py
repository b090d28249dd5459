"""What Wagtail says of pages, carried into what residents read; its signals are heard here and nowhere else."""

from typing import Any

from django.db.models.signals import pre_delete
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_approved,
    task_rejected,
    task_submitted,
)

from tsunagari.engines.content.actions.hide_page import hide_page
from tsunagari.engines.content.actions.note_decision import note_decision, note_turn
from tsunagari.engines.content.actions.show_page import show_moved, show_page
from tsunagari.engines.content.models import PAGE_TYPES, CityPage
from tsunagari.engines.content.queries.history import FORMATTERS
from tsunagari.kernel.i18n.clock import system_clock


def connect() -> None:
    """Begin to listen. Safe to call twice."""
    name = "tsunagari.content"
    page_published.connect(_on_published, dispatch_uid=name)
    page_unpublished.connect(_on_unpublished, dispatch_uid=name)
    page_slug_changed.connect(_on_moved, dispatch_uid=name)
    post_page_move.connect(_on_moved, dispatch_uid=name)
    task_submitted.connect(_on_turn, dispatch_uid=name)
    task_approved.connect(_on_approved, dispatch_uid=name)
    task_rejected.connect(_on_returned, dispatch_uid=name)
    hooks.register("register_log_actions", _register_log_actions)
    for kind in PAGE_TYPES:
        pre_delete.connect(_on_deleted, sender=kind, dispatch_uid=name)


def _register_log_actions(actions: LogActionRegistry) -> None:
    """What a page's history says beside Wagtail's own; every process that writes one knows them."""
    for action, formatter in FORMATTERS.items():
        actions.register_action(action)(formatter)


def _on_turn(instance: Any, user: Any = None, **_rest: Any) -> None:
    note_turn(instance, user)


def _on_approved(instance: Any, user: Any = None, **_rest: Any) -> None:
    note_decision(instance, user, approved=True)


def _on_returned(instance: Any, user: Any = None, **_rest: Any) -> None:
    note_decision(instance, user, approved=False)


def _on_published(instance: Any, **_rest: Any) -> None:
    if isinstance(instance, CityPage):
        show_page(instance, clock=system_clock)


def _on_unpublished(instance: Any, **_rest: Any) -> None:
    if isinstance(instance, CityPage):
        hide_page(instance, expired=instance.expired)


def _on_moved(instance: Any, **_rest: Any) -> None:
    page = instance.specific  # a move tells Wagtail's plain page
    if isinstance(page, CityPage):
        show_moved(page, clock=system_clock)


def _on_deleted(instance: CityPage, **_rest: Any) -> None:
    hide_page(instance, expired=False)
