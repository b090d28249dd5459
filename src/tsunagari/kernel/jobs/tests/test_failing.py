"""A job that fails comes back with growing waits, then lies dead until a person decides."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.jobs import api
from tsunagari.kernel.jobs.actions.claim import claim
from tsunagari.kernel.jobs.actions.extend import extend
from tsunagari.kernel.jobs.actions.finish import finish
from tsunagari.kernel.jobs.actions.give_back import give_back
from tsunagari.kernel.jobs.actions.prune import prune
from tsunagari.kernel.jobs.actions.reap import LOST, reap
from tsunagari.kernel.jobs.actions.retry import retry
from tsunagari.kernel.jobs.actions.withdraw import withdraw
from tsunagari.kernel.jobs.models import Job, State
from tsunagari.kernel.jobs.rules import JITTER, LONGEST_WAIT, retry_wait
from tsunagari.kernel.jobs.tests import samples

NOW = datetime(2100, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
pytestmark = pytest.mark.django_db


def claim_at(now: datetime) -> Job:
    job = claim(worker="w", queues=["default"], now=now)
    assert job is not None
    return job


def test_waits_grow_from_15_seconds_to_an_hour() -> None:
    waits = [retry_wait(attempt, chance=0.5).total_seconds() for attempt in range(1, 8)]
    assert waits == [15, 60, 240, 960, 3600, 3600, 3600]
    with pytest.raises(ValueError, match="count from 1"):
        retry_wait(0, chance=0.5)


@given(st.integers(min_value=1, max_value=10_000), st.floats(min_value=0, max_value=1))
def test_chance_moves_a_wait_by_a_fifth_at_most(attempt: int, chance: float) -> None:
    middle = retry_wait(attempt, chance=0.5)
    assert abs(retry_wait(attempt, chance) - middle) <= middle * JITTER + timedelta(microseconds=2)
    assert retry_wait(attempt, chance) <= LONGEST_WAIT * (1 + JITTER)


def test_a_job_that_would_end_its_program_fails_and_the_worker_goes_on() -> None:
    samples.leave.enqueue()
    samples.plain.enqueue()
    assert api.run_due(lambda: NOW) == 1
    job = Job.objects.get(task=samples.leave.module_path)
    assert (job.state, job.error_class) == (State.DEAD, "builtins.SystemExit")


def test_a_failed_job_waits_and_is_dead_after_its_last_attempt() -> None:
    samples.break_down.enqueue(secret="x")
    assert api.run_due(lambda: NOW) == 0
    job = Job.objects.get()
    assert (job.state, job.attempts) == (State.WAITING, 1)
    assert NOW + timedelta(seconds=12) <= job.run_after <= NOW + timedelta(seconds=18)
    api.run_due(lambda: NOW)
    assert Job.objects.get().attempts == 1
    api.run_due(lambda: LATER)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.finished_at) == (State.DEAD, 2, LATER)


def test_what_a_person_typed_reaches_neither_the_table_nor_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        samples.break_down.enqueue(secret="西東京花子")
        api.run_due(lambda: NOW)
    job = Job.objects.get()
    assert job.error_class == "builtins.LookupError"
    assert job.error_place.endswith(" break_down")
    assert "西東京花子" not in job.error_class + job.error_place
    assert "西東京花子" not in "".join(
        record.getMessage() + str(record.exc_text) for record in caplog.records
    )


def test_a_job_of_a_task_that_is_gone_waits_for_a_newer_worker() -> None:
    samples.plain.enqueue()
    Job.objects.update(task="tsunagari.kernel.jobs.tests.samples.renamed")
    api.run_due(lambda: NOW)
    assert Job.objects.get().state == State.WAITING


def test_a_dead_job_runs_again_when_a_person_says_so() -> None:
    samples.plain.enqueue()
    Job.objects.update(state=State.DEAD, attempts=5)
    assert retry(public_id=Job.objects.get().public_id, actor="", now=NOW)
    assert api.run_due(lambda: NOW) == 1
    assert not retry(public_id=Job.objects.get().public_id, actor="", now=NOW)


def test_a_withdrawn_job_does_not_run() -> None:
    samples.plain.enqueue()
    assert withdraw(public_id=Job.objects.get().public_id, actor="", now=NOW)
    assert api.run_due(lambda: NOW) == 0
    assert not withdraw(public_id=Job.objects.get().public_id, actor="", now=NOW)


def test_a_silent_worker_loses_its_job_and_its_late_result_is_refused() -> None:
    samples.plain.enqueue()
    first = claim_at(NOW)
    assert reap(now=NOW + timedelta(seconds=59), chance=0.5) == []
    assert reap(now=NOW + timedelta(seconds=61), chance=0.5) == [first]
    assert reap(now=NOW + timedelta(seconds=61), chance=0.5) == []
    assert Job.objects.get().error_class == LOST
    second = claim_at(LATER)
    assert not finish(job=first, result=None, now=LATER)
    assert not extend(job=first, now=LATER)
    assert not give_back(job=first, now=LATER)
    assert finish(job=second, result=None, now=LATER)


def test_a_living_worker_keeps_its_job_as_long_as_it_takes() -> None:
    samples.plain.enqueue()
    job = claim_at(NOW)
    assert extend(job=job, now=NOW + timedelta(seconds=50))
    assert reap(now=NOW + timedelta(seconds=100), chance=0.5) == []


def test_a_job_that_kills_its_workers_is_dead_after_its_last_attempt() -> None:
    samples.break_down.enqueue(secret="x")
    for hours in (0, 2):
        claim_at(NOW + timedelta(hours=hours))
        reap(now=NOW + timedelta(hours=hours, minutes=2), chance=0.5)
    assert Job.objects.get().state == State.DEAD


def test_a_job_given_back_in_order_counts_no_attempt() -> None:
    samples.plain.enqueue()
    assert give_back(job=claim_at(NOW), now=NOW)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.claims) == (State.WAITING, 0, 1)


def test_finished_jobs_go_after_30_days_and_dead_ones_stay() -> None:
    for state in (State.DONE, State.WITHDRAWN, State.DEAD):
        samples.plain.enqueue()
        Job.objects.filter(state=State.WAITING).update(state=state, finished_at=NOW)
    assert prune(now=NOW + timedelta(days=30)) == 0
    assert prune(now=NOW + timedelta(days=31)) == 2
    assert Job.objects.get().state == State.DEAD
