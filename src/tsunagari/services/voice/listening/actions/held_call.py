"""The call for comments that an action changes, held until the end of its transaction."""

from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.services.voice.listening.actions.refused import NotYours, Refused
from tsunagari.services.voice.listening.models import Call
from tsunagari.services.voice.listening.rules.calls import Phase, phase_of
from tsunagari.services.voice.listening.rules.hands import Hand


def held_call(public_id: str) -> Call:
    """The call, locked. Raises Call.DoesNotExist."""
    return Call.objects.select_for_update().get(public_id=public_id)


def working(call: Call, clock: Clock) -> list[str]:
    """Codes of the divisions of today whose call it is."""
    return identity.successors(call.division, FiscalYear.at(clock()))


def only_working(call: Call, hand: Hand, clock: Clock) -> None:
    """Raises NotYours for whoever's call it is not."""
    if not hand.works_for(working(call, clock)):
        raise NotYours(_("このパブリックコメントは、ほかの課のものです。"))


def only_head(call: Call, hand: Hand, clock: Clock) -> None:
    """Raises NotYours for whoever does not head the division whose call it is."""
    if not hand.heads(working(call, clock)):
        raise NotYours(_("承認するのは、担当の課の課長です。"))


def phase_now(call: Call, clock: Clock) -> Phase:
    """The phase of a call by the clock."""
    return phase_of(
        decision=call.decision,
        publish_at=call.publish_at,
        opens=call.opens,
        closes=call.closes,
        results_at=call.results_at if call.results_decision == "approved" else None,
        now=clock(),
    )


def sorting_or_refuse(call: Call, clock: Clock) -> None:
    """Raises Refused where opinions cannot be sorted: before the call opens, and once its results are approved."""
    if phase_now(call, clock) not in ("open", "sorting") or call.results_decision == "approved":
        raise Refused(
            _("意見を整理できるのは、募集が始まってから、結果の公表が承認されるまでです。")
        )


def touch_results(call: Call) -> None:
    """Whatever of the results is changed while the head has them before her goes back to being a draft."""
    if call.results_decision == "asked":
        call.results_decision = "draft"
        call.save(update_fields=["results_decision"])
