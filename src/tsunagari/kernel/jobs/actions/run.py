"""Run a claimed job and write how it ended."""

import logging
import random
from typing import Any

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.jobs.actions.fail import fail
from tsunagari.kernel.jobs.actions.finish import finish
from tsunagari.kernel.jobs.models import Job
from tsunagari.kernel.logs.api import about, error_name, place_of

logger = logging.getLogger("tsunagari.jobs")


def run(*, job: Job, clock: Clock) -> bool:
    """Call the job's task; True if it ended well. What it raises is noted, never raised further.

    The task's own transactions are its own affair: a job may be run twice when a machine fails
    between its effect and this note, so each task is written to be safe to run twice.
    """
    with about(job=job.public_id, task=job.task):
        return _run(job, clock)


def _run(job: Job, clock: Clock) -> bool:
    try:
        result = normalize_json(_task(job.task).call(*job.args, **job.kwargs))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a task raises must not stop the worker
        _note_failure(job, error, clock)
        return False
    if not finish(job=job, result=result, now=clock()):
        logger.warning("job.lease_lost job=%s task=%s", job.public_id, job.task)
        return False
    logger.info("job.done job=%s task=%s attempt=%d", job.public_id, job.task, job.attempts)
    return True


def _task(path: str) -> Task[Any, Any]:
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is no job: put @job() above the function")
    return task


def _note_failure(job: Job, error: BaseException, clock: Clock) -> None:
    if not connection.in_atomic_block:
        close_old_connections()
    name = error_name(error)
    place = place_of(error.__traceback__)
    fail(job=job, error_class=name, error_place=place, now=clock(), chance=random.random())  # noqa: S311 - jitter
    last = place.rpartition("\n")[2]
    logger.warning(
        "job.failed job=%s task=%s attempt=%d of=%d error=%s at=%s",
        job.public_id, job.task, job.attempts, job.max_attempts, name, last,
    )  # fmt: skip
