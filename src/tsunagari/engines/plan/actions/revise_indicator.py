"""Revises what an indicator is called, and how it is counted, as it was decided: from texts that stood then."""

from collections.abc import Mapping

from django.db import transaction

from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.queries.indicator_texts import indicator_texts


class TextsOvertaken(RuntimeError):
    """Another text stands than the one that was to be revised; it names the indicator's public id."""


@transaction.atomic
def revise_indicator(
    *, indicator: str, old: Mapping[str, str], new: Mapping[str, str], by: Editor, heir: str = ""
) -> bool:
    """Let the texts of an indicator (REVISABLE) read `new` where they read `old`, by the same keys; False
    when they already do. Where it goes on as `heir`, that one is written and the indicator stays what it
    was. Both are public ids.

    Raises TextsOvertaken where another text stands, Indicator.DoesNotExist, Refused; then nothing has
    changed.
    """
    hold_plan()
    row = Indicator.objects.select_related("measure").get(public_id=heir or indicator)
    texts = indicator_texts([indicator])
    if indicator not in texts:
        raise Indicator.DoesNotExist(indicator)
    standing = texts[indicator]
    if any(standing[key] not in (text, new[key]) for key, text in old.items()):
        raise TextsOvertaken(indicator)
    changed = edit_things(
        root=Root(kind="measure", public_id=row.measure.public_id, version=row.measure.version),
        wanted=[Wanted(kind="indicator", thing=row.public_id, texts=dict(new))],
        by=by,
    )
    return bool(changed)
