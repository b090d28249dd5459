"""The office lets a letter that came twice go with the other one."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_voice import (
    held_voice,
    only_office,
    refuse_done,
)
from tsunagari.services.voice.listening.actions.refused import Refused
from tsunagari.services.voice.listening.models import Voice
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.receipts import plain_number
from tsunagari.services.voice.listening.service import VoiceMerged


@transaction.atomic
def merge_voice(*, voice: str, into: str, hand: Hand) -> None:
    """Merge a letter into the one with the receipt number `into`: its sender gets that one's answer.

    Raises Voice.DoesNotExist, NotYours, Refused.
    """
    only_office(hand)
    number = plain_number(into)
    found = Voice.objects.filter(number=number).only("public_id").first() if number else None
    if found is None:
        raise Refused(_("その受付番号の市民の声はありません。「2026-12」のように書いてください。"))
    # Both are locked in one order, so that two clerks who merge crosswise do not wait for each other.
    both = {each: held_voice(each) for each in sorted({voice, found.public_id})}
    held, main = both[voice], both[found.public_id]
    refuse_done(held)
    if main.pk == held.pk:
        raise Refused(_("自分自身にはまとめられません。ほかの受付番号を書いてください。"))
    if main.ended_at is not None or main.state == "merged":
        raise Refused(_("まとめる先は、まだ回答していない声を選んでください。"))
    held.merged.update(merged_into=main)
    held.merged_into, held.state, held.due = main, "merged", None
    held.save(update_fields=["merged_into", "state", "due"])
    ledger.record(
        VoiceMerged(
            subject=held.public_id,
            actor=hand.actor,
            division=hand.division,
            into=main.public_id,
        )
    )
