"""Positions have no gaps, and a row that commits late is never skipped."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from tsunagari.kernel.ledger import api
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.declare import Projection, Recorded
from tsunagari.kernel.ledger.models import Arrival, Entry
from tsunagari.kernel.ledger.tests.happenings import plant

needs_two_writers = pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="SQLite lets one transaction write at a time."
)


def _positions() -> list[int]:
    return list(Entry.objects.order_by("position").values_list("position", flat=True))


@pytest.mark.django_db
def test_positions_follow_the_order_of_arrival_without_gaps() -> None:
    ids = [plant() for _ in range(7)]
    assert sequence(limit=3) == 3
    plant()
    assert sequence() == 5
    assert _positions() == list(range(1, 9))
    assert list(Entry.objects.order_by("position").values_list("public_id", flat=True))[:7] == ids
    assert not Arrival.objects.exists()
    assert sequence() == 0


@pytest.mark.django_db(transaction=True)
@needs_two_writers
def test_a_row_that_commits_late_gets_a_later_position() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            plant(kind="late")
            written.set()
            may_commit.wait()
        connection.close()

    slow = threading.Thread(target=write_slowly, daemon=True)
    slow.start()
    assert written.wait(60)
    plant(kind="early")
    seen: list[Recorded] = []
    follower = Projection(id="test", names=lambda: ["test.planted"], apply=seen.extend)
    try:
        sequence()
        api.advance(follower)
    finally:
        may_commit.set()
        slow.join()
    sequence()
    api.advance(follower)
    assert [(event.position, event.data["kind"]) for event in seen] == [(1, "early"), (2, "late")]


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_sequencers_leave_no_gap_and_no_double() -> None:
    def write() -> None:
        for _ in range(25):
            plant()
        connection.close()

    def number() -> None:
        for _ in range(30):
            sequence(limit=7)
        connection.close()

    threads = [threading.Thread(target=each) for each in (write, write, number, number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while sequence():
        pass
    assert _positions() == list(range(1, 51))


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_an_entry() -> None:
    plant()
    sequence()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.update(name="test.forged")
