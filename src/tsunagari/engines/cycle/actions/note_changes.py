"""Keeps what a sheet's fields read before and after, and says in the ledger that they changed."""

from collections.abc import Sequence
from datetime import datetime

from tsunagari.engines.cycle.declare import SheetWritten
from tsunagari.engines.cycle.models import Change, Sheet
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.ledger import api as ledger


def note_changes(
    *,
    sheet: Sheet,
    changes: Sequence[tuple[str, str, str]],
    hand: Hand,
    way: str,
    now: datetime,
) -> None:
    """Keep each change (field, before, after); nothing where there is none. In the caller's transaction."""
    if not changes:
        return
    Change.objects.bulk_create(
        Change(
            sheet=sheet,
            field=field,
            before=before,
            after=after,
            way=way,
            made_at=now,
            actor=hand.actor,
            division=hand.division,
        )
        for field, before, after in changes
    )
    ledger.record(
        SheetWritten(
            subject=sheet.public_id,
            actor=hand.actor,
            division=hand.division,
            fields=len(changes),
            way=way,
        )
    )
