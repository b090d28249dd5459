"""Recompute: build a meter's sums anew from what was counted, and say where they differed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.api import hours_of, lock_follower, record, whole_since
from tsunagari.kernel.metering.actions.absorb_views import hold_views
from tsunagari.kernel.metering.actions.add_up import put
from tsunagari.kernel.metering.declare import Counter, Events, PageViews, SumsMended
from tsunagari.kernel.metering.models import Rollup, ViewBatch
from tsunagari.kernel.metering.rules import GRAINS, WHOLE, period_start, slice_name

EVENTS = "meters"
"""The id of the projection that counts events."""

Key = tuple[str, str, datetime, str]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One sum that disagreed: what stood there and what was counted. Both whole numbers."""

    meter: str
    grain: str
    start: datetime
    slice: str
    held: int
    counted: int


@transaction.atomic
def recompute(*, meter: Counter, mend: bool, clock: Clock = system_clock) -> list[Difference]:
    """Compare every sum of `meter` with what was counted, and with `mend` set them right.

    Adding up waits meanwhile; servers go on counting. Views that no sum holds yet are left out on both sides. Events of
    emptied batches are gone: their periods are left as they stand.
    """
    if isinstance(meter.counts, PageViews):
        hold_views(shared=False)
    counted, first = _counted(meter)
    held = {
        (row.meter, row.grain, row.start, row.slice): row.total
        for row in Rollup.objects.filter(meter=meter.id)
    }
    differences = [
        Difference(
            meter=key[0], grain=key[1], start=key[2], slice=key[3],
            held=held.get(key, 0), counted=counted.get(key, 0),
        )
        for key in sorted({*held, *counted})
        if held.get(key, 0) != counted.get(key, 0) and _can_tell(key, first)
    ]  # fmt: skip
    if mend and differences:
        put({(d.meter, d.grain, d.start, d.slice): d.counted - d.held for d in differences})
        record(
            SumsMended(subject=new_public_id(), meter=meter.id, periods=len(differences)),
            clock=clock,
        )
    return differences


def _can_tell(key: Key, first: datetime | None) -> bool:
    return first is None or key[2] >= first


def _counted(meter: Counter) -> tuple[Mapping[Key, int], datetime | None]:
    hours, first = (
        _view_hours(meter) if isinstance(meter.counts, PageViews) else _event_hours(meter)
    )
    sums: dict[Key, int] = {}
    for (hour, name), amount in hours.items():
        for grain in GRAINS:
            start = period_start(grain, hour)
            for part in {WHOLE, name}:
                sums[meter.id, grain, start, part] = (
                    sums.get((meter.id, grain, start, part), 0) + amount
                )
    return sums, first


def _view_hours(meter: Counter) -> tuple[dict[tuple[datetime, str], int], None]:
    batches = ViewBatch.objects.filter(pendingviews__isnull=True)
    if isinstance(meter.counts, PageViews) and meter.counts.service:
        batches = batches.filter(service=meter.counts.service)
    rows = batches.values("hour", *meter.dimensions).annotate(amount=Sum("count")).order_by()
    return {
        (row["hour"], slice_name({name: row[name] for name in meter.dimensions})): row["amount"]
        for row in rows
    }, None


def _event_hours(meter: Counter) -> tuple[dict[tuple[datetime, str], int], datetime | None]:
    if not isinstance(meter.counts, Events):
        raise TypeError(f"{meter.id} does not count events.")
    upto = lock_follower(EVENTS)
    rows = hours_of(meter.counts.name, upto=upto, by=meter.dimensions, amount=meter.counts.amount)
    hours = {
        (hour, slice_name(dict(zip(meter.dimensions, held, strict=True)))): amount
        for (hour, held), amount in rows.items()
    }
    return hours, whole_since()
