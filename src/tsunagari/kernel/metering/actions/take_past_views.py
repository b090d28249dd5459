"""Take past views: write down views that were counted before this installation was, and add them up."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import hour_start
from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.actions.count_views import write_batch
from tsunagari.kernel.metering.models import Began, ViewBatch
from tsunagari.kernel.metering.queries import DECLARED
from tsunagari.kernel.metering.rules import Refused, view_counters

PastViews = Mapping[tuple[datetime, str, str, str], int]
"""Views by hour (its first moment), service, page and language."""

LONGEST_NAME = 22


@transaction.atomic
def take_past_views(
    *, name: str, views: PastViews, since: datetime, clock: Clock = system_clock
) -> int:
    """Write the views as one batch called `name`, kept append-only like a server's own, and add them up;
    returns how many views. A batch of that name that stands already is left alone: then 0.

    `since` is the moment from which these views are whole: the meters of page views then pass for begun
    with it, where they had not begun before. Raises Refused for an hour that is not over or lies before
    `since`, a count below one, a name that is too long.
    """
    _check(name, views, since, clock())
    if not views or ViewBatch.objects.filter(process=name, sequence=1).exists():
        return 0
    seen = {
        (int(hour.timestamp()) // 3600, service, page, language, "", ""): count
        for (hour, service, page, language), count in views.items()
    }
    write_batch(process=name, sequence=1, counts=seen)
    _begin_earlier(since)
    while absorb_views(clock=clock):
        pass
    return sum(views.values())


def _check(name: str, views: PastViews, since: datetime, now: datetime) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"{name!r} is no name of a batch; write 1 to {LONGEST_NAME} characters.")
    for (hour, *_), count in views.items():
        if hour != hour_start(hour) or not since <= hour < hour_start(now):
            raise Refused(
                f"{hour} is no past hour; give the first moments of hours since {since} that are over."
            )
        if count < 1:
            raise Refused(f"{count} views in {hour} are none; leave the hour out.")


def _begin_earlier(first: datetime) -> None:
    for meter in view_counters(DECLARED.meters.values()):
        _, made = Began.objects.get_or_create(meter=meter.id, defaults={"at": first})
        if not made:
            Began.objects.filter(meter=meter.id, at__gt=first).update(at=first)
