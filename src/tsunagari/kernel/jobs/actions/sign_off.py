"""Sign a worker off: it stopped in order."""

from datetime import datetime

from tsunagari.kernel.jobs.models import Worker


def sign_off(*, worker: Worker, now: datetime) -> None:
    """Note when it stopped."""
    Worker.objects.filter(pk=worker.pk).update(stopped_at=now, beat_at=now)
