"""Rows of questions without an answer: found, and settled."""

from typing import Any

from tsunagari.engines.content.declare import QuestionSettled
from tsunagari.engines.content.models import UnansweredQuestion
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.api import Actor
from tsunagari.kernel.ledger.api import record


class NotSettled(ValueError):
    """It cannot be settled so; the message is a sentence marked with N_ for the clerk."""


def locked_question(public_id: str) -> UnansweredQuestion:
    """The question, locked. Raises NotSettled where it is gone."""
    row = UnansweredQuestion.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotSettled(N_("この質問は、もうありません。1年たつと消えます。"))
    return row


def lock_in_order(*public_ids: str) -> None:
    """Lock several, always in one order, so that two clerks who put the same two together never wait for each other."""
    wanted = UnansweredQuestion.objects.select_for_update().filter(public_id__in=public_ids)
    list(wanted.order_by("pk"))


def still_waits(row: UnansweredQuestion) -> None:
    """Raises NotSettled where somebody else was quicker."""
    if row.state != "waiting":
        raise NotSettled(N_("ほかの職員が先に処理しました。一覧を確かめてください。"))


def settle(row: UnansweredQuestion, state: str, by: Actor, clock: Clock, **facts: Any) -> None:
    """Note what became of it."""
    for name, value in facts.items():
        setattr(row, name, value)
    row.state, row.settled_at, row.settled_by = state, clock(), by.public_id
    row.save()
    record(
        QuestionSettled(subject=row.public_id, actor=by.public_id, division=by.division, how=state)
    )
