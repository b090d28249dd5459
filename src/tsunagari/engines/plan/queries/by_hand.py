"""What people set and recorded by hand: targets without the city's pack, and when a year's figure came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot


@dataclass(frozen=True, kw_only=True)
class HandTarget:
    """A standing target that somebody set in the console or by a file, not the city's pack. `indicator` is
    a public id; `reason` is "" where none was given."""

    indicator: str
    year: int
    value: Decimal
    reason: str
    set_at: datetime


def targets_by_hand(code: str) -> tuple[HandTarget, ...]:
    """The standing targets of a plan that are not its pack's. One query at most."""
    held = snapshot("ja")
    return tuple(
        HandTarget(
            indicator=indicator.public_id,
            year=target.fiscal_year,
            value=target.value,
            reason=target.reason.strip(),
            set_at=target.set_at,
        )
        for indicator in _indicators(code, held)
        for target in held.targets[indicator.pk]
        if not target.from_pack
    )


def recorded_in_year(code: str, year: int) -> dict[str, datetime]:
    """By an indicator's public id, when the last stored figure of a fiscal year came in; what no table
    holds (a meter's figure) is left out. One query at most."""
    held = snapshot("ja")
    found: dict[str, datetime] = {}
    for indicator in _indicators(code, held):
        moments = [v.recorded_at for v in held.values[indicator.pk] if v.fiscal_year == year]
        if moments:
            found[indicator.public_id] = max(moments)
    return found


def _indicators(code: str, held: Snapshot) -> Iterator[Indicator]:
    plan = held.plans.get(code)
    for measure in held.measures[plan.pk] if plan else ():
        yield from held.indicators[measure.pk]
