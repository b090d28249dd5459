"""Writes what a year's action plan says of measures: what will be done, and afterwards what was done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.edit_things import Editor
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.actions.write_texts import Rows, note_edits
from tsunagari.engines.plan.declare import PlanEdited
from tsunagari.engines.plan.models import Action, ActionPlan, Measure, Plan
from tsunagari.engines.plan.rules.closed import words_closed
from tsunagari.engines.plan.rules.reports import things_of
from tsunagari.engines.plan.rules.text_faults import Fault, Refused
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.ledger import api as ledger

FIELDS: Final = ("planned", "done")


@transaction.atomic
def write_year(
    *,
    plan: str,
    year: int,
    texts: Mapping[str, Mapping[str, str]],
    actor: str,
    division: str,
    reason: str,
    now: datetime,
    closed_too: bool = False,
) -> int:
    """Let a fiscal year's action plan read as `texts`: by a measure's public id, its "planned" and "done"
    in Japanese; returns how many texts changed.

    The action plan is made where there is none. A text that is empty or left out leaves what stands.
    `actor` is a public id, `division` the code of the division acted for. `closed_too`: the year's own
    report says so, when it is closed or corrected. Raises Plan.DoesNotExist, LookupError for a measure that
    is not the plan's, Refused for texts of a closed year; then nothing has changed.
    """
    hold_plan()
    row = Plan.objects.get(code=plan)
    by = Editor(actor=actor, division=division, reason=reason, now=now)
    measures = {each.public_id: each for each in Measure.objects.filter(plan=row)}
    unknown = sorted(set(texts) - set(measures))
    if unknown:
        raise LookupError(", ".join(unknown))
    wanted = {key: _given(said) for key, said in texts.items() if _given(said)}
    if not wanted:
        return 0
    year_row = _action_plan(row, year, by)
    standing = {
        each.measure.public_id: each
        for each in Action.objects.filter(action_plan=year_row).select_related("measure")
    }
    faults = {} if closed_too else _closed(plan, year, wanted, standing)
    if faults:
        raise Refused(faults)
    changed = 0
    for public_id, said in wanted.items():
        measure = measures[public_id]
        action = standing.get(public_id) or Action(action_plan=year_row, measure=measure)
        changed += _write(action, said, Rows(top=measure, plan=row), by)
    if changed:
        turn_edition()
    return changed


def _given(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said[name].strip() for name in FIELDS if said.get(name, "").strip()}


def _closed(
    plan: str,
    year: int,
    wanted: Mapping[str, Mapping[str, str]],
    standing: Mapping[str, Action],
) -> dict[str, list[Fault]]:
    """What would change of a closed year, by the measure's public id."""
    published = things_of(plan, year)
    faults: dict[str, list[Fault]] = {}
    for measure in published.intersection(wanted):
        action = standing.get(measure)
        new = [name for name, text in wanted[measure].items() if getattr(action, name, "") != text]
        if new:
            faults[measure] = [(name, words_closed(year)) for name in new]
    return faults


def _action_plan(plan: Plan, year: int, by: Editor) -> ActionPlan:
    found = plan.action_plans.filter(fiscal_year=year).first()
    if found:
        return found
    names = {
        "name": f"{format_fiscal_year(FiscalYear(year), language='ja')}アクションプラン",
        "name.en": f"Action plan for {format_fiscal_year(FiscalYear(year), language='en')}",
    }
    made = add_thing(
        kind="action_plan", parent=plan, texts={"fiscal_year": str(year), **names}, by=by
    )
    return ActionPlan.objects.get(public_id=made)


def _write(action: Action, said: Mapping[str, str], rows: Rows, by: Editor) -> int:
    """One measure's texts; its version goes on, so that somebody who edits it is told."""
    changes = [
        (name, getattr(action, name), text)
        for name, text in said.items()
        if getattr(action, name) != text
    ]
    if not changes:
        return 0
    for name, _, text in changes:
        setattr(action, name, text)
    action.save()
    Measure.objects.filter(pk=action.measure_id).update(version=F("version") + 1)
    note_edits(
        rows=rows,
        thing=action,
        kind="action",
        changes=changes,
        actor=by.actor,
        reason=by.reason,
        now=by.now,
    )
    ledger.record(
        PlanEdited(
            subject=action.public_id,
            actor=by.actor,
            division=by.division,
            kind="action",
            fields=",".join(name for name, _, _ in changes),
        )
    )
    return len(changes)
