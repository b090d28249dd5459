"""A resident sends a letter to the city."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.next_number import next_number
from tsunagari.services.voice.listening.models import Voice
from tsunagari.services.voice.listening.rules.receipts import (
    code_of,
    code_print,
    submission_print,
)
from tsunagari.services.voice.listening.rules.typed import VoiceTyped
from tsunagari.services.voice.listening.service import VoiceReceived


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the sender takes home. `public_id` is for the domain, number and code are for her."""

    public_id: str
    number: str
    code: str


def send_voice(*, typed: VoiceTyped, ticket: str, language: str, clock: Clock) -> Receipt:
    """Take in a letter. `ticket` is the random word of her form: the same letter sent twice with it (a double
    click) is one letter, with the same receipt."""
    submission = submission_print(ticket, *typed.told)
    held = Voice.objects.filter(submission=submission).first()
    if held is None:
        try:
            held = _take_in(typed, submission, language, clock)
        except IntegrityError:  # the other click was first
            held = Voice.objects.get(submission=submission)
    return Receipt(public_id=held.public_id, number=held.number, code=code_of(held.public_id))


@transaction.atomic
def _take_in(typed: VoiceTyped, submission: str, language: str, clock: Clock) -> Voice:
    public_id = new_public_id()
    voice = Voice.objects.create(
        public_id=public_id,
        number=next_number("", clock=clock),
        code_print=code_print(code_of(public_id)),
        submission=submission,
        received_at=clock(),
        language=language,
        about=typed.about,
        text=typed.text,
        wants_answer=typed.wants_answer,
        mail=typed.mail,
        name=typed.name,
        age=typed.age,
        may_publish=typed.may_publish,
    )
    ledger.record(
        VoiceReceived(subject=public_id, channel="web", about=typed.about, mailed=bool(typed.mail)),
        clock=clock,
    )
    return voice
