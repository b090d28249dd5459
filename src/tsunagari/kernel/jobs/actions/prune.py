"""Prune finished jobs and workers long gone: their time of keeping is over."""

from datetime import datetime

from django.db.models import Q

from tsunagari.kernel.jobs.models import Job, State, Worker
from tsunagari.kernel.jobs.rules import KEEP_FINISHED, KEEP_WORKERS


def prune(*, now: datetime) -> int:
    """Delete what is older than the rules keep; gives the number of jobs deleted."""
    old = Q(state__in=(State.DONE, State.WITHDRAWN), finished_at__lt=now - KEEP_FINISHED)
    deleted, _ = Job.objects.filter(old).delete()
    Worker.objects.filter(beat_at__lt=now - KEEP_WORKERS).delete()
    return deleted
