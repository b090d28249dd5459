"""Give a job back: its worker stops in order, the attempt does not count."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Job, State


def give_back(*, job: Job, now: datetime) -> bool:
    """Let the job wait for another worker at once; False if it was no longer ours."""
    held = Job.objects.filter(pk=job.pk, state=State.RUNNING, claims=job.claims)
    return bool(
        held.update(
            state=State.WAITING,
            attempts=job.attempts - 1,
            run_after=now,
            lease_until=None,
            worker="",
        )
    )
