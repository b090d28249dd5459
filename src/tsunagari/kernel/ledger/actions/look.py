"""Look: who reads the audit leaves a record of it."""

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ids import is_public_id, new_public_id
from tsunagari.kernel.ledger.actions.record import record
from tsunagari.kernel.ledger.declare import KINDS, AuditLooked


@transaction.atomic
def look(
    *, actor: str, kind: str = "", about: str = "", exported: bool, clock: Clock = system_clock
) -> None:
    """Record that `actor` (public id) looked at the audit, for what, and whether it left as a file.

    What was typed into the search stays out unless it is a declared name or a public id.
    """
    event = AuditLooked(
        subject=new_public_id(),
        actor=actor,
        kind=kind if kind in KINDS else "",
        about=about if is_public_id(about) else "",
        exported=exported,
    )
    record(event, clock=clock)
