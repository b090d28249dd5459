"""What the action plan of one year says of each measure of a plan."""

from datetime import date

from tsunagari.engines.plan.queries.board import ActionState
from tsunagari.engines.plan.queries.snapshot import snapshot


def year_actions(
    code: str, year: int, language: str, on: date | None = None
) -> dict[str, ActionState]:
    """By the measure's number; a measure of which that year's plan says nothing is left out. `on` as in plans.py."""
    held = snapshot(language, on)
    plan = held.plans.get(code)
    return {
        measure.number: ActionState(
            year=year,
            plan_name=held.texts.get(action.action_plan, "name"),
            planned=held.texts.get(action, "planned"),
            done=held.texts.get(action, "done"),
        )
        for measure in (held.measures[plan.pk] if plan else ())
        for action in held.actions[measure.pk]
        if action.action_plan.fiscal_year == year
    }
