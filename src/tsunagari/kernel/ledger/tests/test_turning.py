"""The audit is turned by positions: nothing is counted, nothing is cut off, and memory does not grow."""

import re

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tsunagari.kernel.ledger import console, queries
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.tests.happenings import plant

pytestmark = pytest.mark.django_db
ADDRESS = "/console/audit/"
PLANTED = {"name": "test.planted"}


def _plant(count: int) -> list[int]:
    """Record so many plantings; gives the positions of all there are, newest first."""
    for number in range(count):
        plant(trees=number)
    sequence()
    planted = queries.find(name="test.planted")
    return [entry.position for entry in planted]


def _positions(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<tr>\s*<td[^>]*>(\d+)</td>", page)]


def _turn(client: Client, page: str, rel: str) -> str:
    (address,) = re.findall(rf'rel="{rel}" href="([^"]+)"', page)
    return client.get(ADDRESS + address.replace("&amp;", "&")).content.decode()


def test_a_clerk_turns_back_and_forth_and_meets_every_record_once(
    secretariat_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "PER_PAGE", 3)
    planted = _plant(7)
    first = secretariat_client.get(ADDRESS, PLANTED).content.decode()
    assert _positions(first) == planted[:3]
    assert 'rel="prev"' not in first
    second = _turn(secretariat_client, first, "next")
    last = _turn(secretariat_client, second, "next")
    assert (_positions(second), _positions(last)) == (planted[3:6], planted[6:])
    assert 'rel="next"' not in last
    again = _turn(secretariat_client, last, "prev")
    assert _positions(again) == planted[3:6]
    assert _positions(_turn(secretariat_client, again, "prev")) == planted[:3]


def test_what_is_recorded_meanwhile_moves_no_record_of_an_older_page(
    secretariat_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "PER_PAGE", 3)
    planted = _plant(5)
    first = secretariat_client.get(ADDRESS, PLANTED).content.decode()
    _plant(4)
    assert _positions(_turn(secretariat_client, first, "next")) == planted[3:]


def test_the_list_counts_nothing(secretariat_client: Client) -> None:
    _plant(3)
    with CaptureQueriesContext(connection) as asked:
        secretariat_client.get(ADDRESS, PLANTED)
    entries = [each["sql"] for each in asked if '"ledger_entry"' in each["sql"]]
    assert len(entries) == 1
    assert "COUNT(" not in entries[0].upper()


@pytest.mark.parametrize("odd", ["²", "-1", "x", "9" * 30, "0"])
def test_an_odd_position_in_the_address_shows_the_newest(
    secretariat_client: Client, odd: str
) -> None:
    planted = _plant(1)
    page = secretariat_client.get(ADDRESS, {**PLANTED, "before": odd}).content.decode()
    assert _positions(page) == planted


def test_an_export_holds_everything_and_reads_a_batch_at_a_time(
    secretariat_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "ROWS_AT_ONCE", 10)
    planted = _plant(25)
    answer = secretariat_client.get(ADDRESS, {**PLANTED, "export": "csv"})
    assert isinstance(answer, StreamingHttpResponse)
    pieces = iter(answer)
    text = [next(pieces)]
    with CaptureQueriesContext(connection) as asked:
        text.append(next(pieces))
    assert len(asked) == 1
    lines = b"".join([*text, *pieces]).decode("utf-8-sig").splitlines()
    assert [int(line.split(",")[0]) for line in lines[1:]] == planted


def test_an_export_keeps_the_readers_language_to_its_end() -> None:
    _plant(1)
    with translation.override("ja"):
        pieces = [
            piece.decode() for piece in console._lines(queries.find(name="test.planted"), "en")
        ]
        assert translation.get_language() == "ja"
    assert pieces[0].startswith("\ufeffNo.,Time,Event,")


def test_the_screen_says_what_the_file_holds(secretariat_client: Client) -> None:
    assert "CSVの件数に上限はありません" in secretariat_client.get(ADDRESS).content.decode()
