"""Measures of a plan by number, name and divisions alone: for whoever keeps something beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from tsunagari.engines.plan.models import Measure
from tsunagari.engines.plan.queries.board import PlanHead
from tsunagari.engines.plan.queries.heads import head_of
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.engines.plan.rules.running import runs_in


@dataclass(frozen=True, kw_only=True)
class IndicatorHead:
    """An indicator without its figures."""

    public_id: str
    order: int
    name: str
    unit: str
    digits: int
    metered: bool


@dataclass(frozen=True, kw_only=True)
class MeasureHead:
    """A measure without its figures. `quoted`: P/2. `divisions` are codes, in the plan's order; `until_year`
    is its last fiscal year where that was set, None while it runs as long as its plan."""

    public_id: str
    plan: str
    quoted: str
    number: str
    name: str
    kind: str
    section: str
    divisions: tuple[str, ...]
    indicators: tuple[IndicatorHead, ...]
    until_year: int | None


_MADE: WeakKeyDictionary[Snapshot, dict[int, MeasureHead]] = WeakKeyDictionary()
"""The heads of an edition, by the measure's key: every list asks for all of them, and its rows never change."""


def measure_heads(code: str, language: str) -> tuple[MeasureHead, ...]:
    """The measures of a plan, in its order; () where there is no such plan. One query at most."""
    held = snapshot(language)
    plan = held.plans.get(code)
    return tuple(_head(each, held) for each in held.measures[plan.pk]) if plan else ()


def plan_and_measures(
    code: str, language: str, *, now: datetime
) -> tuple[PlanHead, dict[str, MeasureHead]] | None:
    """A plan and its measures by their public ids; None where there is no such plan. One query at most."""
    held = snapshot(language)
    plan = held.plans.get(code)
    if plan is None:
        return None
    measures = {each.public_id: _head(each, held) for each in held.measures[plan.pk]}
    return head_of(plan, held, now), measures


def measures_of_year(code: str, year: int, language: str) -> tuple[MeasureHead, ...]:
    """The measures of a plan that run in a fiscal year, in its order. One query at most."""
    held = snapshot(language)
    plan = held.plans.get(code)
    if plan is None:
        return ()
    return tuple(
        _head(each, held)
        for each in held.measures[plan.pk]
        if runs_in(year, first=each.from_year, last=each.until_year)
    )


def planned_of_year(code: str, year: int) -> dict[str, str]:
    """By a measure's public id, what the action plan of a fiscal year says will be done, in Japanese. One
    query at most."""
    held = snapshot("ja")
    plan = held.plans.get(code)
    return {
        measure.public_id: action.planned
        for measure in (held.measures[plan.pk] if plan else ())
        for action in held.actions[measure.pk]
        if action.action_plan.fiscal_year == year
    }


def measures_by_id(public_ids: Iterable[str], language: str) -> dict[str, MeasureHead]:
    """Measures of any plan by their public ids; unknown ones are left out. One query at most."""
    held, wanted = snapshot(language), set(public_ids)
    found = (each for each in held.measures_by_key.values() if each.public_id in wanted)
    return {each.public_id: _head(each, held) for each in found}


def _head(measure: Measure, held: Snapshot) -> MeasureHead:
    made = _MADE.setdefault(held, {})
    if measure.pk not in made:
        made[measure.pk] = _made(measure, held)
    return made[measure.pk]


def _made(measure: Measure, held: Snapshot) -> MeasureHead:
    plan, texts = held.plans_by_key[measure.plan_id], held.texts
    return MeasureHead(
        public_id=measure.public_id,
        plan=plan.code,
        quoted=f"{plan.letter}/{measure.number}",
        number=measure.number,
        name=texts.get(measure, "name"),
        kind=measure.kind,
        section=measure.section.code,
        divisions=tuple(measure.divisions),
        indicators=tuple(
            IndicatorHead(
                public_id=each.public_id,
                order=each.order,
                name=texts.get(each, "name"),
                unit=texts.get(each, "unit"),
                digits=each.digits,
                metered=bool(each.meter),
            )
            for each in held.indicators[measure.pk]
        ),
        until_year=measure.until_year,
    )
