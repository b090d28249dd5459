"""The river of a measure: what it grew from, near and far, and what grew from it."""

from collections.abc import Callable, Iterable
from datetime import date

from tsunagari.engines.plan.models import Lineage, Measure
from tsunagari.engines.plan.queries.board import River, RiverMeasure, RiverWay
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot


def river_of(measure: Measure, held: Snapshot) -> River:
    """Every measure that one reaches by going up only, or down only; not the sisters of a common origin."""
    up = _flow(measure.pk, held.ways, lambda way: (way.heir_id, way.origin_id))
    down = _flow(measure.pk, held.ways, lambda way: (way.origin_id, way.heir_id))
    ways = up | down
    if not ways:
        return River(measures=(), ways=())
    keys = {measure.pk} | {key for way in ways for key in (way.origin_id, way.heir_id)}
    return _river(keys, [way for way in held.ways if way in ways], held, here=measure.pk)


def whole_river(language: str, on: date | None = None) -> River:
    """Every way between measures of all plans, with the measures at their ends."""
    held = snapshot(language, on)
    keys = {key for way in held.ways for key in (way.origin_id, way.heir_id)}
    return _river(keys, held.ways, held, here=0)


def _flow(
    start: int, ways: Iterable[Lineage], ends: Callable[[Lineage], tuple[int, int]]
) -> set[Lineage]:
    """The ways that are reached from `start`, each once: rings do no harm."""
    listed = list(ways)
    reached, fresh = {start}, {start}
    found: set[Lineage] = set()
    while fresh:
        step = {way for way in listed if ends(way)[0] in fresh} - found
        found |= step
        fresh = {ends(way)[1] for way in step} - reached
        reached |= fresh
    return found


def _river(keys: Iterable[int], ways: Iterable[Lineage], held: Snapshot, *, here: int) -> River:
    measures = sorted(
        (held.measures_by_key[key] for key in keys),
        key=lambda each: (each.plan.first_year, each.order),
    )
    plans = list(dict.fromkeys(each.plan_id for each in measures))
    shown = {each.pk: _measure(each, held, plans.index(each.plan_id), here) for each in measures}
    return River(
        measures=tuple(shown.values()),
        ways=tuple(
            RiverWay(
                origin=shown[way.origin_id].public_id,
                heir=shown[way.heir_id].public_id,
                kind=way.kind,
                note=held.texts.get(way, "note"),
            )
            for way in ways
        ),
    )


def _measure(measure: Measure, held: Snapshot, column: int, here: int) -> RiverMeasure:
    plan = held.plans_by_key[measure.plan_id]
    return RiverMeasure(
        public_id=measure.public_id,
        plan=plan.code,
        plan_name=held.texts.get(plan, "short_name"),
        years=(plan.first_year, plan.last_year),
        number=measure.number,
        quoted=f"{plan.letter}/{measure.number}",
        name=held.texts.get(measure, "name"),
        column=column,
        here=measure.pk == here,
    )
