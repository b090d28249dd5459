"""Fail an attempt: the job waits and tries again, or is dead after its last attempt."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Job, State
from tsunagari.kernel.jobs.rules import retry_wait


def fail(*, job: Job, error_class: str, error_place: str, now: datetime, chance: float) -> bool:
    """Write what went wrong (class and place in the code, never the message) and what follows.

    `chance` from 0 to 1 spreads the waiting time. False if the job was no longer ours.
    """
    held = Job.objects.filter(pk=job.pk, state=State.RUNNING, claims=job.claims)
    noted = {"error_class": error_class[:200], "error_place": error_place, "lease_until": None}
    if job.attempts >= job.max_attempts:
        return bool(held.update(state=State.DEAD, finished_at=now, **noted))
    return bool(
        held.update(state=State.WAITING, run_after=now + retry_wait(job.attempts, chance), **noted)
    )
