"""Ask for mending: somebody decides that sums which differ are set right by what was counted."""

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.metering.declare import Counter, MendingAsked
from tsunagari.kernel.metering.queries import current_recounts


@transaction.atomic
def ask_mending(*, meter: Counter, actor: str, division: str, clock: Clock = system_clock) -> bool:
    """Record the decision; the worker does the rest. `actor` is a public id, `division` a code. False
    when nothing differs, or the same difference is being mended already."""
    last = (
        current_recounts([meter.id])
        .select_for_update()
        .filter(differing__gt=0, mending_asked_at__isnull=True)
        .first()
    )
    if last is None:
        return False
    last.mending_asked_at = clock()
    last.save(update_fields=["mending_asked_at"])
    event = MendingAsked(subject=last.public_id, actor=actor, division=division, meter=meter.id)
    record(event, clock=clock)
    return True
