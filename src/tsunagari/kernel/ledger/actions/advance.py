"""Advance: bring a projection up with the ledger, cursor and effect in one transaction."""

import logging

from django.conf import settings
from django.db import connection, transaction

from tsunagari.kernel.ledger.declare import Projection
from tsunagari.kernel.ledger.models import Cursor, Entry
from tsunagari.kernel.ledger.queries import as_recorded, last_position

BATCH = 5000
trace = logging.getLogger("tsunagari.trace")


@transaction.atomic
def advance(projection: Projection, *, limit: int = BATCH) -> int:
    """Apply the next events; returns how many positions were passed (0: nothing new, or another
    process is at it)."""
    cursor = locked_cursor(projection.id)
    if cursor is None:
        return 0
    upto = min(cursor.position + limit, last_position())
    if upto <= cursor.position:
        return 0
    entries = Entry.objects.filter(
        position__gt=cursor.position, position__lte=upto, name__in=projection.names()
    ).order_by("position")
    recorded = [as_recorded(entry) for entry in entries]
    projection.apply(recorded)
    if settings.TRACE:
        for entry in recorded:
            trace.info("%s at %s -> projection %s", entry.name, entry.position, projection.id)
    passed = upto - cursor.position
    cursor.position = upto
    cursor.save(update_fields=["position"])
    return passed


def locked_cursor(name: str, *, wait: bool = False) -> Cursor | None:
    """The follower's cursor, locked until the transaction ends; None while another holds it, unless
    one waits."""
    Cursor.objects.get_or_create(name=name)
    skip = connection.features.has_select_for_update_skip_locked and not wait
    return Cursor.objects.select_for_update(skip_locked=skip).filter(name=name).first()
