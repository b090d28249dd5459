"""Reads plans for their pages in a bounded number of queries, whatever the number of measures.

`on` asks for the evening of a past day instead of the present; `now` is then that day's last moment.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from tsunagari.engines.plan.models import Measure, Plan
from tsunagari.engines.plan.queries.board import (
    ActionState,
    AssetState,
    DriverState,
    MeasurePage,
    PlanBoard,
    PlanHead,
)
from tsunagari.engines.plan.queries.first_days import surely_known_in
from tsunagari.engines.plan.queries.heads import head_of
from tsunagari.engines.plan.queries.reading import Reading
from tsunagari.engines.plan.queries.river import river_of
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot


def plan_heads(language: str, *, now: datetime, on: date | None = None) -> tuple[PlanHead, ...]:
    """Every plan, the newest first."""
    held = snapshot(language, on)
    return tuple(head_of(plan, held, now) for plan in held.plans.values())


def boards(*, now: datetime, language: str, on: date | None = None) -> tuple[PlanBoard, ...]:
    """Every plan that has measures, the newest first."""
    held = snapshot(language, on)
    plans = [plan for plan in held.plans.values() if held.measures[plan.pk]]
    return _boards(plans, held, now)


def plan_board(
    code: str, *, now: datetime, language: str, on: date | None = None
) -> PlanBoard | None:
    """A plan with every measure; None when there is no such plan or it has no measures yet."""
    held = snapshot(language, on)
    plan = held.plans.get(code)
    if plan is None or not held.measures[plan.pk]:
        return None
    return _boards([plan], held, now)[0]


def newest_board(*, now: datetime, language: str) -> PlanBoard | None:
    """The plan that began last; None where there is no plan with measures."""
    held = snapshot(language)
    plan = next((plan for plan in held.plans.values() if held.measures[plan.pk]), None)
    return _boards([plan], held, now)[0] if plan else None


def _boards(plans: Sequence[Plan], held: Snapshot, now: datetime) -> tuple[PlanBoard, ...]:
    measures = [measure for plan in plans for measure in held.measures[plan.pk]]
    reading = Reading(held, measures, now=now)
    return tuple(
        PlanBoard(
            head=head_of(plan, held, now),
            measures=tuple(reading.measure(measure) for measure in held.measures[plan.pk]),
        )
        for plan in plans
    )


def measure_page(
    code: str, number: str, *, now: datetime, language: str, on: date | None = None
) -> MeasurePage | None:
    """One measure of a plan; None when there is no such measure."""
    held = snapshot(language, on)
    plan = held.plans.get(code)
    measures = held.measures[plan.pk] if plan else []
    place = next((at for at, each in enumerate(measures) if each.number == number), None)
    if plan is None or place is None:
        return None
    measure = measures[place]
    reading = Reading(held, [measure], now=now, whole=True)
    return MeasurePage(
        head=head_of(plan, held, now),
        measure=reading.measure(measure),
        before=measures[place - 1].number if place else "",
        after=measures[place + 1].number if place + 1 < len(measures) else "",
        river=river_of(measure, held),
        series=reading.series_lines(measure),
        actions=_actions(measure, held),
        drivers=tuple(d for d in _drivers(held) if _quoted(measure) in d.measures),
        assets=tuple(a for a in _assets(held) if _quoted(measure) in a.measures),
        known_since=surely_known_in(held, code, number),
    )


def drivers(language: str, on: date | None = None) -> tuple[DriverState, ...]:
    """Every driver, in the city's order."""
    return _drivers(snapshot(language, on))


def assets(language: str, on: date | None = None) -> tuple[AssetState, ...]:
    """Every asset, in the city's order; `division` is a code."""
    return _assets(snapshot(language, on))


def actions_of(public_ids: Collection[str], language: str) -> dict[str, tuple[ActionState, ...]]:
    """By a measure's public id, what every year's action plan says of it; of measures of any plan. One query
    at most."""
    held = snapshot(language)
    wanted = (each for each in held.measures_by_key.values() if each.public_id in public_ids)
    return {each.public_id: _actions(each, held) for each in wanted}


def _quoted(measure: Measure) -> str:
    return f"{measure.plan.letter}/{measure.number}"


def _mentioned(keys: Sequence[int], held: Snapshot) -> tuple[str, ...]:
    return tuple(_quoted(held.measures_by_key[key]) for key in keys if key in held.measures_by_key)


def _actions(measure: Measure, held: Snapshot) -> tuple[ActionState, ...]:
    return tuple(
        ActionState(
            year=action.action_plan.fiscal_year,
            plan_name=held.texts.get(action.action_plan, "name"),
            planned=held.texts.get(action, "planned"),
            done=held.texts.get(action, "done"),
        )
        for action in held.actions[measure.pk]
    )


def _drivers(held: Snapshot) -> tuple[DriverState, ...]:
    return tuple(
        DriverState(
            public_id=row.public_id,
            code=row.code,
            kind=row.kind,
            name=held.texts.get(row, "name"),
            issuer=held.texts.get(row, "issuer"),
            issued_on=row.issued_on,
            issued_year=row.issued_year,
            source=held.texts.get(row, "source"),
            address=row.address,
            outline=held.texts.get(row, "outline"),
            measures=_mentioned(held.driver_ties[row.pk], held),
        )
        for row in held.drivers
    )


def _assets(held: Snapshot) -> tuple[AssetState, ...]:
    return tuple(
        AssetState(
            public_id=row.public_id,
            code=row.code,
            name=held.texts.get(row, "name"),
            outline=held.texts.get(row, "outline"),
            division=row.division,
            since_year=row.since_year,
            yearly_cost=row.yearly_cost,
            use=held.texts.get(row, "use"),
            verdict=row.verdict,
            source=held.texts.get(row, "source"),
            measures=_mentioned(held.asset_ties[row.pk], held),
        )
        for row in held.assets
    )
