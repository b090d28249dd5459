"""A job stands and falls with the change it belongs to."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from tsunagari.kernel.jobs import api
from tsunagari.kernel.jobs.models import Job
from tsunagari.kernel.jobs.tests import samples

pytestmark = pytest.mark.django_db


def test_a_job_goes_with_the_change_that_is_rolled_back() -> None:
    with transaction.atomic():
        samples.plain.enqueue()
        api.enqueue_once(samples.plain, "case-1")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert api.enqueue_once(samples.plain, "case-1")


def test_a_job_enqueued_once_stands_once_also_after_it_ran() -> None:
    assert api.enqueue_once(samples.plain, "case-1")
    assert not api.enqueue_once(samples.plain, "case-1")
    assert api.enqueue_once(samples.urgent, "case-1")
    assert api.run_due() == 2
    assert not api.enqueue_once(samples.plain, "case-1")


def test_a_key_must_say_something() -> None:
    with pytest.raises(ValueError, match="enqueue_once needs a key"):
        api.enqueue_once(samples.plain, "")


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_key_leave_one_job() -> None:
    new: list[bool] = []

    def enqueue() -> None:
        new.append(api.enqueue_once(samples.plain, "case-1"))
        connection.close()

    threads = [Thread(target=enqueue) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 7 + [True]
    assert Job.objects.count() == 1


def test_the_caller_sees_how_its_job_stands() -> None:
    waiting = samples.plain.enqueue()
    assert samples.plain.get_result(waiting.id).status == TaskResultStatus.READY
    api.run_due()
    assert samples.plain.get_result(waiting.id).return_value == 1
    with pytest.raises(TaskResultDoesNotExist):
        samples.plain.get_result("nothing")


def test_a_job_put_off_waits_for_its_time() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    samples.plain.using(run_after=now + timedelta(days=365)).enqueue()
    assert api.run_due(lambda: now) == 0
    assert api.run_due(lambda: now + timedelta(days=366)) == 1


def test_declarations_that_cannot_work_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="a job needs at least 1"):
        api.job(attempts=0)(samples.plain.func)
    with pytest.raises(ValueError, match="a lease lasts at least"):
        api.job(lease=timedelta(seconds=1))(samples.plain.func)
    with pytest.raises(ValueError, match="above 0"):
        api.every(0)(samples.plain.func)
