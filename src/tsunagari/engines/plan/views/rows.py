"""A measure as one row of the plan's list: bars with their two ends, status, address."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from tsunagari.engines.plan.api import IndicatorState, Mark, MeasureState, PlanHead, mark_of
from tsunagari.engines.plan.views.words import amount, year_short, year_words
from tsunagari.kernel.design.figures import figure


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An indicator as a bar; the words say at both ends what the drawing shows."""

    indicator: IndicatorState
    actual: Decimal | None
    start: str
    estimated: bool
    start_year: str
    goal: str
    goal_year: str
    now: str
    trend: tuple[Decimal | None, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A measure in the list."""

    measure: MeasureState
    address: str
    mark: Mark
    bars: tuple[Bar, ...]


def row(head: PlanHead, measure: MeasureState, language: str) -> Row:
    """The row of one measure."""
    return Row(
        measure=measure,
        address=reverse("plan:measure", args=[head.code, measure.number]),
        mark=mark_of(measure),
        bars=tuple(bar(head, each, language) for each in measure.indicators),
    )


def bar(head: PlanHead, indicator: IndicatorState, language: str) -> Bar:
    """The bar of one indicator; a target in another year than the plan's last says so in full."""
    aim, latest = indicator.aim, indicator.latest
    named = year_short if aim.target_year == head.last_year else year_words
    return Bar(
        indicator=indicator,
        # A count that is not judged yet has no place between baseline and target.
        actual=latest.value if latest and indicator.progress.status != "pending" else None,
        start=figure(aim.baseline, indicator.digits),
        estimated=indicator.baseline_estimated,
        start_year=year_short(aim.baseline_year, language) if aim.baseline_year else "",
        goal=amount(aim.target, indicator),
        goal_year=named(aim.target_year, language) if aim.target_year else "",
        now=now_words(indicator, language),
        trend=trend(indicator),
    )


def now_words(indicator: IndicatorState, language: str) -> str:
    """Where it stands, in a few words; "" where nothing has been reached yet."""
    if indicator.latest is None:
        return ""
    return gettext("%(year)s %(amount)s") % {
        "year": year_words(indicator.latest.year, language),
        "amount": amount(indicator.latest.value, indicator),
    }


def trend(indicator: IndicatorState) -> tuple[Decimal | None, ...]:
    """Values for a small line: three years or more, else the months of this year; () where too few."""
    years = tuple(result.value for result in indicator.results)
    if len(years) > 2:
        return years
    months = indicator.recent
    return months if sum(value is not None for value in months) > 1 else ()
