"""Real worker processes: killed, stopped in order, two at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import QuerySet

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.jobs.models import Job, State, Worker
from tsunagari.kernel.jobs.tests import samples, worker_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
StartWorker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker() -> Iterator[StartWorker]:
    """Starts workers on the tests' database and ends those still alive."""
    started: list[subprocess.Popen[bytes]] = []

    def start(grace: float = 10) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            worker_process.__file__,
            str(connection.settings_dict["NAME"]),
            str(grace),
        ]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(happened: Callable[[], bool]) -> None:
    for _ in range(2400):
        if happened():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within two minutes")


def has_files(folder: Path, count: int) -> bool:
    return len(list(folder.iterdir())) >= count


def all_done(jobs: QuerySet[Job]) -> bool:
    """Whether all are done; those that wait after a lost attempt are brought forward."""
    jobs.filter(state=State.WAITING, attempts=1, run_after__gt=system_clock()).update(
        run_after=system_clock()
    )
    return not jobs.exclude(state=State.DONE).exists()


def test_a_job_whose_worker_is_killed_is_finished_by_another(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    samples.wait_for_file.enqueue(folder=str(tmp_path))
    victim = start_worker()
    wait_until((tmp_path / "started").exists)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert Job.objects.get(task=samples.wait_for_file.module_path).state == State.RUNNING
    Job.objects.update(lease_until=system_clock() - timedelta(seconds=1))
    (tmp_path / "go").touch()
    start_worker()
    wait_until(lambda: Job.objects.filter(state=State.WAITING, attempts=1).exists())
    Job.objects.filter(state=State.WAITING).update(run_after=system_clock())
    wait_until((tmp_path / "ended").exists)
    wait_until(lambda: Job.objects.get(task=samples.wait_for_file.module_path).state == State.DONE)
    assert (tmp_path / "started").read_text() == "ran\nran\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asked_to_stop_lets_the_running_job_end(
    start_worker: StartWorker, tmp_path: Path, number: signal.Signals
) -> None:
    samples.wait_for_file.enqueue(folder=str(tmp_path))
    worker = start_worker()
    wait_until((tmp_path / "started").exists)
    samples.plain.enqueue()
    worker.send_signal(number)
    (tmp_path / "go").touch()
    assert worker.wait(30) == 0
    assert Job.objects.get(task=samples.wait_for_file.module_path).state == State.DONE
    assert Job.objects.get(task=samples.plain.module_path).state == State.WAITING
    assert Worker.objects.get().stopped_at is not None


def test_a_job_longer_than_the_grace_is_given_back_uncounted(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    samples.wait_for_file.enqueue(folder=str(tmp_path))
    worker = start_worker(grace=0.1)
    wait_until((tmp_path / "started").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    job = Job.objects.get(task=samples.wait_for_file.module_path)
    assert (job.state, job.attempts) == (State.WAITING, 0)
    assert Worker.objects.get().stopped_at is not None


def test_a_thousand_jobs_run_once_each_under_two_workers(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    for number in range(1000):
        samples.mark.enqueue(folder=str(tmp_path), name=str(number))
    start_worker()
    start_worker()
    ours = Job.objects.filter(task=samples.mark.module_path)
    wait_until(lambda: ours.filter(state=State.DONE).count() == 1000)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"ran\n"}
    assert len(list(tmp_path.iterdir())) == 1000
    assert not ours.exclude(claims=1).exists()
    assert ours.values("worker").distinct().count() == 2


def test_jobs_survive_workers_killed_in_the_middle(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    for number in range(200):
        samples.mark.enqueue(folder=str(tmp_path), name=str(number))
    for enough in (20, 60):
        victim = start_worker()
        wait_until(partial(has_files, tmp_path, enough))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    Job.objects.filter(state=State.RUNNING).update(
        lease_until=system_clock() - timedelta(seconds=1)
    )
    start_worker()
    ours = Job.objects.filter(task=samples.mark.module_path)
    wait_until(partial(all_done, ours))
    assert {path.name for path in tmp_path.iterdir()} == {str(number) for number in range(200)}
    assert ours.filter(claims__gt=1).count() <= 2
