"""Daily jobs keep Japan's days while the server runs in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.jobs import tasks
from tsunagari.kernel.jobs.actions.enqueue_dailies import enqueue_dailies
from tsunagari.kernel.jobs.declare import DAILIES, Daily
from tsunagari.kernel.jobs.models import Job
from tsunagari.kernel.jobs.rules import daily_due
from tsunagari.kernel.jobs.tests import samples

HALF_PAST_TWO = Daily(task=samples.plain.module_path, at=time(2, 30))
NIGHT = datetime(2026, 3, 31, 17, 30, tzinfo=UTC)
"""Half past two on 1 April in Japan, while UTC still has 31 March."""
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


def runs_at(*moments: datetime) -> list[int]:
    return [len(enqueue_dailies(dailies=[HALF_PAST_TWO], now=moment)) for moment in moments]


def test_it_runs_once_from_its_hour_in_japan() -> None:
    assert runs_at(NIGHT - SECOND, NIGHT, NIGHT + SECOND, NIGHT + timedelta(hours=20)) == [
        0,
        1,
        0,
        0,
    ]
    assert runs_at(NIGHT + timedelta(days=1) - SECOND, NIGHT + timedelta(days=1)) == [0, 1]
    assert Job.objects.count() == 2


def test_midnight_in_japan_is_15_hours_utc() -> None:
    midnight = Daily(task=samples.plain.module_path, at=time(0))
    new_day = datetime(2026, 3, 31, 15, tzinfo=UTC)
    counts = [
        len(enqueue_dailies(dailies=[midnight], now=now))
        for now in (new_day - SECOND, new_day, new_day + SECOND)
    ]
    assert counts == [1, 1, 0]


def test_after_a_standstill_it_runs_once_for_the_latest_day() -> None:
    assert runs_at(
        NIGHT, NIGHT + timedelta(days=5, hours=3), NIGHT + timedelta(days=5, hours=4)
    ) == [1, 1, 0]


def test_a_day_missed_is_made_up_before_the_next_hour() -> None:
    assert runs_at(
        NIGHT, NIGHT + timedelta(days=2) - timedelta(hours=1), NIGHT + timedelta(days=2)
    ) == [1, 1, 1]


def test_a_clock_set_back_brings_no_second_run() -> None:
    assert runs_at(NIGHT, NIGHT - timedelta(hours=1), NIGHT, NIGHT - timedelta(days=3), NIGHT) == [
        1,
        0,
        0,
        0,
        0,
    ]


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_the_same_moment_enqueue_it_once() -> None:
    gate = Barrier(4)
    started: list[int] = []

    def worker() -> None:
        gate.wait()
        started.append(len(enqueue_dailies(dailies=[HALF_PAST_TWO], now=NIGHT)))
        connection.close()

    threads = [Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(started) == [0, 0, 0, 1]
    assert Job.objects.count() == 1


@given(st.integers(min_value=0, max_value=10_000), st.times())
def test_it_is_due_once_a_day_at_whatever_hour(minutes: int, at: time) -> None:
    now = datetime(2028, 2, 27, tzinfo=UTC) + timedelta(minutes=minutes)
    due = daily_due(now, at, date(2028, 1, 1))
    assert due is not None
    assert daily_due(now, at, due) is None


def test_the_rooms_own_housekeeping_is_declared() -> None:
    assert DAILIES[tasks.prune_finished_jobs.module_path].at == time(3, 10)
