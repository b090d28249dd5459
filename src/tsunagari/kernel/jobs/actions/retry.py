"""Retry a dead job: a person decided that it may run again."""

from datetime import datetime

from django.db import transaction

from tsunagari.kernel.jobs.actions.tell import tell
from tsunagari.kernel.jobs.models import Job, State


@transaction.atomic
def retry(*, public_id: str, actor: str, now: datetime) -> bool:
    """Let a dead or withdrawn job wait again with all its attempts; False if it is in no such state.

    `actor` is the public id of who decided it.
    """
    stopped = Job.objects.filter(public_id=public_id, state__in=(State.DEAD, State.WITHDRAWN))
    changed = stopped.update(
        state=State.WAITING, attempts=0, run_after=now, finished_at=None, worker=""
    )
    if changed:
        tell("retry", public_id=public_id, actor=actor)
    return bool(changed)
