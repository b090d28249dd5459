"""Enqueue a job: one row, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tsunagari.kernel.jobs.models import Job


def enqueue(
    *,
    task: str,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    queue: str,
    priority: int,
    run_after: datetime | None,
    max_attempts: int,
    lease: timedelta,
    now: datetime,
    key: str = "",
) -> tuple[Job, bool]:
    """Write the row and say whether it is new; with a `key` that stands already, the old row is given back.

    It rolls back with the caller's transaction. Two callers with one key at the same time get one
    row: the database decides.
    """
    job = Job(
        task=task,
        args=list(args),
        kwargs=dict(kwargs),
        queue=queue,
        priority=priority,
        run_after=run_after or now,
        max_attempts=max_attempts,
        lease_seconds=int(lease.total_seconds()),
        enqueued_at=now,
        key=key,
    )
    if not key:
        job.save(force_insert=True)
        return job, True
    Job.objects.bulk_create([job], ignore_conflicts=True)
    kept = Job.objects.get(task=task, key=key)
    return kept, kept.public_id == job.public_id
