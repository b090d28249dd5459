"""Views are counted by page: each has a name that a reader of the table understands."""

import re
from importlib import import_module

import pytest

from tsunagari.city import discovery

FILES = re.compile(
    r"csv|xlsx|svg|css|json|ttl|live|evidence|download|feed|calendar|closing|document|stored|sitemap|robots|security|suggest"
)
"""Addresses that give a file or a part of a page, or speak to machines: nobody views them as a page."""


def _rooms() -> list[str]:
    return [name for name in discovery.having("urls") if hasattr(import_module(name), "app_name")]


@pytest.mark.parametrize("name", _rooms())
def test_every_page_of_a_room_has_a_name_in_words(name: str) -> None:
    room = import_module(name)
    pages = {each.name for each in room.urlpatterns if not FILES.search(str(each.name))}
    unnamed = pages - set(getattr(room, "PAGES", {}))
    assert not unnamed, f"{name}: name {', '.join(sorted(unnamed))} in PAGES, marked with N_."


def test_a_language_has_a_plain_name() -> None:
    words = discovery.slice_words()
    assert words["language", "en"] == "英語"
    assert words["page", "plan.measure"] == "取組ごとのページ"
