"""An approved answer goes out; a letter that wants none is closed."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_voice import (
    held_voice,
    only_answering,
    refuse_done,
)
from tsunagari.services.voice.listening.actions.refused import Refused
from tsunagari.services.voice.listening.models import Voice
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.service import VoiceAnswered, VoiceClosed


@transaction.atomic
def send_answer(*, voice: str, hand: Hand, clock: Clock) -> None:
    """Send the approved answer to its sender and to those of merged letters: to the page of their receipts at
    once, by mail (tasks.py) where an address was given.

    Raises Voice.DoesNotExist, NotYours, Refused.
    """
    held = held_voice(voice)
    only_answering(held, hand, clock)
    if held.state != "approved":
        raise Refused(_("課長の承認が済んでから、送ってください。"))
    on_time = int(held.due is None or japan_day(clock()) <= held.due)
    merged = list(Voice.objects.select_for_update().filter(merged_into=held))
    for each in (held, *merged):
        each.ended_at, each.answer = clock(), held.answer
        each.state = "answered" if each.pk == held.pk else each.state
        each.save(update_fields=["ended_at", "answer", "state"])
        ledger.record(
            VoiceAnswered(
                subject=each.public_id,
                actor=hand.actor,
                division=hand.division,
                mailed=bool(each.mail and each.wants_answer),
                on_time=on_time,
            ),
            clock=clock,
        )


@transaction.atomic
def close_voice(*, voice: str, hand: Hand, clock: Clock) -> None:
    """Close a letter that wants no answer, once the division has read it.

    Raises Voice.DoesNotExist, NotYours, Refused.
    """
    held = held_voice(voice)
    only_answering(held, hand, clock)
    refuse_done(held)
    merged = list(Voice.objects.select_for_update().filter(merged_into=held))
    if held.wants_answer or any(each.wants_answer for each in merged):
        raise Refused(_("回答を望んでいる方がいます。回答を書いて送ってください。"))
    held.state = "closed"
    for each in (held, *merged):
        each.ended_at = clock()
        each.save(update_fields=["ended_at", "state"])
        ledger.record(
            VoiceClosed(subject=each.public_id, actor=hand.actor, division=hand.division),
            clock=clock,
        )
