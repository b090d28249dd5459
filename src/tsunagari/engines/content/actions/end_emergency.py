"""End what is announced."""

from django.db import transaction

from tsunagari.engines.content.actions.emergency_rows import end_row, standing_row
from tsunagari.engines.content.declare import EmergencyEnded
from tsunagari.engines.content.rules.announcing import By
from tsunagari.kernel.edge.api import purge_all
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def end_emergency(public_id: str, *, by: By, clock: Clock) -> None:
    """No page says it any more. Raises AlreadyAnnounced where another wording stands now, or none."""
    row = standing_row(public_id)
    end_row(row, by=by, clock=clock)
    record(
        EmergencyEnded(
            subject=row.public_id, actor=by.person, division=by.division, drill=row.drill
        )
    )
    purge_all(clock=clock)
