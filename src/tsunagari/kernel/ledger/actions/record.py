"""Record: write an event in the transaction of the change that it tells of."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ledger import rules
from tsunagari.kernel.ledger.declare import Event
from tsunagari.kernel.ledger.models import Arrival

trace = logging.getLogger("tsunagari.trace")


def record(event: Event, *, clock: Clock = system_clock) -> str:
    """Write `event`; it lives or dies with the surrounding transaction. Returns its public id.

    Raises rules.Refused when the event is undeclared or carries personal details, and
    TransactionManagementError outside an atomic block: an event without its change would be a lie.
    """
    return record_all([event], clock=clock)[0]


def record_all(events: Iterable[Event], *, clock: Clock = system_clock) -> list[str]:
    """Write many events at once, in their order; returns their public ids. Refuses all where it refuses one, as `record` does."""
    arrivals = [_arrival(event, clock()) for event in events]
    Arrival.objects.bulk_create(arrivals, batch_size=500)
    if settings.TRACE:
        for arrival in arrivals:
            trace.info("%s recorded (%s)", arrival.name, arrival.public_id)
    return [arrival.public_id for arrival in arrivals]


def _arrival(event: Event, now: datetime) -> Arrival:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{event.name} was recorded outside a transaction; wrap the action in transaction.atomic."
        )
    rules.check(event)
    return Arrival(
        name=event.name,
        recorded_at=now,
        subject=event.subject,
        actor=event.actor,
        division=event.division,
        data=event.data(),
    )
