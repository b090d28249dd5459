"""Ends a measure with a fiscal year before its plan's last one; what it was stays as it is."""

from django.db import transaction

from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.models import Measure


@transaction.atomic
def end_measure(*, measure: str, year: int, reason: str, by: Editor) -> bool:
    """Let `year` be the last fiscal year of a measure (its public id); False when it already was.

    `reason` is shown to residents; `by.reason` stands in the history. Raises Measure.DoesNotExist, and
    Refused for a year that is not the plan's or lies before the measure's first.
    """
    hold_plan()
    row = Measure.objects.select_for_update().get(public_id=measure)
    texts = {"until_year": str(year), "until_reason": reason}
    changed = edit_things(
        root=Root(kind="measure", public_id=measure, version=row.version),
        wanted=[Wanted(kind="measure", thing=measure, texts=texts)],
        by=by,
    )
    return bool(changed)
