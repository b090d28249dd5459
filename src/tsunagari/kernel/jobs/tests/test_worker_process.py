"""Real worker processes: killed, stopped in order, two at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
PATIENCE = 120.0
"""Seconds until a test gives up; a wait ends as soon as what it waits for has come."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """A worker in a process of its own, and the file to which it says what it does."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def heard_the_stop(self) -> bool:
        return "worker.stopping" in self.log.read_text()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


StartWorker = Callable[..., Running]


@pytest.fixture
def start_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartWorker]:
    """Starts workers on the tests' database and ends those still alive."""
    started: list[Running] = []
    logs = tmp_path_factory.mktemp("workers")

    def start(grace: float = PATIENCE) -> Running:
        command = [
            sys.executable,
            worker_process.__file__,
            str(connection.settings_dict["NAME"]),
            str(grace),
        ]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        log = logs / f"{len(started)}.log"
        with log.open("wb") as words:
            process = subprocess.Popen(command, env=environment, stderr=words)
        started.append(Running(process=process, log=log))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if happened():
            return
        time.sleep(0.05)
    pytest.fail(f"it did not happen within {PATIENCE:.0f} seconds")


def has_files(folder: Path, count: int) -> bool:
    return len(list(folder.iterdir())) >= count


def all_done(jobs: QuerySet[Job]) -> bool:
    """Whether all are done; those that wait after a lost attempt are brought forward."""
    now = system_clock()
    jobs.filter(state=State.WAITING, attempts__gt=0, run_after__gt=now).update(run_after=now)
    return not jobs.exclude(state=State.DONE).exists()


def test_a_job_whose_worker_is_killed_is_finished_by_another(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    samples.wait_for_file.enqueue(folder=str(tmp_path))
    victim = start_worker()
    started = tmp_path / "started"
    wait_until(lambda: started.exists() and started.read_text() == "ran\n")
    victim.kill()
    assert Job.objects.get(task=samples.wait_for_file.module_path).state == State.RUNNING
    Job.objects.update(lease_until=system_clock() - timedelta(seconds=1))
    (tmp_path / "go").touch()
    start_worker()
    wait_until(partial(all_done, Job.objects.filter(task=samples.wait_for_file.module_path)))
    assert started.read_text() == "ran\nran\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asked_to_stop_lets_the_running_job_end(
    start_worker: StartWorker, tmp_path: Path, number: signal.Signals
) -> None:
    samples.wait_for_file.enqueue(folder=str(tmp_path))
    worker = start_worker()
    wait_until((tmp_path / "started").exists)
    samples.plain.enqueue()
    worker.process.send_signal(number)
    wait_until(worker.heard_the_stop)
    (tmp_path / "go").touch()
    assert worker.process.wait(PATIENCE) == 0
    assert Job.objects.get(task=samples.wait_for_file.module_path).state == State.DONE
    assert Job.objects.get(task=samples.plain.module_path).state == State.WAITING
    assert Worker.objects.get().stopped_at is not None


def test_a_worker_told_to_stop_by_everybody_at_once_stops_in_order(
    start_worker: StartWorker,
) -> None:
    worker = start_worker()
    wait_until(Worker.objects.exists)
    for _ in range(100):
        worker.process.send_signal(signal.SIGTERM)
        worker.process.send_signal(signal.SIGINT)
    assert worker.process.wait(timeout=PATIENCE) == 0


def test_a_job_longer_than_the_grace_is_given_back_uncounted(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    samples.wait_for_file.enqueue(folder=str(tmp_path))
    worker = start_worker(grace=0.1)
    wait_until((tmp_path / "started").exists)
    worker.process.send_signal(signal.SIGTERM)
    assert worker.process.wait(PATIENCE) == 0
    job = Job.objects.get(task=samples.wait_for_file.module_path)
    assert (job.state, job.attempts) == (State.WAITING, 0)
    assert Worker.objects.get().stopped_at is not None


def test_a_thousand_jobs_run_once_each_under_two_workers(
    start_worker: StartWorker, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gates = [tmp_path_factory.mktemp("gate") for _ in range(2)]
    for gate in gates:
        samples.wait_for_file.enqueue(folder=str(gate))
        start_worker()
    wait_until(lambda: all((gate / "started").exists() for gate in gates))
    for number in range(1000):
        samples.mark.enqueue(folder=str(tmp_path), name=str(number))
    for gate in gates:
        (gate / "go").touch()
    ours = Job.objects.filter(task=samples.mark.module_path)
    wait_until(lambda: ours.filter(state=State.DONE).count() == 1000)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"ran\n"}
    assert len(list(tmp_path.iterdir())) == 1000
    assert not ours.exclude(claims=1).exists()
    made_here = (samples.mark.module_path, samples.wait_for_file.module_path)
    hands = Job.objects.filter(task__in=made_here).values("worker").distinct()
    assert hands.count() == 2  # a worker may have enqueued what is due at this minute


def test_jobs_survive_workers_killed_in_the_middle(
    start_worker: StartWorker, tmp_path: Path
) -> None:
    for number in range(200):
        samples.mark.enqueue(folder=str(tmp_path), name=str(number))
    for enough in (20, 60):
        victim = start_worker()
        wait_until(partial(has_files, tmp_path, enough))
        victim.kill()
    Job.objects.filter(state=State.RUNNING).update(
        lease_until=system_clock() - timedelta(seconds=1)
    )
    start_worker()
    ours = Job.objects.filter(task=samples.mark.module_path)
    wait_until(partial(all_done, ours))
    assert {path.name for path in tmp_path.iterdir()} == {str(number) for number in range(200)}
    assert ours.filter(claims__gt=1).count() <= 2
