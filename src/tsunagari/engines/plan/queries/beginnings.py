"""Since when plans are known here, and when the city's files were read in again after that."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tsunagari.engines.plan.declare import PlanLoaded
from tsunagari.engines.plan.queries.plan_rows import PlanRows
from tsunagari.kernel.ledger import api as ledger

Loadings = Mapping[str, Sequence[datetime]]
"""When a file of the pack changed a plan, by the plan's public id, the oldest first."""


def loadings() -> Loadings:
    """What the ledger tells of loadings."""
    found: dict[str, list[datetime]] = {}
    for told in ledger.told(PlanLoaded.name):
        found.setdefault(told.subject, []).append(told.recorded_at)
    return {plan: sorted(moments) for plan, moments in found.items()}


def beginnings(rows: PlanRows, loaded: Loadings) -> dict[int, datetime]:
    """When each plan was first known here, by its key: its first loading, edit or figure (the figures of
    an invented town are dated in its past). A plan of which nothing tells is left out."""
    first: dict[int, datetime] = {}
    for plan, moment in _signs(rows, loaded):
        first[plan] = min(first.get(plan, moment), moment)
    return first


def _signs(rows: PlanRows, loaded: Loadings) -> Iterator[tuple[int, datetime]]:
    plans = {measure.pk: measure.plan_id for measure in rows.measures}
    owners = {each.pk: plans[each.measure_id] for each in rows.indicators}
    yield from ((owners[each.indicator_id], each.set_at) for each in rows.targets)
    yield from ((owners[each.indicator_id], each.recorded_at) for each in rows.values)
    yield from ((each.plan_id, each.made_at) for each in rows.edits if each.plan_id)
    for plan in rows.plans:
        yield from ((plan.pk, moment) for moment in loaded.get(plan.public_id, ()))
