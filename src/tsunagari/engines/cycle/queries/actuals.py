"""What each indicator of a sheet reached in its year: prefilled by meters, or entered by the division."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from tsunagari.engines.cycle.models import Sheet
from tsunagari.engines.cycle.rules.quarters import quarters_of
from tsunagari.engines.plan import api as plan_api

NO_MONTHS: Final[Mapping[str, plan_api.Months]] = {}


@dataclass(frozen=True, kw_only=True)
class Actual:
    """An indicator with its year. `result` is what stands for the fiscal year, None where nothing is known;
    `before` that of the year before; `goal` its target of that year or the next one that there is.
    `quarters` are what was reached by the end of each quarter. `awaited`: a result is expected."""

    indicator: plan_api.IndicatorState
    result: plan_api.Result | None
    before: plan_api.Result | None
    goal: plan_api.TargetState | None
    quarters: tuple[Decimal | None, ...]
    awaited: bool


def actuals_of(
    measure: plan_api.MeasureState, year: int, months: Mapping[str, plan_api.Months] = NO_MONTHS
) -> tuple[Actual, ...]:
    """Each indicator of a measure in a fiscal year; `months` of the year by indicator, from which its quarters
    come."""
    return tuple(_actual(each, year, months.get(each.public_id, ())) for each in measure.indicators)


def _actual(state: plan_api.IndicatorState, year: int, months: plan_api.Months) -> Actual:
    by_year = {each.year: each for each in state.results}
    goals = sorted(state.targets, key=lambda each: each.year)
    return Actual(
        indicator=state,
        result=by_year.get(year),
        before=by_year.get(year - 1),
        goal=next((each for each in goals if each.year >= year), None),
        quarters=quarters_of(months, state.accumulate),
        awaited=state.to_set_year is None or state.to_set_year <= year,
    )


def missing_actuals(sheet: Sheet, now: datetime) -> dict[str, str]:
    """What keeps a check from being handed in: indicators without a result, and no reason why."""
    if sheet.missing_reason:
        return {}
    head = plan_api.measures_by_id([sheet.measure], "ja").get(sheet.measure)
    page = plan_api.measure_page(head.plan, head.number, now=now, language="ja") if head else None
    if page is None:
        return {}
    names = [
        each.indicator.name
        for each in actuals_of(page.measure, sheet.cycle.fiscal_year)
        if each.awaited and each.result is None
    ]
    if not names:
        return {}
    sentence = _(
        "実績のない指標があります（%(names)s）。実績を入力するか、出せない理由をここに書いてください。"
    )
    return {"missing_reason": sentence % {"names": _("、").join(names)}}
