"""The first day of which a plan, or one of its measures, can be shown."""

from datetime import date

from tsunagari.engines.plan.queries.beginnings import beginnings, loadings
from tsunagari.engines.plan.queries.edits import ADDED
from tsunagari.engines.plan.queries.snapshot import snapshot
from tsunagari.kernel.i18n.days import japan_day


def first_day(code: str = "", number: str = "") -> date | None:
    """Since when a plan is known here, or its measure of that number; without a code, any plan. None where
    there is none, or nobody wrote it down."""
    held = snapshot("ja")
    began = beginnings(held.rows, loadings())
    plan = held.plans.get(code)
    if not code:
        return japan_day(min(began.values())) if began else None
    if plan is None or plan.pk not in began:
        return None
    if not number:
        return japan_day(began[plan.pk])
    measure = next((each for each in held.measures[plan.pk] if each.number == number), None)
    if measure is None:
        return None
    added = [each.made_at for each in held.edits[measure.public_id] if each.field == ADDED]
    return japan_day(max([began[plan.pk], *added]))
