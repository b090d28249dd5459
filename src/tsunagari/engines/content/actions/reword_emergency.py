"""Reword what is announced: the wording before stays in the history."""

from dataclasses import replace

from django.db import transaction

from tsunagari.engines.content.actions.emergency_rows import (
    checked,
    end_row,
    standing_row,
    write_row,
)
from tsunagari.engines.content.declare import EmergencyReworded
from tsunagari.engines.content.rules.announcing import Announcement, By
from tsunagari.kernel.edge.api import purge_all
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def reword_emergency(before: str, said: Announcement, *, by: By, clock: Clock) -> str:
    """Say it in new words from now on; gives the public id of the new wording. Whether it is a drill stays as it was.

    Raises AnnouncementRefused, and AlreadyAnnounced where the wording `before` is no longer the one that stands.
    """
    ready = checked(said)
    old = standing_row(before)
    end_row(old, by=by, clock=clock)
    row = write_row(replace(ready, drill=old.drill), by=by, clock=clock, supersedes=old.public_id)
    record(
        EmergencyReworded(
            subject=row.public_id,
            actor=by.person,
            division=by.division,
            light=row.light,
            drill=row.drill,
            before=old.public_id,
        )
    )
    purge_all(clock=clock)
    return row.public_id
