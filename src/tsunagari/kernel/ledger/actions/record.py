"""Record: write an event in the transaction of the change that it tells of."""

import logging

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
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{event.name} was recorded outside a transaction; wrap the action in transaction.atomic."
        )
    rules.check(event)
    arrival = Arrival.objects.create(
        name=event.name,
        recorded_at=clock(),
        subject=event.subject,
        actor=event.actor,
        division=event.division,
        data=event.data(),
    )
    if settings.TRACE:
        trace.info("%s recorded (%s)", event.name, arrival.public_id)
    return arrival.public_id
