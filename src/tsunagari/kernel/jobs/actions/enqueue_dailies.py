"""Enqueue the daily jobs that are due: each once a Japan day, whichever worker comes first."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from tsunagari.kernel.jobs.declare import Daily
from tsunagari.kernel.jobs.models import DailyRun
from tsunagari.kernel.jobs.rules import daily_due


def enqueue_dailies(*, dailies: Iterable[Daily], now: datetime) -> list[str]:
    """Enqueue what is due and give the paths of those tasks. The day is noted in the same transaction."""
    last_days = dict(DailyRun.objects.values_list("task", "last_day"))
    started = []
    for daily in dailies:
        day = daily_due(now, daily.at, last_days.get(daily.task))
        if day is None:
            continue
        with transaction.atomic():
            DailyRun.objects.get_or_create(task=daily.task)
            earlier = Q(last_day__isnull=True) | Q(last_day__lt=day)
            if DailyRun.objects.filter(earlier, task=daily.task).update(last_day=day):
                import_string(daily.task).enqueue()
                started.append(daily.task)
    return started
