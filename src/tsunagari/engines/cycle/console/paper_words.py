"""Measures, figures and statuses in the words of the pages for those who decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.defaults import permission_denied

from tsunagari.engines.cycle.console.asked_year import language, year_words
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.year_read import amount, settled_results
from tsunagari.engines.cycle.rules.report_words import ORIGINS
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import japan, japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said


@dataclass(frozen=True, kw_only=True)
class IndicatorView:
    """An indicator on paper: its newest figure with year and origin, its target, a bar where there is a way
    from a baseline to it, and a small line of three years or more."""

    state: plan_api.IndicatorState
    now: str
    origin: str
    goal: str
    mark: plan_api.Mark
    drawn: bool
    actual: Decimal | None
    trend: tuple[Decimal, ...]


@dataclass(frozen=True, kw_only=True)
class MeasureView:
    """A measure on paper. `public` is its page in the plan, `sheet` its sheet of the year."""

    measure: plan_api.MeasureState
    mark: plan_api.Mark
    public: str
    sheet: str
    indicators: tuple[IndicatorView, ...]


def measure_view(
    measure: plan_api.MeasureState, head: plan_api.PlanHead, cycle: Cycle
) -> MeasureView:
    """A measure with its indicators in words."""
    return MeasureView(
        measure=measure,
        mark=plan_api.mark_of(measure, head),
        public=public_address(cycle.plan, measure.number),
        sheet=reverse("cycle_sheet", args=[cycle.plan, cycle.fiscal_year, measure.number]),
        indicators=tuple(indicator_view(each, head) for each in measure.indicators),
    )


def indicator_view(state: plan_api.IndicatorState, head: plan_api.PlanHead) -> IndicatorView:
    """One indicator in words."""
    aim, latest = state.aim, state.latest
    settled = settled_results(state)
    return IndicatorView(
        state=state,
        now=gettext("%(year)s %(figure)s")
        % {"year": year_words(latest.year), "figure": amount(latest.value, state)}
        if latest
        else "",
        origin=said(ORIGINS[latest.origin]) if latest else "",
        goal=_goal(state),
        mark=plan_api.mark_in(head, state.progress.status),
        drawn=None not in (aim.baseline, aim.target)
        and aim.baseline != aim.target
        and aim.direction != "keep",
        actual=latest.value if latest and state.progress.status != "pending" else None,
        trend=tuple(settled[year] for year in sorted(settled)) if len(settled) > 2 else (),
    )


def _goal(state: plan_api.IndicatorState) -> str:
    aim = state.aim
    if aim.target is None or aim.target_year is None:
        if state.to_set_year is not None:
            return gettext("%(year)sに設定する予定") % {"year": year_words(state.to_set_year)}
        return gettext("検討中") if state.target_open else ""
    return gettext("%(year)s %(figure)s") % {
        "year": year_words(aim.target_year),
        "figure": amount(aim.target, state),
    }


def public_address(plan: str, number: str) -> str:
    """A measure's page in the plan."""
    return reverse("plan:measure", args=[plan, number])


def figure_address(plan: str, number: str, state: plan_api.IndicatorState) -> str:
    """Where a figure is explained: how it was judged and counted, on the measure's page."""
    return f"{public_address(plan, number)}#judged-{state.order}"


def change_words(share: Decimal) -> str:
    """A change as +12.3% or −4.0%."""
    sign = "+" if share > 0 else "−"
    return f"{sign}{abs(share) * 100:.1f}%"


def there_are(counted: Iterable[tuple[int, str]], *, nothing: str) -> str:
    """What there is of several things, each with its words for its number; `nothing` where all are nought."""
    told = [words % {"n": number} for number, words in counted if number]
    if not told:
        return nothing
    return gettext("%(list)sあります。") % {"list": gettext("、").join(told)}


def as_of(now: datetime) -> str:
    """The day and time at which a page was made."""
    return f"{format_day(japan_day(now), language=language())} {japan(now):%H:%M}"


def only_readers(request: HttpRequest) -> HttpResponse:
    """403 in words for a page about all divisions. Answered here, as in asked_year.py."""
    sentence = gettext(
        "このページは、計画の事務局・委員・監査担当が読みます。担当を切り替えるか、事務局に頼んでください。"
    )
    return permission_denied(request, PermissionDenied(sentence))
