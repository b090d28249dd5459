"""Begin an emergency, or a drill: every page says it within a second."""

from django.db import IntegrityError, transaction

from tsunagari.engines.content.actions.emergency_rows import checked, end_row, write_row
from tsunagari.engines.content.declare import EmergencyBegun, EmergencyEnded
from tsunagari.engines.content.models import Emergency
from tsunagari.engines.content.rules.announcing import AlreadyAnnounced, Announcement, By
from tsunagari.kernel.edge.api import purge_all
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record


def begin_emergency(said: Announcement, *, by: By, clock: Clock) -> str:
    """Let every page say it; gives its public id. A drill that stands ends: now it is serious.

    Raises AnnouncementRefused for texts that cannot stand, AlreadyAnnounced where an emergency stands already, or, for a
    drill, anything at all.
    """
    try:
        with transaction.atomic():
            return _begin(checked(said), by, clock)
    except IntegrityError as raced:  # two clerks in the same moment: the database takes one
        raise AlreadyAnnounced from raced


def _begin(said: Announcement, by: By, clock: Clock) -> str:
    standing = list(Emergency.objects.select_for_update().filter(ended_at__isnull=True))
    if any(said.drill or not each.drill for each in standing):
        raise AlreadyAnnounced
    who = {"actor": by.person, "division": by.division}
    for drill in standing:
        end_row(drill, by=by, clock=clock)
        record(EmergencyEnded(subject=drill.public_id, drill=True, **who))
    row = write_row(said, by=by, clock=clock)
    record(EmergencyBegun(subject=row.public_id, light=row.light, drill=row.drill, **who))
    purge_all(clock=clock)
    return row.public_id
