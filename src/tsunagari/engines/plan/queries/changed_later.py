"""A fiscal year's results that people changed after a moment; what a meter counts on is no change of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.queries.results import Stock, aim_of, results_of
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot


@dataclass(frozen=True, kw_only=True)
class LaterChange:
    """What was the year's result at the moment, None for none; `known` False where a meter may have counted
    then, of which nobody can say what it said. `changed_at` is when the last figure came in."""

    before: Decimal | None
    known: bool
    changed_at: datetime


def changed_later(
    moments: Mapping[str, datetime], year: int, *, now: datetime
) -> dict[str, LaterChange]:
    """By an indicator's public id, those for which somebody entered a figure of a fiscal year, or of one of
    its months, after the indicator's moment: on a screen, by a file or with a key, not in the city's pack.
    Whether the year's result is another one by now is the caller's to compare. One query at most."""
    held = snapshot("ja")
    found: dict[str, LaterChange] = {}
    for row in (each for group in held.indicators.values() for each in group):
        if row.public_id in moments:
            change = _change(row, moments[row.public_id], year, held, now)
            if change:
                found[row.public_id] = change
    return found


def _change(
    row: Indicator, moment: datetime, year: int, held: Snapshot, now: datetime
) -> LaterChange | None:
    values = [
        each
        for each in (*held.values[row.pk], *held.replaced_values[row.pk])
        if each.fiscal_year == year
    ]
    later = [
        each.recorded_at for each in values if each.recorded_at > moment and not each.from_pack
    ]
    if not later:
        return None
    then = [
        each
        for each in values
        if each.recorded_at <= moment
        and (each.superseded_at is None or each.superseded_at > moment)
    ]
    whole = any(each.month is None and each.value is not None for each in then)
    return LaterChange(
        before=_result(row, then, year, held, now),
        known=whole or not row.meter,
        changed_at=max(later),
    )


def _result(
    row: Indicator, values: Sequence[Value], year: int, held: Snapshot, now: datetime
) -> Decimal | None:
    """What these values of a year come to."""
    stock = Stock(
        aim=aim_of(row, held.targets[row.pk], held.values[row.pk]),
        factor=row.factor,
        values=values,
        evidence={},
        metered=None,
    )
    return next((each.value for each in results_of(stock, now) if each.year == year), None)
