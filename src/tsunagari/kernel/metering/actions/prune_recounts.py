"""Prune recounts: old ones that agreed go; those that found a difference stay."""

from datetime import timedelta

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.metering.models import Recount

KEPT_FOR = timedelta(days=400)


def prune_recounts(*, clock: Clock = system_clock) -> int:
    """Delete superseded recounts older than 400 days that found no difference; returns how many."""
    old = Recount.objects.filter(
        checked_at__lt=clock() - KEPT_FOR, differing=0, superseded_at__isnull=False
    )
    return old.delete()[0]
