"""Withdraw a job: a person decided that it shall not run."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Job, State


def withdraw(*, public_id: str, now: datetime) -> bool:
    """Take a dead or waiting job out of the queue; False if it runs or is finished."""
    open_jobs = Job.objects.filter(public_id=public_id, state__in=(State.DEAD, State.WAITING))
    return bool(open_jobs.update(state=State.WITHDRAWN, finished_at=now))
