"""Page views: counted in memory, written in batches, added up exactly once."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tsunagari.kernel.metering import api
from tsunagari.kernel.metering.actions import count_views
from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.actions.count_views import Flusher, ViewCounter
from tsunagari.kernel.metering.actions.recompute import recompute
from tsunagari.kernel.metering.models import PendingViews, Rollup, ViewBatch
from tsunagari.kernel.metering.tests.meters import OWN_VIEWS, VIEWS, declared

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)


def _counter() -> ViewCounter:
    return ViewCounter(now=NOON.timestamp)


@pytest.mark.django_db
def test_views_move_the_figure_of_the_hour_and_of_the_year() -> None:
    counter = _counter()
    for _ in range(3):
        counter.count("website", "home", "ja")
    counter.count("trees", "start", "en")
    assert counter.flush() == 4
    assert counter.flush() == 0
    with declared():
        assert absorb_views(clock=lambda: NOON) == 2
        assert absorb_views(clock=lambda: NOON) == 0
        for grain in ("hour", "day", "month", "fiscal_year"):
            assert api.figure("trees.views", grain=grain, start=NOON).value == 4
            assert api.figure("trees.own_views", grain=grain, start=NOON).value == 1
        assert api.slices("trees.views", grain="hour", start=NOON)[0] == (
            {"language": "ja", "page": "home", "service": "website"},
            3,
        )


@pytest.mark.django_db
def test_views_around_midnight_of_1_april_fall_into_their_own_year() -> None:
    last = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
    first = datetime(2027, 3, 31, 15, 0, 0, tzinfo=UTC)
    for moment in (last, first, first):
        counter = ViewCounter(now=moment.timestamp)
        counter.count("website", "home", "ja")
        counter.flush()
    with declared():
        absorb_views(clock=lambda: first)
        assert api.figure("trees.views", grain="fiscal_year", start=last).value == 1
        assert api.figure("trees.views", grain="fiscal_year", start=first).value == 2


@pytest.mark.django_db
def test_a_flush_whose_answer_was_lost_is_not_written_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = _counter()
    counter.count("website", "home", "ja")
    write = count_views.write_batch

    def write_and_lose_the_answer(**batch: object) -> None:
        write(**batch)  # type: ignore[arg-type] # handed on
        raise DatabaseError("connection lost")

    monkeypatch.setattr(count_views, "write_batch", write_and_lose_the_answer)
    with pytest.raises(DatabaseError):
        counter.flush()
    monkeypatch.setattr(count_views, "write_batch", write)
    counter.count("website", "home", "ja")
    counter.flush()
    assert sum(ViewBatch.objects.values_list("count", flat=True)) == 2


@pytest.mark.django_db
def test_views_are_kept_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = _counter()
    counter.count("website", "home", "ja")

    def refuse(**_batch: object) -> None:
        raise DatabaseError("no database")

    write = count_views.write_batch
    monkeypatch.setattr(count_views, "write_batch", refuse)
    for _ in range(3):
        counter.count("website", "home", "ja")
        with pytest.raises(DatabaseError):
            counter.flush()
    monkeypatch.setattr(count_views, "write_batch", write)
    assert counter.flush() == 4


def test_what_an_orderly_stop_could_not_write_is_said_with_its_number(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    counter = _counter()
    flusher = Flusher(counter, pace=0.01)
    counter.count("website", "home", "ja")
    counter.count("website", "home", "ja")
    tried = threading.Event()

    def be_away() -> int:
        tried.set()
        raise DatabaseError("no database")

    monkeypatch.setattr(counter, "flush", be_away)
    flusher.start()
    assert tried.wait(60)
    flusher.stop(patience=0.1)
    assert "2 views are lost" in caplog.text
    monkeypatch.setattr(counter, "flush", lambda: 0)
    flusher.stop()


def test_a_flush_that_breaks_in_another_way_does_not_end_the_counting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter, again = _counter(), threading.Event()
    flusher = Flusher(counter, pace=0.01)
    tries: list[int] = []

    def break_once() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("a name that the driver cannot write")
        again.set()
        return 0

    monkeypatch.setattr(counter, "flush", break_once)
    flusher.start()
    assert again.wait(60)
    flusher.stop()


@pytest.mark.django_db(transaction=True)
def test_many_threads_counting_and_flushing_lose_nothing() -> None:
    counter = _counter()
    flusher = Flusher(counter, pace=0.01)
    flusher.start()

    def visit() -> None:
        for _ in range(2000):
            counter.count("website", "home", "ja")

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    flusher.stop()
    assert sum(ViewBatch.objects.values_list("count", flat=True)) == 8000


@pytest.mark.django_db(transaction=True)
def test_two_workers_adding_up_at_once_count_each_batch_once() -> None:
    for _ in range(20):
        counter = _counter()
        counter.count("website", "home", "ja")
        counter.flush()
    with declared():
        absorb_views(limit=1)

        def add_up() -> None:
            while absorb_views(limit=3):
                pass
            connection.close()

        workers = [threading.Thread(target=add_up) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert not PendingViews.objects.exists()
        assert api.figure("trees.views", grain="hour", start=NOON).value == 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one transaction write.")
def test_a_server_writes_its_views_while_sums_are_recomputed() -> None:
    counter = _counter()
    counter.count("website", "home", "ja")
    counter.flush()
    written, absorbed = threading.Event(), threading.Event()

    def serve() -> None:
        counter.count("website", "home", "ja")
        counter.flush()
        written.set()
        absorb_views()
        absorbed.set()
        connection.close()

    with declared():
        absorb_views()
        server = threading.Thread(target=serve)
        with transaction.atomic():
            assert recompute(meter=VIEWS, mend=False) == 0
            server.start()
            assert written.wait(60)
            assert not absorbed.wait(0.3) or PendingViews.objects.count() == 1
            assert recompute(meter=VIEWS, mend=False) == 0
        server.join()
        while absorb_views():
            pass
        assert recompute(meter=VIEWS, mend=False) == 0
        assert api.figure("trees.views", grain="hour", start=NOON).value == 2


@pytest.mark.django_db
def test_views_that_still_wait_are_not_said_to_be_counted() -> None:
    counter = _counter()
    for page in ("home", "news", "search"):
        counter.count("website", page, "ja")
    counter.flush()
    with declared():
        absorb_views(limit=2, clock=lambda: NOON)
        assert api.figure("trees.views", grain="hour", start=NOON).as_of is None
        absorb_views(limit=2, clock=lambda: NOON)
        assert api.figure("trees.views", grain="hour", start=NOON).as_of == NOON


@pytest.mark.django_db
def test_recomputing_views_leaves_out_what_no_sum_holds_yet() -> None:
    counter = _counter()
    counter.count("website", "home", "ja")
    counter.flush()
    with declared():
        absorb_views(clock=lambda: NOON)
        counter.count("trees", "home", "ja")
        counter.flush()
        assert recompute(meter=VIEWS, mend=False) == 0
        absorb_views(clock=lambda: NOON)
        assert recompute(meter=VIEWS, mend=False) == 0
        Rollup.objects.filter(meter="trees.own_views").update(total=7)
        assert recompute(meter=OWN_VIEWS, mend=True) == 4
        assert api.figure("trees.own_views", grain="fiscal_year", start=NOON).value == 1
