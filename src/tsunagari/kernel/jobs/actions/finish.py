"""Finish a job that ran to its end."""

from datetime import datetime
from typing import Any

from tsunagari.kernel.jobs.models import Job, State


def finish(*, job: Job, result: Any, now: datetime) -> bool:
    """Write the result; False if the job had been given to someone else meanwhile (its lease ran out)."""
    held = Job.objects.filter(pk=job.pk, state=State.RUNNING, claims=job.claims)
    return bool(
        held.update(
            state=State.DONE,
            result=result,
            finished_at=now,
            lease_until=None,
            error_class="",
            error_place="",
        )
    )
