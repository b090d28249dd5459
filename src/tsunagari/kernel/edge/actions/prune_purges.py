"""Remove purges that every process has heard long ago."""

from datetime import timedelta

from django.db import transaction

from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.i18n.clock import Clock, system_clock

KEPT = timedelta(days=2)
"""A process that has heard nothing for an hour drops everything, so that it misses none of these."""
AT_ONCE = 10_000


@transaction.atomic
def prune_purges(*, clock: Clock = system_clock, limit: int = AT_ONCE) -> int:
    """Delete up to `limit` rows that are older than two days; returns how many. The newest row stays: on SQLite
    it says up to where numbers have been given."""
    newest = Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    old = Purge.objects.filter(at__lt=clock() - KEPT).exclude(pk=newest).order_by("pk")
    return Purge.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()[0]
