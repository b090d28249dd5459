"""Records that sheets of a year left as a workbook."""

from django.db import transaction

from tsunagari.engines.cycle.declare import WorkbookWritten
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.ledger import api as ledger


@transaction.atomic
def note_workbook(*, cycle: str, sheets: int, hand: Hand) -> None:
    """Record that a workbook with so many sheets of a year (by its public id) was written."""
    ledger.record(
        WorkbookWritten(subject=cycle, actor=hand.actor, division=hand.division, sheets=sheets)
    )
