"""The letter that an action changes, held until the end of its transaction."""

from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.services.voice.listening.actions.refused import NotYours, Refused
from tsunagari.services.voice.listening.models import Voice
from tsunagari.services.voice.listening.rules.hands import Hand


def held_voice(public_id: str) -> Voice:
    """The letter, locked. Raises Voice.DoesNotExist."""
    return Voice.objects.select_for_update().get(public_id=public_id)


def answering(voice: Voice, clock: Clock) -> list[str]:
    """Codes of the divisions of today that answer a letter; none where nobody was chosen."""
    year = FiscalYear.at(clock())
    return identity.successors(voice.division, year) if voice.division else []


def only_office(hand: Hand) -> None:
    """Raises NotYours for whoever is not of the office."""
    if not hand.office:
        raise NotYours(_("この操作は、市民の声を受け付ける課が行います。"))


def only_answering(voice: Voice, hand: Hand, clock: Clock) -> None:
    """Raises NotYours for whoever does not answer this letter."""
    if not hand.works_for(answering(voice, clock)):
        raise NotYours(_("この市民の声は、ほかの課が担当しています。"))


def refuse_done(voice: Voice) -> None:
    """Raises Refused for a letter that has come to its end."""
    if voice.ended_at is not None or voice.state == "merged":
        raise Refused(
            _(
                "この市民の声は、もう終わっています。画面を開き直して、いまの状態を確かめてください。"
            )
        )
