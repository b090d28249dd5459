"""The year on one page for the head of a division: her measures, what is due, what came back, what it cost."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    year_words,
)
from tsunagari.engines.cycle.console.hints import HintView, hint_view
from tsunagari.engines.cycle.console.paper_words import MeasureView, as_of, measure_view, there_are
from tsunagari.engines.cycle.declare import PARTS, PHASES, STEPS
from tsunagari.engines.cycle.queries.deciding import ForDivision, HeadsMeasure, for_division
from tsunagari.engines.cycle.rules.report_words import yen
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only


@dataclass(frozen=True, kw_only=True)
class Due:
    """A step that is still to be done, with its day in words."""

    words: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One of her measures."""

    view: MeasureView
    due: tuple[Due, ...]
    comments: tuple[tuple[str, str], ...]
    budget: str
    settled: str
    hints: tuple[HintView, ...]


@never_cache
@staff_only
@require_safe
def division(request: HttpRequest, plan: str, year: int, code: str) -> HttpResponse:
    """The page; of her own division for a clerk, of any for the secretariat. Another's is not there."""
    cycle, hand, now = asked_cycle(plan, year), hand_of(request), system_clock()
    if not hand.works_for([code]):
        raise Http404
    found = for_division(cycle, code, hand, now=now, language=language())
    name = identity.names_of([code]).get(code, "")
    if found is None:
        if not name or code != hand.division:
            raise Http404
        context = {"cycle": cycle, "name": name, "title": year_words(year)}
        return render(request, "cycle/console/for_division_empty.html", context)
    days = _days(found)
    rows = [_row(each, found, days) for each in found.measures]
    context = {
        "cycle": cycle,
        "name": name,
        "found": found,
        "head": found.read.head,
        "title": year_words(year),
        "phase": said(PHASES[cycle.phase]),
        "sentence": plan_api.sentence(name, found.counts),
        "as_of": as_of(now),
        "rows": rows,
        "waiting": _waiting(rows),
        "budget": yen(found.budget),
        "settled": yen(found.settled),
    }
    return render(request, "cycle/console/for_division.html", context)


def _waiting(rows: list[Row]) -> str:
    late = sum(any(each.late for each in row.due) for row in rows)
    returned = sum(bool(row.comments) for row in rows)
    hints = sum(len(row.hints) for row in rows)
    return there_are(
        (
            (late, ngettext("期限を過ぎた取組が%(n)d件", "期限を過ぎた取組が%(n)d件", late)),
            (
                returned,
                ngettext("差し戻された取組が%(n)d件", "差し戻された取組が%(n)d件", returned),
            ),
            (hints, ngettext("気になるところが%(n)d件", "気になるところが%(n)d件", hints)),
        ),
        nothing=gettext("期限を過ぎた取組も、差し戻された取組も、気になるところもありません。"),
    )


def _days(found: ForDivision) -> dict[str, str]:
    return {
        each.step: format_day(each.due, language=language())
        for each in found.read.held.steps
        if each.due
    }


def _row(each: HeadsMeasure, found: ForDivision, days: dict[str, str]) -> Row:
    return Row(
        view=measure_view(each.measure, found.read.head, found.read.cycle),
        due=tuple(
            Due(words=_due_words(step, days), late=step in each.listed.late)
            for step in each.listed.out
        ),
        comments=tuple((said(PARTS[move.part]), move.comment) for move in each.comments),
        budget=yen(each.sheet.budget),
        settled=yen(each.sheet.settled),
        hints=tuple(hint_view(hint, found.read.cycle) for hint in each.hints),
    )


def _due_words(step: str, days: dict[str, str]) -> str:
    if step not in days:
        return said(STEPS[step])
    return gettext("%(step)s：%(day)sまで") % {"step": said(STEPS[step]), "day": days[step]}


URLS: list[URLPattern] = [
    path(
        "year/<slug:plan>/<int:year>/for/division/<slug:code>/",
        division,
        name="cycle_for_division",
    ),
]
"""Addresses below /console/."""
