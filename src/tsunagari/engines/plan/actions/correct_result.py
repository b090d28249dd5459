"""Corrects a year's result after its year was closed and published."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.supersede import set_value
from tsunagari.engines.plan.models import Indicator


@transaction.atomic
def correct_result(
    *,
    indicator: str,
    year: int,
    value: Decimal | None,
    source: str,
    reason: str,
    actor: str,
    division: str,
    now: datetime,
) -> bool:
    """Let a fiscal year's result read `value` (None: not known) as one that was revised; False when it
    already does. `indicator` is a public id. Raises Indicator.DoesNotExist.

    The parts of a ratio are not known for a figure that is given alone.
    """
    hold_plan()
    found = Indicator.objects.select_for_update().get(public_id=indicator)
    standing = found.values.filter(fiscal_year=year, month=None, superseded_at=None).first()
    if standing and standing.value == value:
        return False
    return set_value(
        indicator=found,
        year=year,
        value=value,
        origin="typed",
        status="revised",
        source=source,
        reason=reason,
        now=now,
        actor=actor,
        division=division,
        closed_too=True,
    )
