"""Claim the next job for a worker: nobody else gets it while its lease lasts."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tsunagari.kernel.jobs.models import Job, State


def claim(*, worker: str, queues: Collection[str], now: datetime) -> Job | None:
    """The next due job, now running in `worker`'s name, or None: by priority, then time, then order.

    An idle look is one read. PostgreSQL skips rows that another worker is just taking; SQLite has
    one writer at a time (transactions begin IMMEDIATE), so the second looker sees the row taken.
    """
    due = _due(queues, now)
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.state = State.RUNNING
        job.worker = worker
        job.attempts += 1
        job.claims += 1
        job.started_at = now
        job.lease_until = now + timedelta(seconds=job.lease_seconds)
        job.save(
            update_fields=["state", "worker", "attempts", "claims", "started_at", "lease_until"]
        )
    return job


def _due(queues: Collection[str], now: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=State.WAITING, run_after__lte=now, queue__in=queues).order_by(
        "-priority", "run_after", "id"
    )
