"""What the sample town's people said can be told, once."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.services.voice.listening.actions.load_listening import load_listening
from tsunagari.services.voice.listening.models import Call, PublishedVoice, Voice
from tsunagari.services.voice.listening.queries import public_entries
from tsunagari.services.voice.listening.queries.calls import public_calls
from tsunagari.services.voice.listening.tests.town import NOON, page_of

MOST_QUERIES = 12
PACK = settings.ROOT / "cities" / "sample"


@pytest.mark.django_db
def test_the_sample_town_has_letters_and_calls_in_every_state(
    divisions: None, client: Client
) -> None:
    assert load_listening(PACK, clock=NOON) == 11
    assert load_listening(PACK, clock=NOON) == 0
    states = set(Voice.objects.values_list("state", flat=True))
    assert states == {"received", "assigned", "asked", "answered"}
    phases = [each.phase for each in public_calls(now=NOON(), language="ja")]
    assert phases == ["open", "sorting", "published"]
    assert len(list(public_entries(now=NOON()))) == 7
    page = page_of(client, f"/services/listening/comments/{Call.objects.last().public_id}/")  # type: ignore[union-attr]  # there is one
    assert "4人から、4件の意見がありました。" in page


@pytest.mark.django_db
def test_an_english_page_marks_the_citys_japanese_and_every_page_asks_little(
    divisions: None, client: Client
) -> None:
    load_listening(PACK, clock=system_clock)
    pages = ["", "voices/", f"voices/{PublishedVoice.objects.all()[0].public_id}/", "comments/"]
    for each in Call.objects.all():
        pages += [f"comments/{each.public_id}/", f"comments/{each.public_id}/send/"]
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"/en/services/listening/{page}")
        assert len(asked) <= MOST_QUERIES, page
        assert _unmarked(answer.content.decode()) == [], page


def _unmarked(page: str) -> list[str]:
    """Japanese that is not marked as such."""
    found = []
    for text in BeautifulSoup(page, "html.parser").find_all(string=re.compile("[ぁ-んァ-ヶ一-龠]")):
        parents = [each for each in text.parents if isinstance(each, Tag)]  # type: ignore[redundant-expr]  # stubs differ
        language = next((each["lang"] for each in parents if each.get("lang")), "")
        if language != "ja" and not any(each.name == "script" for each in parents):
            found.append(str(text).strip())
    return found
