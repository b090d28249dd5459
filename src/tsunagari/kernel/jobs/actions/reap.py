"""Reap jobs whose worker died: their lease ran out, so another takes them."""

from datetime import datetime

from tsunagari.kernel.jobs.actions.fail import fail
from tsunagari.kernel.jobs.models import Job, State

LOST = "WorkerLost"
"""Stands as the error of an attempt whose worker gave no sign of life."""


def reap(*, now: datetime, chance: float) -> list[Job]:
    """Fail the attempt of every job whose lease ended before `now`; the lost attempt counts.

    It counts so that a job which kills its worker is dead after its last attempt and does not take
    one worker after another with it. Several workers may reap at once: each attempt fails once.
    """
    lost = Job.objects.filter(state=State.RUNNING, lease_until__lt=now)
    return [
        job
        for job in lost
        if fail(job=job, error_class=LOST, error_place="", now=now, chance=chance)
    ]
