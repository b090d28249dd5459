"""What other rooms may ask of the work behind the pages: jobs, tickers, daily jobs.

A job runs at least once: after a crash it runs again, so write each task to be safe to run twice
(look first, or let a unique key of the database refuse the second). Arguments are JSON and carry
public ids, never names or addresses: they stand in a table and in the console.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django_tasks import DEFAULT_TASK_QUEUE_NAME, TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import get_module_path, normalize_json

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.jobs import queries
from tsunagari.kernel.jobs.actions.claim import claim
from tsunagari.kernel.jobs.actions.enqueue import enqueue
from tsunagari.kernel.jobs.actions.run import run
from tsunagari.kernel.jobs.declare import TITLES, Daily, Ticker, add_daily, add_ticker
from tsunagari.kernel.jobs.models import Job, State
from tsunagari.kernel.jobs.rules import LEASE, SHORTEST_LEASE

P = ParamSpec("P")
T = TypeVar("T")

STATUS = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.DEAD: TaskResultStatus.FAILED,
    State.WITHDRAWN: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task that says how often it is tried and how long a silent worker may hold it."""

    attempts: int = 5
    lease: timedelta = LEASE


class DatabaseBackend(BaseTaskBackend):
    """The django-tasks API on our own table: a job is a row, written with the caller's change."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Write the row in the caller's transaction."""
        self.validate_task(task)
        job, _ = _enqueue(task, args, kwargs)
        return _result(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a job stands; TaskResultDoesNotExist if there is none."""
        job = queries.job_by_public_id(result_id)
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        module, _, name = job.task.rpartition(".")
        return _result(job, getattr(import_module(module), name))


def job(
    *,
    attempts: int = 5,
    lease: timedelta = LEASE,
    queue: str = DEFAULT_TASK_QUEUE_NAME,
    priority: int = 0,
    title: str = "",
) -> Callable[[Callable[P, T]], JobTask[P, T]]:
    """Make a module-level function in `tasks.py` a job: `send.enqueue(case=public_id)` writes its row.

    It is tried `attempts` times with growing waits (rules.retry_wait), then it is dead and shown in
    the console. `lease` is how long after its worker's last sign of life another one takes it over;
    the worker extends it while the job runs, so it need not cover the job's length. `title` (a text
    marked with N_) is its name in the console; without one the console shows its path.
    """

    def declared(function: Callable[P, T]) -> JobTask[P, T]:
        if attempts < 1:
            raise ValueError(
                f"{get_module_path(function)}: attempts={attempts}; a job needs at least 1"
            )
        if lease < SHORTEST_LEASE:
            raise ValueError(
                f"{get_module_path(function)}: lease={lease}; a lease lasts at least {SHORTEST_LEASE}"
            )
        if title:
            TITLES[get_module_path(function)] = title
        return JobTask(
            func=function, attempts=attempts, lease=lease, queue_name=queue, priority=priority
        )

    return declared


def enqueue_once(task: JobTask[P, Any], key: str, *args: P.args, **kwargs: P.kwargs) -> bool:
    """Enqueue unless this task was enqueued with `key` before; says whether it was new.

    A key stays spent as long as its row stands: 30 days after the job's end, or longer while it
    waits, runs or is dead. It rolls back with the caller's transaction.
    """
    if not key:
        raise ValueError(
            f"{task.module_path}: enqueue_once needs a key, for example an event's public id"
        )
    return _enqueue(task, args, kwargs, key=key)[1]


def every(seconds: float, *, title: str = "") -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Let each worker run this function in its own process, `seconds` after its last end.

    No row is written per run. What it raises is logged and shown in the console; the next run comes
    at its time. It must be safe to run at the same time in two workers.
    """

    def declared(function: Callable[[], T]) -> Callable[[], T]:
        name = get_module_path(function)
        add_ticker(Ticker(name=name, seconds=seconds, run=function))
        if title:
            TITLES[name] = title
        return function

    return declared


def daily(at: time, *, title: str = "") -> Callable[[Callable[[], T]], JobTask[[], T]]:
    """Make this function a job that is enqueued once a Japan day, from `at` o'clock (Japan) on.

    Once however many workers there are; after a standstill once for the latest day; a clock set
    back does not bring a second run.
    """

    def declared(function: Callable[[], T]) -> JobTask[[], T]:
        task = job(title=title)(function)
        add_daily(Daily(task=task.module_path, at=at))
        return task

    return declared


def discover_tasks() -> None:
    """Import `tasks` of every installed room, engine and service, so that the worker knows their work."""
    for config in apps.get_app_configs():
        name = f"{config.name}.tasks"
        if config.name.startswith("tsunagari.") and find_spec(name):
            import_module(name)


def run_due(clock: Clock = system_clock, queue: str = DEFAULT_TASK_QUEUE_NAME) -> int:
    """Run in this process what is due now, also what those jobs enqueue; gives how many ended well.

    For tests and one-off commands; a job that fails waits for its next time as ever.
    """
    worker = new_public_id()
    done = 0
    while due := claim(worker=worker, queues=[queue], now=clock()):
        done += run(job=due, clock=clock)
    return done


@dataclass(frozen=True, kw_only=True)
class Work:
    """How the work behind the pages stands. `oldest` is since when the longest due job waits, None for none."""

    waiting: int
    running: int
    failed: int
    oldest: datetime | None
    workers: int


def work(now: datetime) -> Work:
    """How many jobs wait, run or are dead, and how many workers live."""
    counts = queries.counts_by_state(State.WAITING, State.RUNNING, State.DEAD)
    return Work(
        waiting=counts.get(State.WAITING, 0),
        running=counts.get(State.RUNNING, 0),
        failed=counts.get(State.DEAD, 0),
        oldest=queries.due_since(now),
        workers=queries.live_workers(now).count(),
    )


def any_worker_alive(now: datetime) -> bool:
    """Whether a worker gave a sign of life lately; if none did, counting and sending stand still."""
    return queries.live_workers(now).exists()


def _enqueue(task: Task[P, T], args: Any, kwargs: Any, key: str = "") -> tuple[Job, bool]:
    return enqueue(
        task=task.module_path,
        args=normalize_json(args),
        kwargs=normalize_json(kwargs),
        queue=task.queue_name,
        priority=task.priority,
        run_after=task.run_after,
        max_attempts=getattr(task, "attempts", 5),
        lease=getattr(task, "lease", LEASE),
        now=system_clock(),
        key=key,
    )


def _result(job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
    errors = (
        [TaskError(exception_class_path=job.error_class, traceback=job.error_place)]
        if job.error_class
        else []
    )
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=job.public_id,
        status=STATUS[State(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        last_attempted_at=job.started_at,
        finished_at=job.finished_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=errors,
        worker_ids=[job.worker] if job.worker else [],
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
