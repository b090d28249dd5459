"""Withdraw a job: a person decided that it shall not run."""

from datetime import datetime

from django.db import transaction

from tsunagari.kernel.jobs.actions.tell import tell
from tsunagari.kernel.jobs.models import Job, State


@transaction.atomic
def withdraw(*, public_id: str, actor: str, now: datetime) -> bool:
    """Take a dead or waiting job out of the queue; False if it runs or is finished.

    `actor` is the public id of who decided it.
    """
    open_jobs = Job.objects.filter(public_id=public_id, state__in=(State.DEAD, State.WAITING))
    changed = open_jobs.update(state=State.WITHDRAWN, finished_at=now)
    if changed:
        tell("withdraw", public_id=public_id, actor=actor)
    return bool(changed)
