"""The worker's pulse: signs of life, leases, lost jobs, daily jobs."""

import logging
import random

from django.db import Error, close_old_connections

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.jobs.actions.beat import beat
from tsunagari.kernel.jobs.actions.enqueue_dailies import enqueue_dailies
from tsunagari.kernel.jobs.actions.extend import extend
from tsunagari.kernel.jobs.actions.reap import reap
from tsunagari.kernel.jobs.declare import DAILIES
from tsunagari.kernel.jobs.management.hand import Hand
from tsunagari.kernel.jobs.models import Worker

logger = logging.getLogger("tsunagari.jobs")


def pulse(*, worker: Worker, hand: Hand, clock: Clock) -> None:
    """One beat. A database that is away is logged; the next beat tries again."""
    try:
        _beat(worker, hand, clock)
    except Error as error:
        logger.warning(
            "worker.database_away worker=%s error=%s", worker.public_id, type(error).__name__
        )
        close_old_connections()


def _beat(worker: Worker, hand: Hand, clock: Clock) -> None:
    beat(worker=worker, now=clock())
    held = hand.job
    if held is not None:
        extend(job=held, now=clock())
    for job in reap(now=clock(), chance=random.random()):  # noqa: S311 - jitter
        logger.warning(
            "job.worker_lost job=%s task=%s attempt=%d", job.public_id, job.task, job.attempts
        )
    for task in enqueue_dailies(dailies=DAILIES.values(), now=clock()):
        logger.info("job.daily task=%s", task)
