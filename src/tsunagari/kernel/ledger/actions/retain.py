"""Retain: empty sealed batches whose time is over; their seals stay, so the chain still verifies."""

from datetime import datetime

from django.db import connection, transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.actions.record import record
from tsunagari.kernel.ledger.declare import BatchEmptied
from tsunagari.kernel.ledger.models import Entry, Seal
from tsunagari.kernel.ledger.queries import slowest_follower


@transaction.atomic
def retain(*, before: datetime, limit: int | None = None, clock: Clock = system_clock) -> int:
    """Remove the entries of every batch sealed before `before` (the oldest `limit` of them); returns
    how many batches.

    A batch stays while any declared follower has not passed it, or while another process empties it.
    """
    batches = (
        Seal.objects.filter(
            sealed_at__lt=before, emptied_at__isnull=True, last_position__lte=slowest_follower()
        )
        .order_by("number")
        .select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)[
            :limit
        ]
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as database:
            database.execute("SET LOCAL tsunagari.retention = 'on'")
    emptied = 0
    for batch in batches:
        Entry.objects.filter(
            position__gte=batch.first_position, position__lte=batch.last_position
        ).delete()
        batch.emptied_at = clock()
        batch.save(update_fields=["emptied_at"])
        record(BatchEmptied(subject=new_public_id(), batch=batch.number), clock=clock)
        emptied += 1
    return emptied
