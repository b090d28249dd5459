"""Retry a dead job: a person decided that it may run again."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Job, State


def retry(*, public_id: str, now: datetime) -> bool:
    """Let a dead or withdrawn job wait again with all its attempts; False if it is in no such state."""
    stopped = Job.objects.filter(public_id=public_id, state__in=(State.DEAD, State.WITHDRAWN))
    return bool(
        stopped.update(state=State.WAITING, attempts=0, run_after=now, finished_at=None, worker="")
    )
