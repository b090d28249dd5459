"""Notes that a clerk looked at who had written."""

from django.db import transaction

from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.service import SenderRead


@transaction.atomic
def note_reading(*, subject: str, people: int, exported: bool, hand: Hand) -> None:
    """Record that senders were read: of one letter, or of `people` in a file. `subject` is the letter's or the
    call's public id, her own account's where a file holds many letters."""
    ledger.record(
        SenderRead(
            subject=subject,
            actor=hand.actor,
            division=hand.division,
            people=people,
            exported=exported,
        )
    )
