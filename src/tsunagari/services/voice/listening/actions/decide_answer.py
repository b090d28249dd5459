"""The head of the division approves an answer, or gives it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_voice import answering, held_voice
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.service import AnswerDecided


@transaction.atomic
def decide_answer(
    *, voice: str, draft: str, approve: bool, comment: str, hand: Hand, clock: Clock
) -> None:
    """Approve the draft that she has read (its public id), or give it back with a word to the clerk.

    Raises Voice.DoesNotExist, NotYours, Refused, and Overtaken where the draft has changed since.
    """
    held = held_voice(voice)
    if not hand.heads(answering(held, clock)):
        raise NotYours(_("回答を承認するのは、担当の課の課長です。"))
    if held.state != "asked":
        raise Refused(_("承認を待っている回答案はありません。画面を開き直してください。"))
    newest = held.drafts.first()
    if newest is None or newest.public_id != draft:
        raise Overtaken(
            theirs={"text": newest.text if newest else ""},
            version=newest.public_id if newest else "",
        )
    if not approve and not comment:
        raise Refused(_("差し戻すときは、どこを直すかを書いてください。"))
    if approve:
        held.state, held.answer, held.approved_by = "approved", newest.text, hand.actor
    else:
        held.state, newest.comment = "assigned", comment
        newest.save(update_fields=["comment"])
    held.save(update_fields=["state", "answer", "approved_by"])
    ledger.record(
        AnswerDecided(
            subject=held.public_id, actor=hand.actor, division=hand.division, approved=approve
        )
    )
