"""Ask for work on many pages; the worker hears of it by its event."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from tsunagari.engines.content.declare import RoundAsked, RoundEnded
from tsunagari.engines.content.models import Round
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger.api import record

_UNDER_WAY = (Round.States.WAITING, Round.States.RUNNING)
_GIVEN_UP = timedelta(days=1)
"""After so long nobody waits for a round that did not end."""


@transaction.atomic
def ask_round(kind: str, *, hand: Hand | None, clock: Clock, **said: Any) -> Round:
    """A new round; a check or a links' round that is under way already is given back instead.

    `hand` is None for the night's own. `said` are fields of the round.
    """
    if kind in (Round.Kinds.CHECK, Round.Kinds.LINKS):
        under_way = Round.objects.select_for_update().filter(kind=kind, state__in=_UNDER_WAY)
        lately = under_way.filter(asked_at__gte=clock() - _GIVEN_UP)
        standing = lately.order_by("-pk").first()
        if standing is not None:
            return standing
    made = Round.objects.create(
        kind=kind,
        actor=hand.actor if hand else "",
        division=hand.division if hand else "",
        everywhere=hand.office if hand else True,
        asked_at=clock(),
        **said,
    )
    tell_worker(made)
    return made


def tell_worker(held: Round) -> None:
    """Record that a round waits for the worker."""
    record(
        RoundAsked(subject=held.public_id, actor=held.actor, division=held.division, kind=held.kind)
    )


def end_round(held: Round, *, changed: int, skipped: int, clock: Clock) -> None:
    """Note the end of a round."""
    held.state, held.ended_at = Round.States.DONE, clock()
    held.save(update_fields=["state", "ended_at"])
    record(
        RoundEnded(
            subject=held.public_id,
            actor=held.actor,
            division=held.division,
            kind=held.kind,
            changed=changed,
            skipped=skipped,
        )
    )
