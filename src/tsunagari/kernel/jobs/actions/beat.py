"""Give a worker's sign of life."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Worker


def beat(*, worker: Worker, now: datetime) -> None:
    """Note that the worker lives."""
    Worker.objects.filter(pk=worker.pk).update(beat_at=now)
