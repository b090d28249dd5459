"""One indicator's years, targets and history, and the months of a year."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tsunagari.engines.plan.console.asked_figure import (
    closed_of,
    desk_of,
    months_of,
    refused,
    strays,
    years_of,
)
from tsunagari.engines.plan.console.figure_words import (
    ORIGIN_WORDS,
    STATUS_WORDS,
    amount,
    hand_of,
    parts,
    version_rows,
    year_words,
)
from tsunagari.engines.plan.console.words import division_words
from tsunagari.engines.plan.queries.board import Result
from tsunagari.engines.plan.queries.figure_desk import FigureDesk
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.reports import ReportLink
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity.api import staff_only


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """One fiscal year of an indicator: what the plan shows, the target, and where each is entered. `report`
    is the address of a closed year's report, "" while it is open."""

    year: int
    title: str
    figure: str
    kind: str
    source: str
    beside: str
    goal: str
    months: str
    enter: str
    goal_address: str
    report: str


@never_cache
@staff_only
@require_safe
def indicator(request: HttpRequest, public_id: str) -> HttpResponse:
    """One indicator: its years, its targets, and how every figure came to be."""
    desk, hand = desk_of(public_id), hand_of(request)
    if not hand.may_enter(desk.working):
        return refused(request)
    closed = closed_of(desk)
    context = {
        "desk": desk,
        "years": [_year_row(desk, year, hand, closed.get(year)) for year in years_of(desk, hand)],
        "closed_years": set(closed),
        "history": version_rows(desk),
        "secretariat": hand.secretariat,
        "divisions": division_words(desk.measure),
        "public": reverse("plan:measure", args=[desk.plan.code, desk.measure.number]),
    }
    return render(request, "plan/console/figure_indicator.html", context)


def _year_row(desk: FigureDesk, year: int, hand: Hand, closed: ReportLink | None) -> YearRow:
    state, running = desk.indicator, FiscalYear.at(system_clock()).year
    result = next((each for each in state.results if each.year == year), None)
    goal = next((each for each in state.targets if each.year == year), None)
    counted = desk.metered.get(year)
    whole_now = year == running and state.accumulate in ("flow", "ratio")
    months = sum(
        each.figure == "value"
        and each.until is None
        and each.year == year
        and each.month is not None
        for each in desk.versions
    )
    enters = year <= running and not whole_now and (not closed or strays(desk, year, closed))
    inside = desk.plan.first_year <= year <= desk.plan.last_year and not closed
    return YearRow(
        year=year,
        title=year_words(year),
        figure=parts(result, desk),
        kind=_kind(result),
        source=result.source if result else "",
        beside=parts(counted, desk) if counted and result and result.counted is not None else "",
        goal=amount(goal.value, state.digits, state.unit) if goal else "",
        months=_months_words(months, year, running, counted) if inside else "",
        enter=reverse("plan_figures_enter", args=[state.public_id, year]) if enters else "",
        goal_address=reverse("plan_figures_goal", args=[state.public_id, year])
        if hand.secretariat and inside
        else "",
        report=closed.address if closed else "",
    )


def _months_words(known: int, year: int, running: int, counted: Result | None) -> str:
    if counted is not None or year > running:
        return ""
    if not known:
        return gettext("月ごとに入力する")
    return ngettext("月ごとの数値（%(n)dか月分）", "月ごとの数値（%(n)dか月分）", known) % {
        "n": known
    }


def _kind(result: Result | None) -> str:
    if result is None:
        return ""
    return f"{STATUS_WORDS[result.status]}・{ORIGIN_WORDS[result.origin]}"


@never_cache
@staff_only
@require_safe
def months(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """The months of one year, each with its figure and the way to its form."""
    desk, hand = desk_of(public_id), hand_of(request)
    if not hand.may_enter(desk.working):
        return refused(request)
    if year not in years_of(desk, hand) or year > FiscalYear.at(system_clock()).year:
        raise Http404
    context = {
        "desk": desk,
        "title": year_words(year),
        "months": months_of(desk, year),
        "closed": closed_of(desk).get(year),
        "secretariat": hand.secretariat,
    }
    return render(request, "plan/console/figure_months.html", context)


URLS: list[URLPattern] = [
    path("plan-figures/<str:public_id>/", indicator, name="plan_figures_of"),
    path("plan-figures/<str:public_id>/<int:year>/months/", months, name="plan_figures_months"),
]
