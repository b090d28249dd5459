"""Absorb views: add written batches to the roll-ups, each exactly once."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.metering.actions.add_up import Count, add_up
from tsunagari.kernel.metering.declare import Counter, PageViews
from tsunagari.kernel.metering.models import PendingViews, Reached, ViewBatch
from tsunagari.kernel.metering.queries import DECLARED
from tsunagari.kernel.metering.rules import slice_name, view_counters

BATCH = 2000
NOTED_EVERY = timedelta(seconds=10)
SUMS_OF_VIEWS = 8_365_204_117
"""The number of PostgreSQL's advisory lock; no other one of ours may bear it."""


@transaction.atomic
def absorb_views(*, limit: int = BATCH, clock: Clock = system_clock) -> int:
    """Add up to `limit` waiting rows to the roll-ups; returns how many. The claim is removed in the
    same transaction, so a crash leaves both undone or both done. Waits while sums are recomputed."""
    now = clock()
    hold_views(shared=True)
    rows = PendingViews.objects.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",)
    )
    ids = list(rows.order_by("batch_id").values_list("batch_id", flat=True)[:limit])
    if ids:
        PendingViews.objects.filter(batch_id__in=ids).delete()
        add_up(counts_of(ViewBatch.objects.filter(id__in=ids)))
    if len(ids) < limit:
        note_reached("views", clock=lambda: now)
    return len(ids)


def hold_views(*, shared: bool) -> None:
    """Until the transaction ends no sum of views moves, unless `shared`: then others may add up as
    well. Servers go on writing their batches. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as database:
            database.execute(f"SELECT {lock}(%s)", [SUMS_OF_VIEWS])


def counts_of(batches: Iterable[ViewBatch]) -> Iterable[Count]:
    """What the batches say to each meter of page views."""
    meters = view_counters(DECLARED.meters.values())
    return (
        Count(
            meter=meter.id,
            moment=batch.hour,
            slice=_slice(meter, batch),
            amount=batch.count,
            slices_from=meter.slices_from,
        )
        for batch in batches
        for meter in meters
        if _concerns(meter, batch)
    )


def _concerns(meter: Counter, batch: ViewBatch) -> bool:
    return isinstance(meter.counts, PageViews) and meter.counts.service in ("", batch.service)


def _slice(meter: Counter, batch: ViewBatch) -> str:
    return slice_name({name: getattr(batch, name) for name in meter.dimensions})


def note_reached(source: str, *, clock: Clock) -> None:
    """Note the moment up to which was counted, at most every ten seconds and never backwards."""
    now = clock()
    noted, made = Reached.objects.get_or_create(source=source, defaults={"at": now})
    if not made and now - noted.at >= NOTED_EVERY:
        Reached.objects.filter(source=source, at__lt=now).update(at=now)
