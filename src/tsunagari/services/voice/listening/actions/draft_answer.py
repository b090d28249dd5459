"""A clerk writes the answer to a letter, and asks the head for her approval."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_voice import (
    held_voice,
    only_answering,
    refuse_done,
)
from tsunagari.services.voice.listening.actions.refused import Overtaken, Refused
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.service import AnswerDrafted


@transaction.atomic
def draft_answer(*, voice: str, text: str, base: str, ask: bool, hand: Hand, clock: Clock) -> None:
    """Save a draft; with `ask` it waits for the head. `base` is the public id of the draft that she had before
    her ("" for none): where somebody else saved meanwhile, nothing is written.

    Raises Voice.DoesNotExist, NotYours, Refused, Overtaken.
    """
    held = held_voice(voice)
    only_answering(held, hand, clock)
    refuse_done(held)
    if not held.division:
        raise Refused(_("先に、担当の課を割り振ってください。"))
    newest = held.drafts.first()
    if newest is not None and newest.public_id != base and newest.text != text:
        raise Overtaken(theirs={"text": newest.text}, version=newest.public_id)
    if not text:
        raise Refused(_("回答を書いてください。"))
    if newest is None or newest.text != text or newest.comment:
        held.drafts.create(text=text, made_at=clock(), actor=hand.actor)
    held.state, held.answer = "asked" if ask else "assigned", ""
    held.save(update_fields=["state", "answer"])
    ledger.record(
        AnswerDrafted(subject=held.public_id, actor=hand.actor, division=hand.division, asked=ask)
    )
