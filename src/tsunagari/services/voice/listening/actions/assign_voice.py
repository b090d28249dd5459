"""The office gives a letter to a division, with a day by which it is answered."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_voice import held_voice, only_office
from tsunagari.services.voice.listening.actions.refused import Refused
from tsunagari.services.voice.listening.rules.choices import CATEGORIES
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.voice_states import MOST_DAYS, due_after
from tsunagari.services.voice.listening.service import VoiceAssigned


@transaction.atomic
def assign_voice(
    *, voice: str, division: str, category: str, days: int, hand: Hand, clock: Clock
) -> None:
    """Let a division (a code of today) answer a letter within `days` business days. A letter may be given to
    another one as long as no answer went out; a merged one comes to life again.

    Raises Voice.DoesNotExist, NotYours, Refused.
    """
    only_office(hand)
    held = held_voice(voice)
    if held.ended_at is not None:
        raise Refused(_("回答した市民の声は、割り振れません。"))
    if held.merged.exists() and held.state == "merged":
        raise Refused(_("ほかの声をまとめている市民の声です。"))
    if category not in CATEGORIES:
        raise Refused(_("分野を選んでください。"))
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            _("回答までの日数は、1から%(most)dまでで書いてください。") % {"most": MOST_DAYS}
        )
    held.division, held.category, held.state = division, category, "assigned"
    held.due, held.merged_into, held.answer = due_after(clock(), days), None, ""
    held.save(update_fields=["division", "category", "state", "due", "merged_into", "answer"])
    ledger.record(
        VoiceAssigned(
            subject=held.public_id,
            actor=hand.actor,
            division=hand.division,
            to=division,
            due=held.due.isoformat(),
        )
    )
