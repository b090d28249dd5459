"""Results: what a division still has to enter, and the need that tells of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tsunagari.engines.plan.console.figure_words import (
    STATE_LOOKS,
    STATE_WORDS,
    amount,
    hand_of,
    language,
    year_words,
)
from tsunagari.engines.plan.console.words import division_words
from tsunagari.engines.plan.queries.figure_list import (
    Asked,
    DeskPage,
    DeskRow,
    desk_page,
    missing_of,
)
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.how import HOW
from tsunagari.engines.plan.rules.typed_figure import Period, last_whole_year
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import actor_of, staff_only


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One indicator in the list, in words."""

    quoted: str
    measure: str
    name: str
    divisions: str
    how: str
    figure: str
    goal: str
    state: str
    look: str
    source: str
    address: str
    empty: bool
    closed: bool


@never_cache
@staff_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The indicators of the acting division, or of all for the secretariat; what is missing first."""
    hand, now = hand_of(request), system_clock()
    asked = asked_in(request)
    everything = hand.secretariat and "mine" not in request.GET
    page = desk_page(
        asked, division=None if everything else hand.division, now=now, language=language()
    )
    context: dict[str, Any] = {"page": page, "asked": asked, "secretariat": hand.secretariat}
    if page:
        context |= _choices(page, hand)
        context["rows"] = [_list_row(row, now) for row in page.rows]
        context["query"] = _query(page, asked)
    return render(request, "plan/console/figures.html", context)


def _query(page: DeskPage, asked: Asked) -> str:
    """What the table to fill in is asked for with: the list's plan, year and division."""
    told = {"plan": page.plan.code, "year": str(page.year), "division": asked.division}
    return urlencode({key: value for key, value in told.items() if value})


def asked_in(request: HttpRequest) -> Asked:
    """What the address asks for."""
    get = request.GET
    year = get.get("year", "")
    return Asked(
        plan=get.get("plan", ""),
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        division=get.get("division", ""),
        section=get.get("section", ""),
        only=get.get("only", ""),
        words=get.get("q", "")[:100],
    )


def _choices(page: DeskPage, hand: Hand) -> dict[str, Any]:
    now = FiscalYear.at(system_clock())
    return {
        "plans": [(each.code, each.short_name) for each in page.plans],
        "years": [(str(each), year_words(each)) for each in page.years],
        "sections": [(each.code, each.name) for each in page.plan.sections],
        "states": [
            (code, words)
            for code, words in STATE_WORDS.items()
            if code not in ("before", "outside")
        ],
        "divisions": [(each.code, each.name) for each in identity.divisions(now, language())]
        if hand.secretariat
        else [],
        "year_title": year_words(page.year),
    }


def _list_row(row: DeskRow, now: datetime) -> ListRow:
    indicator = row.indicator
    goal = next((each for each in indicator.targets if each.year == row.year), None)
    period = Period(year=row.year)
    running = indicator.accumulate in ("flow", "ratio") and FiscalYear.at(now).year == row.year
    whole = running or row.closed
    name = "plan_figures_of" if whole else "plan_figures_enter"
    arguments = [indicator.public_id] if whole else [indicator.public_id, period.year]
    return ListRow(
        quoted=row.measure.quoted,
        measure=row.measure.name,
        name=indicator.name,
        divisions=division_words(row.measure),
        how=str(HOW[indicator.how]),
        figure=amount(row.result.value, indicator.digits, indicator.unit) if row.result else "",
        goal=amount(goal.value, indicator.digits, indicator.unit) if goal else "",
        state=str(STATE_WORDS[row.state]),
        look=STATE_LOOKS[row.state],
        source=row.result.source if row.result else "",
        address=reverse(name, args=arguments),
        empty=row.result is None,
        closed=row.closed,
    )


@tells_needs
def needs_of_results(request: HttpRequest) -> Iterator[Need]:
    """Results of the last fiscal year that the acting division has not entered: one thing to do."""
    division = hand_of(request).division if actor_of(request) else ""
    if not division:
        return
    now = system_clock()
    missing = missing_of(division, now=now, language=language())
    if not missing:
        return
    year = last_whole_year(japan_day(now))
    title = ngettext(
        "%(year)sの実績が%(n)d件、まだ入力されていません",
        "%(year)sの実績が%(n)d件、まだ入力されていません",
        len(missing),
    )
    query = urlencode({"year": str(year), "mine": "1", "only": "missing"})
    yield Need(
        title=title % {"year": year_words(year), "n": len(missing)},
        detail=gettext("課の取組：%(measures)s")
        % {"measures": "、".join(dict.fromkeys(row.measure.quoted for row in missing))},
        address=f"{reverse('plan_figures')}?{query}",
        action=gettext("実績を入力する"),
    )


MENU = (_("実績の入力"), "plan_figures")
"""The menu's entry: its words and the name of its address."""

URLS: list[URLPattern] = [path("plan-figures/", index, name="plan_figures")]
