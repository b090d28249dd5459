"""All measures of a year with what was decided of each; the way to every form; carrying out."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.engines.cycle.actions.carry_out import CarryOvertaken, carry_out, preview
from tsunagari.engines.cycle.actions.carrying import CarryRefused
from tsunagari.engines.cycle.actions.decide import DecisionOvertaken, DecisionRefused, decide
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.decision_words import figure_lines, heir_names, outcome_words
from tsunagari.engines.cycle.console.refusals import refusal, refuse
from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.actuals import actuals_of
from tsunagari.engines.cycle.queries.candidates import candidates_for_new
from tsunagari.engines.cycle.queries.decisions import (
    DecidedMeasure,
    decided_measures,
)
from tsunagari.engines.cycle.queries.years import usual_from_year
from tsunagari.engines.cycle.rules.decisions import PHASES, WantedDecision
from tsunagari.engines.cycle.rules.fields import GRADES
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import staff_only

STATES = {
    "none": _("決めていない"),
    "open": _("決定済み・反映前"),
    "carried": _("計画に反映済み"),
    "settled": _("終わることが決まっている"),
}


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """A measure in the list, in words."""

    listed: DecidedMeasure
    mark: plan_api.Mark
    figures: list[str]
    grade: str
    criteria: int
    state: str
    words: str
    address: str
    may_tick: bool


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD"])
def decisions(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Every measure of the year, searched and filtered."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    now = system_clock()
    listed = decided_measures(cycle, now=now, language=language())
    asked = {key: request.GET.get(key, "")[:100] for key in ("q", "decision", "grade", "opinion")}
    rows = [_row(each, cycle) for each in listed]
    shown = [row for row in rows if _fits(row, asked)]
    additions = cycle.decisions.filter(kind="new").prefetch_related("heirs")
    context = {
        "cycle": cycle,
        "title": year_words(year),
        "rows": shown,
        "total": len(rows),
        "asked": asked,
        "states": [*STATES.items(), *((k, said(words)) for k, words in DECISIONS.items())],
        "grades": [(code, said(words)) for code, words in GRADES.items()],
        "undecided": sum(row.state == "none" for row in rows),
        "additions": [(each, heir_names(each)) for each in additions],
        "candidates": candidates_for_new(cycle),
        "open": cycle.decisions.filter(carried_at=None).count(),
        "may_write": cycle.phase in PHASES,
        "may_carry": cycle.phase == "acting",
        "from_year": year_words(usual_from_year(cycle)),
        "refused": refusal(request),
    }
    return render(request, "cycle/console/decisions.html", context)


def _row(listed: DecidedMeasure, cycle: Cycle) -> DecisionRow:
    sheet, measure, decision = listed.read.sheet, listed.read.measure, listed.decision
    state = _state(listed)
    place = [cycle.plan, cycle.fiscal_year]
    return DecisionRow(
        listed=listed,
        mark=plan_api.mark(measure.status or measure.kind),
        figures=figure_lines(actuals_of(measure, cycle.fiscal_year)),
        grade=sheet.grade,
        criteria=len([line for line in sheet.criteria.split("\n") if line]),
        state=state,
        words=said(DECISIONS[decision.kind]) if decision else "",
        address=reverse("cycle_decision", args=[*place, decision.public_id])
        if decision
        else reverse("cycle_decision_of", args=[*place, measure.number]),
        may_tick=listed.open and cycle.phase in PHASES,
    )


def _state(listed: DecidedMeasure) -> str:
    if listed.decision is not None:
        return "carried" if listed.decision.carried_at else "open"
    return "none" if listed.open else "settled"


def _fits(row: DecisionRow, asked: dict[str, str]) -> bool:
    measure = row.listed.read.measure
    names = " ".join(each.name for each in measure.divisions)
    told = f"{measure.quoted} {measure.name} {names}".casefold()
    kind = row.listed.decision.kind if row.listed.decision else ""
    return (
        all(word in told for word in asked["q"].casefold().split())
        and asked["decision"] in ("", row.state, kind)
        and asked["grade"] in ("", row.grade)
        and (not asked["opinion"] or row.listed.opinions > 0)
    )


@require_POST
@staff_only
def continue_all(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Decide "continue" of every measure that was ticked; those on which others were first stay."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    back = reverse("cycle_decisions", args=[plan, year])
    if not request.POST.getlist("sheet"):
        words = gettext("取組を選んでから、押してください。")
        return refuse(request, back, field="measures-title", words=words)
    done = 0
    for sheet in request.POST.getlist("sheet")[:500]:
        try:
            wanted = WantedDecision(kind="continue", sheets=(sheet[:22],))
            decide(cycle=cycle.public_id, wanted=wanted, hand=hand, clock=system_clock)
        except DecisionRefused as refused:
            messages.error(request, str(refused))
            break
        except DecisionOvertaken:
            messages.info(request, gettext("ほかの人が先に決めた取組は、そのままにしました。"))
        else:
            done += 1
    if done:
        words = ngettext(
            "%(n)d件の取組を「継続」にしました。", "%(n)d件の取組を「継続」にしました。", done
        )
        messages.success(request, words % {"n": done})
    return HttpResponseRedirect(back)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Show everything that carrying out does in the plan, and do it when that was confirmed."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    given = request.POST.get("from_year") or request.GET.get("from_year") or ""
    first = int(given) if given.isdecimal() and len(given) == 4 else usual_from_year(cycle)
    if request.method != "POST":
        return _show_carry(request, cycle, first)
    try:
        outcome = carry_out(
            cycle=cycle.public_id,
            seen=request.POST.get("seen", ""),
            from_year=first,
            hand=hand,
            clock=system_clock,
        )
    except CarryOvertaken:
        return _show_carry(request, cycle, first, status=409)
    except CarryRefused as refused:
        messages.error(request, str(refused))
        return _show_carry(request, cycle, first)
    if outcome.done:
        words = gettext("%(year)sからの計画に反映しました。公開のページにも出ています。")
        messages.success(request, words % {"year": year_words(outcome.from_year)})
    else:
        messages.info(request, gettext("反映する決定は、もうありません。"))
    return HttpResponseRedirect(reverse("cycle_decisions", args=[plan, year]))


def _show_carry(
    request: HttpRequest, cycle: Cycle, from_year: int, *, status: int = 200
) -> HttpResponse:
    outcome, refused = None, ""
    try:
        outcome = preview(
            cycle=cycle.public_id, from_year=from_year, hand=hand_of(request), clock=system_clock
        )
    except CarryRefused as fault:
        refused = str(fault)
    measures = decided_measures(cycle, now=system_clock(), language=language())
    usual = usual_from_year(cycle)
    done = outcome_words(outcome) if outcome else []
    context = {
        "cycle": cycle,
        "title": year_words(cycle.fiscal_year),
        "outcome": outcome,
        "done": done,
        "changes": [each for each in done if not each.quiet],
        "quiet": [each for each in done if each.quiet],
        "refused": refused,
        "overtaken": status == 409,
        "from_year": from_year,
        "from_words": year_words(from_year),
        "years": [(str(each), year_words(each)) for each in sorted({usual, usual + 1, from_year})],
        "undecided": sum(each.open for each in measures),
    }
    return render(request, "cycle/console/decisions_carry.html", context, status=status)


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/decisions/", decisions, name="cycle_decisions"),
    path("year/<slug:plan>/<int:year>/decisions/continue/", continue_all, name="cycle_continue"),
    path("year/<slug:plan>/<int:year>/decisions/carry-out/", carry, name="cycle_carry_out"),
]
