"""What Wagtail's own catalogue leaves in English stands in ours, and on the screen."""

import re
from pathlib import Path

import pytest
import wagtail
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation import gettext, override

from tsunagari.city.catalogues import catalogue

CITY = Path(__file__).parents[1]
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def _places(words: str | tuple[str, ...] | list[str] | None) -> set[tuple[str, str]]:
    return set(PLACE.findall(words if isinstance(words, str) else " ".join(words or ())))


def _read(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [each for each in read_po(file) if each.id]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_is_one_of_wagtails_and_says_no_value_that_it_has_not(domain: str) -> None:
    ours = _read(catalogue(CITY, "ja").with_stem(domain))
    known = {
        str(each.id)
        for path in Path(wagtail.__file__).parent.glob(f"**/locale/en/LC_MESSAGES/{domain}.po")
        for each in _read(path)
    }
    assert len(ours) > 30
    assert not [each.id for each in ours if str(each.id) not in known]
    assert not [each.id for each in ours if _places(each.string) - _places(each.id)]


def test_django_takes_ours_over_wagtails() -> None:
    with override("ja"):
        assert gettext("Skip to main content") == "本文へ移動"


@pytest.mark.django_db
def test_the_scripts_of_the_console_get_them_too(clerk_client: Client) -> None:
    words = clerk_client.get("/console/jsi18n/").content.decode()
    assert "メニューを開く・閉じる" in words or "\\u30e1\\u30cb\\u30e5\\u30fc\\u3092" in words
