"""Replays a change of a target or value that an invented town made on some day of its past."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.db import transaction

from tsunagari.engines.plan.actions.supersede import set_target, set_value
from tsunagari.engines.plan.models import Indicator


class NoSuchFigureError(LookupError):
    """There is nothing that could have been changed; the message names it."""


@dataclass(frozen=True, kw_only=True)
class PastChange:
    """What was changed, when, by whom (public id, "" for nobody who still has an account) and why.

    `indicator` is its place in the measure, from 1; `year` a fiscal year.
    """

    plan: str
    number: str
    indicator: int
    figure: Literal["target", "value"]
    year: int
    value: Decimal
    moment: datetime
    actor: str
    reason: str


@transaction.atomic
def replay_change(change: PastChange) -> bool:
    """Make the change as of its moment; False when it was made before, even if others followed.

    Raises NoSuchFigureError where the pack has no such indicator, target or value.
    """
    indicator = Indicator.objects.filter(
        measure__plan__code=change.plan,
        measure__number=change.number,
        order=change.indicator,
    ).first()
    rows = getattr(indicator, f"{change.figure}s").filter(fiscal_year=change.year) if indicator else None  # fmt: skip
    if indicator is None or rows is None or not rows.exists():
        raise NoSuchFigureError(
            f"{change.plan} {change.number} has no {change.figure} of {change.year} in its indicator {change.indicator}"
        )
    if rows.filter(value=change.value, reason=change.reason).exists():
        return False
    return _set_target(indicator, change) if change.figure == "target" else _set_value(indicator, change)  # fmt: skip


def _set_target(indicator: Indicator, change: PastChange) -> bool:
    return set_target(
        indicator=indicator,
        year=change.year,
        value=change.value,
        now=change.moment,
        reason=change.reason,
        actor=change.actor,
        closed_too=True,
    )


def _set_value(indicator: Indicator, change: PastChange) -> bool:
    before = indicator.values.filter(fiscal_year=change.year, month=None).latest("recorded_at")
    return set_value(
        indicator=indicator,
        year=change.year,
        value=change.value,
        origin="typed",
        status="revised",
        source=before.source,
        now=change.moment,
        reason=change.reason,
        actor=change.actor,
        closed_too=True,
    )
