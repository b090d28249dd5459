"""Put a question together with another that asks the same."""

from django.db import transaction

from tsunagari.engines.content.actions.question_rows import (
    NotSettled,
    lock_in_order,
    locked_question,
    settle,
    still_waits,
)
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.api import Actor


@transaction.atomic
def merge_question(public_id: str, into: str, *, by: Actor, clock: Clock) -> None:
    """It asks the same as another, and follows it. Raises NotSettled where that would lead in a circle."""
    lock_in_order(public_id, into)
    row, target = locked_question(public_id), locked_question(into)
    still_waits(row)
    while target.merged_into is not None:
        target = target.merged_into
    if target.pk == row.pk:
        raise NotSettled(N_("同じ質問どうしは、まとめられません。別の質問を選んでください。"))
    row.merged.update(merged_into=target)
    settle(row, "merged", by, clock, merged_into=target)
