"""The chain of seals: whole when nothing was touched, and naming the first broken batch when it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tsunagari.kernel.ledger import api, queries
from tsunagari.kernel.ledger.actions.retain import retain
from tsunagari.kernel.ledger.actions.seal import LONGEST_WAIT, seal
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.declare import Projection
from tsunagari.kernel.ledger.models import Cursor, Entry, Seal
from tsunagari.kernel.ledger.tests.happenings import plant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@contextmanager
def _as_a_forger() -> Iterator[None]:
    """With the database's guard taken away, as somebody with all rights might."""
    with connection.cursor() as database:
        if connection.vendor == "postgresql":
            database.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_guard")
        else:
            database.execute("DROP TRIGGER ledger_entry_guard")
        yield
        if connection.vendor == "postgresql":
            database.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_guard")


def _three_batches() -> None:
    for _batch in range(3):
        for number in range(4):
            plant(trees=number)
        sequence()
        seal(at_once=True, clock=lambda: NOW)


def test_untouched_batches_verify() -> None:
    _three_batches()
    plant()
    sequence()
    finding = api.verify()
    assert (finding.seals, finding.sealed_upto, finding.broken) == (3, 12, "")
    assert finding.head == Seal.objects.get(number=3).hash


def _change_an_event() -> None:
    Entry.objects.filter(position=6).update(data={"kind": "oak", "trees": 9, "watered": None})


def _remove_an_event() -> None:
    Entry.objects.filter(position=7).delete()


def _change_the_time() -> None:
    Entry.objects.filter(position=5).update(recorded_at=NOW)


def _forge_the_content() -> None:
    Seal.objects.filter(number=2).update(content="f" * 64)


def _remove_the_seal() -> None:
    Seal.objects.filter(number=2).delete()


def _reseal_alone() -> None:
    second = Seal.objects.get(number=2)
    second.previous = "0" * 64
    second.save()


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (_change_an_event, r"Batch 2 \(positions 5–8\) is broken: an event in it was changed"),
        (_change_the_time, r"Batch 2 .* an event in it was changed"),
        (_remove_an_event, r"Batch 2 .* holds 3 events instead of 4"),
        (_forge_the_content, r"Batch 2 .* its seal was changed"),
        (_remove_the_seal, r"Batch 3 .* batch 2 is missing before it"),
        (_reseal_alone, r"Batch 2 .* does not point to the batch before it"),
    ],
)
def test_the_command_names_the_first_broken_batch(forge: Callable[[], None], says: str) -> None:
    _three_batches()
    with _as_a_forger():
        forge()
    with pytest.raises(CommandError, match=says):
        call_command("ledger", "verify")


def test_an_event_removed_before_it_was_sealed_is_missed_too() -> None:
    _three_batches()
    plant()
    plant()
    sequence()
    with _as_a_forger():
        Entry.objects.filter(position=13).delete()
    assert "1 events that are not yet sealed are missing" in api.verify().broken


def test_a_part_filled_batch_waits_ten_minutes_and_a_full_one_does_not() -> None:
    plant()
    sequence()
    assert seal(clock=lambda: NOW) == 1
    plant()
    sequence()
    assert seal(clock=lambda: NOW + timedelta(minutes=1)) == 0
    assert seal(clock=lambda: NOW + LONGEST_WAIT) == 2
    assert seal(clock=lambda: NOW + timedelta(days=1)) == 0


def test_a_clock_set_back_does_not_keep_a_batch_open() -> None:
    plant()
    sequence()
    assert seal(clock=lambda: NOW + timedelta(days=365)) == 1
    plant()
    sequence()
    assert seal(clock=lambda: NOW) == 2


def test_events_that_get_their_position_while_one_verifies_are_no_forgery(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _three_batches()
    count_the_positions = queries.last_position
    more = [plant, plant]

    def and_then_another_worker_sequences() -> int:
        last = count_the_positions()
        if more:
            more.pop()()
            sequence()
        return last

    monkeypatch.setattr(queries, "last_position", and_then_another_worker_sequences)
    assert api.verify().broken == ""


def test_a_batch_emptied_while_one_verifies_is_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    _three_batches()
    read = queries.between

    def empty_first(after: int, upto: int) -> Iterator[object]:
        retain(before=NOW + timedelta(days=1))
        return read(after, upto)

    monkeypatch.setattr(queries, "between", empty_first)
    assert api.verify().broken == ""


def test_an_entry_beyond_the_last_position_is_found() -> None:
    _three_batches()
    Cursor.objects.filter(name="sequencer").update(position=11)
    Cursor.objects.filter(name="seal").update(position=8)
    Seal.objects.filter(number=3).delete()
    assert "beyond the last position 11" in api.verify().broken


def test_retention_empties_whole_batches_and_the_chain_still_verifies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _three_batches()
    _slow(monkeypatch)
    Seal.objects.filter(number=3).update(sealed_at=NOW + timedelta(days=400))
    Cursor.objects.create(name="slow", position=8)
    assert retain(before=NOW + timedelta(days=365)) == 2
    assert sorted(Entry.objects.values_list("position", flat=True)) == [9, 10, 11, 12]
    sequence()
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    assert "3 batches up to position 12 are whole" in out.getvalue()
    assert Entry.objects.filter(name="ledger.batch_emptied").count() == 2


def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Projection(id="slow", names=lambda: ["test.planted"], apply=lambda _events: None)
    monkeypatch.setattr(queries, "PROJECTIONS", {"slow": slow})
    monkeypatch.setattr(queries, "LISTENERS", {})


def test_retention_spares_what_a_follower_has_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    _three_batches()
    _slow(monkeypatch)
    Cursor.objects.create(name="slow", position=5)
    assert retain(before=NOW + timedelta(days=1)) == 1


def test_retention_spares_all_while_a_new_follower_has_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _three_batches()
    _slow(monkeypatch)
    assert retain(before=NOW + timedelta(days=1)) == 0


def test_retention_does_not_wait_for_a_follower_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _three_batches()
    _slow(monkeypatch)
    Cursor.objects.create(name="slow", position=12)
    Cursor.objects.create(name="listener:of_a_service_that_was_removed", position=1)
    assert retain(before=NOW + timedelta(days=1)) == 3


def test_retention_asks_for_a_day() -> None:
    with pytest.raises(CommandError, match="needs --before"):
        call_command("ledger", "retain")
