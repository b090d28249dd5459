"""A member of the committee gives an opinion on a measure or the year; the secretariat answers it."""

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.declare import OpinionAnswered, OpinionGiven
from tsunagari.engines.cycle.models import Cycle, Opinion, Sheet
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger

LONGEST = 2000
"""Letters of the longest opinion and answer."""


class NotCommittee(PermissionError):
    """Only a member of the committee, or the secretariat for her, gives an opinion."""


class OpinionRefused(ValueError):
    """Nothing was written; the text says why."""


@transaction.atomic
def give_opinion(
    *, cycle: str, sheet: str, text: str, replaces: str, hand: Hand, clock: Clock
) -> str:
    """Keep an opinion; returns its public id. `sheet` is a public id, "" for the whole year; `replaces` that
    of her own opinion which this one takes the place of, "" for a new one. The secretariat may write down
    what was said at a meeting.

    Raises NotCommittee, Cycle.DoesNotExist, Sheet.DoesNotExist, Opinion.DoesNotExist, OpinionRefused.
    """
    if not (hand.committee or hand.secretariat):
        raise NotCommittee
    held = _open_cycle(cycle)
    about = Sheet.objects.get(cycle=held, public_id=sheet) if sheet else None
    before = _own(held, replaces, hand) if replaces else None
    if before is not None and before.text == _checked(text):
        return before.public_id
    given = Opinion.objects.create(
        cycle=held, sheet=about, text=_checked(text), made_at=clock(), actor=hand.actor
    )
    if before is not None:
        before.replaced_by = given
        before.save(update_fields=["replaced_by"])
    ledger.record(OpinionGiven(subject=given.public_id, actor=hand.actor, division=hand.division))
    return given.public_id


@transaction.atomic
def answer_opinion(*, opinion: str, text: str, hand: Hand, clock: Clock) -> bool:
    """Let the city's answer to an opinion be this; False when it already was. The secretariat's.

    Raises NotSecretariat, Opinion.DoesNotExist, OpinionRefused.
    """
    if not hand.secretariat:
        raise NotSecretariat
    found = Opinion.objects.select_related("cycle").get(public_id=opinion)
    _open_cycle(found.cycle.public_id)
    text = _checked(text)
    if found.answer == text:
        return False
    found.answer, found.answered_at, found.answered_by = text, clock(), hand.actor
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    ledger.record(
        OpinionAnswered(subject=found.public_id, actor=hand.actor, division=hand.division)
    )
    return True


def _open_cycle(public_id: str) -> Cycle:
    held = Cycle.objects.select_for_update().get(public_id=public_id)
    if held.phase not in ("committee", "acting"):
        raise OpinionRefused(
            _(
                "いまの段階では、意見と回答は書けません。「委員会の意見」の段階になってから書いてください。"
            )
        )
    return held


def _own(cycle: Cycle, public_id: str, hand: Hand) -> Opinion:
    found = Opinion.objects.select_for_update().get(cycle=cycle, public_id=public_id)
    if found.actor != hand.actor and not hand.secretariat:
        raise NotCommittee
    if found.replaced_by_id is not None:
        raise OpinionRefused(_("この意見は、もう新しいものに替わっています。"))
    if found.answer:
        raise OpinionRefused(
            _("この意見には、市の回答があります。新しい意見として書いてください。")
        )
    return found


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise OpinionRefused(_("内容を入力してください。"))
    if len(text) > LONGEST:
        raise OpinionRefused(_("%(longest)d文字までにしてください。") % {"longest": LONGEST})
    return text
