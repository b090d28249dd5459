"""Extend the lease of a running job: its worker lives."""

from datetime import datetime, timedelta

from tsunagari.kernel.jobs.models import Job, State


def extend(*, job: Job, now: datetime) -> bool:
    """Move the end of the lease; False if the job was given to someone else meanwhile."""
    held = Job.objects.filter(pk=job.pk, state=State.RUNNING, claims=job.claims)
    return bool(held.update(lease_until=now + timedelta(seconds=job.lease_seconds)))
