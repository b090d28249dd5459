"""Projections count exactly once; listeners hear at least once; neither is stopped by a crash."""

import threading
from datetime import UTC, date, datetime, timedelta
from functools import partial
from operator import add

import pytest
from django.db import connection

from tsunagari.kernel.ledger import api, queries
from tsunagari.kernel.ledger.actions import hear as hearing
from tsunagari.kernel.ledger.actions.hear import ATTEMPTS, hear
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.declare import Listener, Projection, Recorded
from tsunagari.kernel.ledger.models import Cursor, Unheard
from tsunagari.kernel.ledger.tests.happenings import plant


def _counting(into: str) -> Projection:
    def apply(events: object) -> None:
        row, _ = Cursor.objects.get_or_create(name=into)
        row.position += len(list(events))  # type: ignore[call-overload] # a list of events
        row.save()

    return Projection(id=f"{into}-projection", names=lambda: ["test.planted"], apply=apply)


@pytest.mark.django_db
def test_a_crash_while_applying_counts_nothing_and_the_next_try_counts_once() -> None:
    plant()
    sequence()
    projection = _counting("sum")

    def break_down(events: object) -> None:
        projection.apply(events)  # type: ignore[arg-type] # a list of events
        raise RuntimeError("killed")

    broken = Projection(id=projection.id, names=projection.names, apply=break_down)
    with pytest.raises(RuntimeError):
        api.advance(broken)
    assert api.advance(projection) == 1
    assert api.advance(projection) == 0
    assert Cursor.objects.get(name="sum").position == 1


@pytest.mark.django_db(transaction=True)
def test_several_projectors_at_once_count_each_event_once() -> None:
    for _ in range(60):
        plant()
    while sequence():
        pass
    projection = _counting("sum")
    Cursor.objects.create(name="sum")
    Cursor.objects.create(name=projection.id)

    def project() -> None:
        for _ in range(40):
            api.advance(projection, limit=7)
        connection.close()

    threads = [threading.Thread(target=project) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while api.advance(projection):
        pass
    assert Cursor.objects.get(name="sum").position == 60


@pytest.mark.django_db
def test_a_projection_reads_only_the_names_it_wants_but_passes_all() -> None:
    plant()
    sequence()
    seen: list[Recorded] = []
    assert api.advance(Projection(id="other", names=lambda: ["x.y"], apply=seen.extend)) == 1
    assert seen == []
    assert api.lag().behind == {"other": 0}


class _Ear:
    """A listener's function that fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.heard: list[str] = []
        self.failures = failures

    def __call__(self, event: Recorded) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the mail server is down")
        self.heard.append(event.public_id)


@pytest.mark.django_db
def test_a_listener_hears_in_order_and_only_once_when_all_goes_well() -> None:
    ids = [plant() for _ in range(3)]
    sequence()
    ear = _Ear()
    listener = Listener(id="ear", to=("test.planted",), hear=ear)
    assert hear(listener) == 3
    assert hear(listener) == 0
    assert ear.heard == ids


@pytest.mark.django_db
def test_a_listener_that_fails_is_tried_again_later_and_keeps_the_order() -> None:
    ids = [plant() for _ in range(2)]
    sequence()
    ear = _Ear(failures=1)
    listener = Listener(id="ear", to=("test.planted",), hear=ear)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    assert hear(listener, clock=lambda: now) == 0
    assert hear(listener, clock=lambda: now) == 0
    assert hear(listener, clock=lambda: now + timedelta(seconds=3)) == 2
    assert ear.heard == ids
    assert not Unheard.objects.exists()


@pytest.mark.django_db
def test_what_a_listener_cannot_take_is_set_aside_and_the_next_is_heard() -> None:
    poison, healthy = plant(), plant()
    sequence()
    ear = _Ear(failures=ATTEMPTS)
    listener = Listener(id="ear", to=("test.planted",), hear=ear)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    for hour in range(ATTEMPTS + 1):
        hear(listener, clock=partial(add, now, timedelta(hours=hour)))
    aside = Unheard.objects.get()
    assert (aside.position, aside.error, aside.attempts) == (1, "ConnectionError", ATTEMPTS)
    assert aside.set_aside_at is not None
    assert ear.heard == [healthy]
    assert poison not in ear.heard


@pytest.mark.django_db
def test_an_event_that_gets_its_position_while_a_listener_looks_is_not_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ear = _Ear()
    listener = Listener(id="ear", to=("test.planted",), hear=ear)
    late: list[str] = []
    before_looking = queries.last_position

    def another_worker_sequences() -> int:
        if not late:
            late.append(plant())
            sequence()
        return before_looking()

    monkeypatch.setattr(f"{hearing.__name__}.last_position", another_worker_sequences)
    hear(listener)
    hear(listener)
    assert ear.heard == late


@pytest.mark.django_db
def test_a_failure_noted_after_another_worker_has_heard_the_event_changes_nothing() -> None:
    ids = [plant() for _ in range(3)]
    sequence()
    now = datetime(2026, 11, 20, tzinfo=UTC)
    heard: list[str] = []
    listener = Listener(id="ear", to=("test.planted",), hear=lambda event: heard.append(event.public_id))  # fmt: skip
    first = next(api.between(0, 1))
    Unheard.objects.create(listener="ear", position=1, attempts=ATTEMPTS - 1, next_attempt_at=now)
    assert hear(listener, clock=lambda: now) == 3
    hearing._note_failure(listener, first, ConnectionError(), lambda: now)
    assert not Unheard.objects.exists()
    assert hear(listener, clock=lambda: now) == 0
    assert heard == ids


@pytest.mark.django_db
def test_a_follower_that_breaks_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_down(_events: object) -> None:
        raise ArithmeticError("a projection's own fault")

    ear = _Ear()
    broken = Projection(id="broken", names=lambda: ["test.planted"], apply=break_down)
    monkeypatch.setattr(queries, "PROJECTIONS", {"broken": broken})
    monkeypatch.setattr(api, "PROJECTIONS", {"broken": broken})
    listener = Listener(id="ear", to=("test.planted",), hear=ear)
    monkeypatch.setattr(api, "LISTENERS", {"ear": listener})
    planted = plant()
    with pytest.raises(ArithmeticError):
        api.catch_up()
    assert ear.heard == [planted]
    assert api.lag().behind == {"listener:ear": 0}


def test_it_rejects_a_listener_to_an_event_that_nobody_declares() -> None:
    with pytest.raises(api.Refused, match=r"listener 'deaf' waits for 'no\.such'.*there are:"):
        api.follow(listeners=[Listener(id="deaf", to=("no.such",), hear=lambda _event: None)])


@pytest.mark.django_db
def test_a_listener_that_joins_a_running_city_tells_nobody_of_old_things() -> None:
    eve = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
    plant(clock=lambda: eve)
    new = plant(clock=lambda: eve + timedelta(seconds=1))
    sequence()
    ear = _Ear()
    hear(Listener(id="ear", to=("test.planted",), hear=ear, since=date(2027, 4, 1)))
    assert ear.heard == [new]
