"""What the screens of one indicator's figures share: finding it, its years and months, who is refused."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.defaults import permission_denied

from tsunagari.engines.plan.actions.attach_evidence import not_yours
from tsunagari.engines.plan.console.figure_words import language, parts, period_words
from tsunagari.engines.plan.queries.figure_desk import FigureDesk, figure_desk
from tsunagari.engines.plan.queries.figure_list import years_open
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.reports import ReportLink, reports_on
from tsunagari.engines.plan.rules.typed_figure import Period
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day


def desk_of(public_id: str) -> FigureDesk:
    """One indicator with all its figures; 404 where there is none."""
    desk = figure_desk(public_id, now=system_clock(), language=language())
    if desk is None:
        raise Http404
    return desk


def refused(request: HttpRequest) -> HttpResponse:
    """What somebody of another division is told."""
    # Answered here: Wagtail turns a PermissionDenied that is raised into a way back to its start.
    return permission_denied(request, PermissionDenied(not_yours()))


def years_of(desk: FigureDesk, hand: Hand) -> list[int]:
    """The plan's years, coming ones too where targets may be set; the baseline's for the secretariat."""
    plan = desk.plan
    years = set(years_open(plan.first_year, plan.last_year, system_clock()))
    base = desk.indicator.aim.baseline_year
    if hand.secretariat:
        years |= set(range(plan.first_year, plan.last_year + 1)) | ({base} if base else set())
    return sorted(years, reverse=True)


def months_of(desk: FigureDesk, year: int) -> list[tuple[str, str, str]]:
    """The months of a year that have begun: name, figure, address of the form."""
    today, found = japan_day(system_clock()), []
    if year in desk.metered:
        return []
    for first in FiscalYear(year).months:
        if first > today:
            break
        standing = desk.standing(year, first.month)
        found.append(
            (
                period_words(Period(year=year, month=first.month)),
                parts(standing, desk),
                reverse(
                    "plan_figures_enter_month", args=[desk.indicator.public_id, year, first.month]
                ),
            )
        )
    return found


def closed_of(desk: FigureDesk) -> dict[int, ReportLink]:
    """The closed years of an indicator with their reports: nothing is entered there."""
    return reports_on(desk.plan.code, desk.indicator.public_id)


def strays(desk: FigureDesk, year: int, closed: ReportLink | None) -> bool:
    """Whether the plan shows another result of a closed year than was published."""
    if closed is None:
        return False
    now = next((each.value for each in desk.indicator.results if each.year == year), None)
    return now != closed.results().get(desk.indicator.public_id)
