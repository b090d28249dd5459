"""Forget what was sought long ago."""

from datetime import date, timedelta

from tsunagari.kernel.search.models import Sought

KEPT = timedelta(days=400)
RARE_KEPT = timedelta(days=90)
"""What was sought once on a day may tell more of a person than of a city."""


def prune_sought(*, today: date) -> int:
    """Delete days older than 400 days, and questions asked once on a day after 90; gives how many rows."""
    old, _ = Sought.objects.filter(day__lt=today - KEPT).delete()
    rare, _ = Sought.objects.filter(day__lt=today - RARE_KEPT, number=1).delete()
    return old + rare
