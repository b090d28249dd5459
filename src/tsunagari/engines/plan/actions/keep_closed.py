"""Keeps people and keys from changing what was published of a closed year.

Every way to a figure ends in supersede.py, which asks here; those who check sooner do so because of what else
they would say first. An erratum and a town's replayed past say that they may. A pack is judged as a whole
(refuse_closed.py). Ask after hold_plan: whoever closes a year holds the plan as well.
"""

from collections.abc import Sequence
from decimal import Decimal

from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.rules.closed import (
    YearClosed,
    target_closed,
    value_closed,
    words_closed,
)
from tsunagari.engines.plan.rules.reports import reports_on, things_of
from tsunagari.engines.plan.rules.text_faults import Fault


def check_value_open(
    indicator: Indicator, year: int, month: int | None, value: Decimal | None
) -> None:
    """Raise YearClosed where the report of a closed fiscal year tells of the indicator, unless `value` brings
    the year's result, which reads otherwise, back to what was published."""
    closed = reports_on(indicator.measure.plan.code, indicator.public_id).get(year)
    if closed is None:
        return
    published = closed.results().get(indicator.public_id)
    standing = indicator.values.filter(fiscal_year=year, month=None, superseded_at=None).first()
    agrees = standing is not None and standing.value == published
    if month is not None or value != published or agrees:
        raise YearClosed(value_closed(year))


def check_target_open(indicator: Indicator, year: int) -> None:
    """The same before a target is changed."""
    if indicator.public_id in things_of(indicator.measure.plan.code, year):
        raise YearClosed(target_closed(year))


def closed_faults(plan: str, measure: str, year: int, keys: Sequence[str]) -> list[Fault]:
    """What is wrong with changing these texts of what a measure (its public id) planned or did in a year."""
    if not keys or measure not in things_of(plan, year):
        return []
    return [(key, words_closed(year)) for key in keys]
