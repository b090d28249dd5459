"""Each job is claimed by one worker, in order, with few questions to the database."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import InterfaceError, connection
from pytest_django import DjangoAssertNumQueries

from tsunagari.kernel.jobs.actions.claim import claim
from tsunagari.kernel.jobs.management.hand import Hand
from tsunagari.kernel.jobs.models import Job, State
from tsunagari.kernel.jobs.tests import samples

NOW = datetime(2100, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def claim_one(worker: str = "w") -> Job | None:
    return claim(worker=worker, queues=["default"], now=NOW)


def test_urgent_jobs_come_first_then_the_earliest() -> None:
    samples.plain.using(run_after=NOW - timedelta(hours=1)).enqueue()
    samples.plain.using(run_after=NOW - timedelta(hours=2)).enqueue()
    samples.urgent.using(run_after=NOW).enqueue()
    claimed = [claim_one() for _ in range(4)]
    assert [job and job.run_after for job in claimed] == [
        NOW,
        NOW - timedelta(hours=2),
        NOW - timedelta(hours=1),
        None,
    ]


def test_a_connection_that_breaks_does_not_end_the_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = Event(), []

    def look(**_asked: object) -> None:
        looks.append(1)
        if len(looks) == 1:
            raise InterfaceError("connection already closed")
        stop.set()

    monkeypatch.setattr(f"{Hand.__module__}.claim", look)
    hand = Hand(
        worker="w", queues=["default"], clock=lambda: NOW, poll=timedelta(seconds=0.01), stop=stop
    )
    hand.start()
    assert stop.wait(60)
    assert hand.finished(timedelta(seconds=60))


def test_a_worker_of_another_queue_leaves_it() -> None:
    samples.plain.enqueue()
    assert claim(worker="w", queues=["urgent"], now=NOW) is None


def test_an_idle_look_is_one_read_and_a_claim_few(
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert claim_one() is None
    for _ in range(50):
        samples.plain.enqueue()
    with django_assert_max_num_queries(5):
        assert claim_one()


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_claim_at_once_never_get_the_same_job() -> None:
    for _ in range(60):
        samples.plain.enqueue()
    taken: dict[str, list[int]] = {"a": [], "b": [], "c": []}
    gate = Barrier(len(taken))

    def work(worker: str) -> None:
        gate.wait()
        while job := claim_one(worker):
            taken[worker].append(job.pk)
        connection.close()

    threads = [Thread(target=work, args=(worker,)) for worker in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = [pk for pks in taken.values() for pk in pks]
    assert len(everything) == len(set(everything)) == 60
    assert Job.objects.filter(state=State.RUNNING, claims=1, attempts=1).count() == 60
