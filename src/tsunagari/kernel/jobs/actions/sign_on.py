"""Sign a worker on: the console shows that it lives."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Worker


def sign_on(*, host: str, pid: int, now: datetime) -> Worker:
    """Write the worker's row."""
    return Worker.objects.create(host=host[:100], pid=pid, started_at=now, beat_at=now)
