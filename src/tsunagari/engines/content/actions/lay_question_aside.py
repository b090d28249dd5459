"""Lay a question aside: nobody will answer it, and why."""

from django.db import transaction

from tsunagari.engines.content.actions.question_rows import (
    NotSettled,
    locked_question,
    settle,
    still_waits,
)
from tsunagari.engines.content.models.unanswered import LONGEST_REASON
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.api import Actor


@transaction.atomic
def lay_question_aside(public_id: str, reason: str, *, by: Actor, clock: Clock) -> None:
    """Nobody will answer it, and why. Raises NotSettled without a reason."""
    row = locked_question(public_id)
    still_waits(row)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise NotSettled(N_("理由を200字までで書いてください（例：市の仕事ではないため）。"))
    settle(row, "aside", by, clock, reason=said)
