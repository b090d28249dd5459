"""One year on one screen: its phase, who is late with what, the sheets, and where to go from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tsunagari.engines.cycle.actions.ask_reminder import ask_reminder
from tsunagari.engines.cycle.actions.move_year import move_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.actions.set_year import set_year
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.opinions import opinion_rows, take_opinion
from tsunagari.engines.cycle.console.refusals import refusal, refuse
from tsunagari.engines.cycle.console.ways import ways_of
from tsunagari.engines.cycle.console.year_words import (
    CELL_LOOKS,
    CELL_WORDS,
    PHASE_HELP,
    STATE_LOOKS,
    STATE_WORDS,
)
from tsunagari.engines.cycle.declare import PHASES, STEPS
from tsunagari.engines.cycle.forms.year_settings import YearSettingsForm
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.receivers import receivers_of
from tsunagari.engines.cycle.queries.waiting import Cell, Matrix, Row, is_out, matrix
from tsunagari.engines.cycle.queries.year_sheets import YearSheets, year_sheets
from tsunagari.engines.cycle.queries.years import ListedSheet, listed_sheets, year_opinions
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS, PHASES_OF
from tsunagari.engines.cycle.rules.steps import ORDER, next_phase, phase_before
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.badges import status_badge
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only

STATES = {
    "out": _("課が書くところ"),
    "late": _("期限を過ぎた"),
    "review": _("事務局の確認待ち"),
    "returned": _("差し戻し"),
    "accepted": _("計画・点検とも受理済み"),
}


MOVES = 20
"""Moves of the year that the screen lists."""


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A sheet of the list in words; `plan` and `check` are the badges of its two parts."""

    listed: ListedSheet
    division: str
    plan: SafeString
    check: SafeString
    out: str


@dataclass(frozen=True, kw_only=True)
class CellView:
    """A cell of the matrix in words. `title` is its step, `count` how many sheets are done of how many."""

    cell: Cell
    title: str
    count: str
    badge: SafeString


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A division of the matrix. `ask` is the step of which it can be reminded: the latest of those whose day
    is over, else the first that can be done now; None for nothing."""

    code: str
    name: str
    cells: list[CellView]
    ask: tuple[str, str] | None


@never_cache
@staff_only
@require_safe
def year(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """The year for whoever looks: all divisions for the secretariat, her own sheets for a clerk."""
    cycle, hand, now = asked_cycle(plan, year), hand_of(request), system_clock()
    sheets = year_sheets(cycle, now=now)
    head, heads = _plan(plan)
    listed = listed_sheets(sheets, hand, heads)
    names = sheets.divisions.names((each.division for each in listed), language())
    asked = {
        "q": request.GET.get("q", "").strip()[:200],
        "state": request.GET.get("state", ""),
        "division": request.GET.get("division", ""),
    }
    shown = [each for each in listed if _fits(each, asked, names)]
    context = {
        "cycle": cycle,
        "hand": hand,
        "title": year_words(year),
        "plan": head,
        "phases": _phases(cycle),
        "help": PHASE_HELP[cycle.phase],
        "steps": _steps(sheets),
        "matrix": _matrix(matrix(sheets, language=language()), cycle) if hand.reads_all else [],
        "rows": _rows(shown, names, cycle),
        "total": len(listed),
        "asked": asked,
        "states": STATES.items(),
        "divisions": sorted(names.items(), key=lambda pair: pair[1]) if len(names) > 1 else [],
        "moves": _moves(cycle),
        "ways": ways_of(cycle, hand),
        "opinion_address": reverse("cycle_year_opinion", args=[plan, year]),
        "refused": refusal(request),
        "opinions": opinion_rows(year_opinions(cycle), hand),
        "may_give": cycle.phase in ("committee", "acting") and (hand.committee or hand.secretariat),
        "may_answer": cycle.phase in ("committee", "acting") and hand.secretariat,
        "may_move": hand.secretariat and cycle.phase != "frozen",
        "next": _next(cycle),
        "back": said(PHASES[before]) if (before := phase_before(cycle.phase)) else "",
    }
    return render(request, "cycle/console/year.html", context)


def _plan(code: str) -> tuple[plan_api.PlanHead, Mapping[str, plan_api.MeasureHead]]:
    found = plan_api.plan_and_measures(code, language(), now=system_clock())
    if found is None:
        raise Http404
    return found


def _fits(listed: ListedSheet, asked: dict[str, str], names: dict[str, str]) -> bool:
    told = f"{listed.measure.quoted} {listed.measure.name} {names[listed.division]}".casefold()
    states = {
        "": True,
        "out": bool(listed.out),
        "late": bool(listed.late),
        "review": listed.waits_for_review,
        "returned": listed.returned,
        "accepted": {listed.sheet.plan_state, listed.sheet.check_state} == {"accepted"},
    }
    return (
        all(word in told for word in asked["q"].casefold().split())
        and states.get(asked["state"], True)
        and asked["division"] in ("", listed.division)
    )


def _rows(shown: Sequence[ListedSheet], names: Mapping[str, str], cycle: Cycle) -> list[SheetRow]:
    states, beside = _badges(STATE_LOOKS, STATE_WORDS), gettext("、")
    checks = dict(states)
    if cycle.phase in ("planning", "running"):
        checks["draft"] = _badges(CELL_LOOKS, CELL_WORDS)["later"]
    return [
        SheetRow(
            listed=each,
            division=names[each.division],
            plan=states[each.sheet.plan_state],
            check=checks[each.sheet.check_state],
            out=beside.join(said(STEPS[step]) for step in each.out),
        )
        for each in shown
    ]


def _badges(looks: Mapping[str, str], words: Mapping[str, Promise]) -> dict[str, SafeString]:
    """By state, its badge: made once for a table with hundreds of them."""
    return {state: status_badge(looks[state], str(words[state])) for state in words}


def _phases(cycle: Cycle) -> list[tuple[str, str]]:
    """Each phase with where it stands: done, now, or to come."""
    here = ORDER.index(cycle.phase)
    states = ["done"] * here + ["now"] + ["later"] * (len(ORDER) - here - 1)
    return [(said(PHASES[phase]), state) for phase, state in zip(ORDER, states, strict=True)]


def _steps(sheets: YearSheets) -> list[dict[str, object]]:
    today = japan_day(sheets.now)
    return [
        {
            "title": said(STEPS[each.step]),
            "day": each.day,
            "due": each.due,
            "moved": each.due != each.day,
            "over": bool(each.due and today > each.due)
            and sheets.cycle.phase in PHASES_OF[each.step]
            and _is_open(sheets, each.step),
        }
        for each in sheets.steps
    ]


def _is_open(sheets: YearSheets, step: str) -> bool:
    """Whether somebody still has something of a step to do."""
    return step not in OF_DIVISIONS or any(is_out(each, step) for each in sheets.sheets)


def _matrix(found: Matrix, cycle: Cycle) -> list[RowView]:
    titles = {each.step: said(STEPS[each.step]) for each in found.steps}
    badges = _badges(CELL_LOOKS, CELL_WORDS)
    count, returned = gettext("%(done)s／%(total)s件"), gettext("差し戻し%(n)s")
    return [
        RowView(
            code=row.code,
            name=row.name,
            cells=[
                CellView(
                    cell=cell,
                    title=titles[cell.step],
                    count=(count if not cell.returned else f"{count} {returned}")
                    % {"done": cell.done, "total": cell.total, "n": cell.returned},
                    badge=badges[cell.state],
                )
                for cell in row.cells
            ],
            ask=_ask(row, cycle),
        )
        for row in found.rows
    ]


def _ask(row: Row, cycle: Cycle) -> tuple[str, str] | None:
    """Which step a division is reminded of by hand."""
    asked = [each for each in row.cells if cycle.phase in PHASES_OF[each.step]]
    late = [each for each in asked if each.state == "late"]
    due = [each for each in asked if each.state == "due"]
    chosen = late[-1:] or due[:1]
    return (chosen[0].step, said(STEPS[chosen[0].step])) if chosen else None


def _moves(cycle: Cycle) -> list[dict[str, object]]:
    rows = list(cycle.moves.filter(sheet=None)[:MOVES])
    names = identity.people_names({each.actor for each in rows})
    return [
        {
            "row": each,
            "who": names.get(each.actor, ""),
            "before": said(PHASES[each.before]),
            "after": said(PHASES[each.after]),
        }
        for each in rows
    ]


def _next(cycle: Cycle) -> str:
    after = next_phase(cycle.phase)
    return said(PHASES[after]) if after else ""


@require_POST
@staff_only
def move(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Move the year on or back."""
    cycle, back = asked_cycle(plan, year), reverse("cycle_year", args=[plan, year])
    comment = request.POST.get("comment", "")[:1000]
    try:
        after = move_year(
            cycle=cycle.public_id,
            seen=request.POST.get("seen", ""),
            back="back" in request.POST,
            comment=comment,
            hand=hand_of(request),
            clock=system_clock,
        )
    except NotSecretariat:
        return only_secretariat(request)
    except YearRefused as refused:
        return refuse(request, back, field="id_comment", words=str(refused), typed=comment)
    messages.success(
        request, gettext("「%(phase)s」の段階に移しました。") % {"phase": said(PHASES[after])}
    )
    return HttpResponseRedirect(back)


@require_POST
@staff_only
def remind(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Remind a division of a step, by mail."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    step, division = request.POST.get("step", ""), request.POST.get("division", "")
    if not _may_be_asked(cycle, step, division):
        raise Http404
    now = system_clock()
    if not receivers_of(step, division, now):
        messages.error(request, _nobody(division))
        return HttpResponseRedirect(reverse("cycle_year", args=[plan, year]))
    asked = ask_reminder(cycle=cycle, step=step, division=division, asked_by=hand.actor, now=now)
    if asked is None:
        messages.info(request, gettext("この課には、今日もうお知らせしています。"))
    else:
        messages.success(request, gettext("お知らせのメールを送ります。"))
    return HttpResponseRedirect(reverse("cycle_year", args=[plan, year]))


def _nobody(division: str) -> str:
    name = identity.division_names([division], FiscalYear.at(system_clock()), language())[division]
    return gettext(
        "「%(division)s」には、お知らせを受け取る職員が登録されていません。メールは送っていません。職員の登録を確かめてください。"
    ) % {"division": name}


def _may_be_asked(cycle: Cycle, step: str, division: str) -> bool:
    found = matrix(year_sheets(cycle, now=system_clock()), language="ja")
    row = next((each for each in found.rows if each.code == division), None)
    cells = row.cells if row and cycle.phase in PHASES_OF.get(step, ()) else ()
    return any(each.step == step and each.state in ("due", "late") for each in cells)


@require_POST
@staff_only
def opinion(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Give an opinion on the whole year, or answer one."""
    cycle = asked_cycle(plan, year)
    back = reverse("cycle_year", args=[plan, year])
    return take_opinion(request, cycle.public_id, "", back=back)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """The year's days and assumptions."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    form = YearSettingsForm(cycle, request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = _save(request, cycle, form, hand)
        if saved:
            return HttpResponseRedirect(reverse("cycle_year", args=[plan, year]))
    context = {
        "form": form,
        "cycle": cycle,
        "title": year_words(year),
        "days": [form[step] for step in STEPS],
        "assumed": [form["minutes_an_item"], form["staff_cost"]],
        "first": FiscalYear(year).first_day,
    }
    return render(request, "cycle/console/settings.html", context)


def _save(request: HttpRequest, cycle: Cycle, form: YearSettingsForm, hand: Hand) -> bool:
    try:
        changed = set_year(cycle=cycle.public_id, wanted=form.wanted(), hand=hand)
    except YearRefused as refused:
        form.add_error(None, str(refused))
        return False
    if changed:
        messages.success(request, gettext("設定を保存しました。"))
    else:
        messages.info(request, gettext("変わったところはありません。"))
    return True


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/", year, name="cycle_year"),
    path("year/<slug:plan>/<int:year>/move/", move, name="cycle_move"),
    path("year/<slug:plan>/<int:year>/remind/", remind, name="cycle_remind"),
    path("year/<slug:plan>/<int:year>/opinion/", opinion, name="cycle_year_opinion"),
    path("year/<slug:plan>/<int:year>/settings/", settings, name="cycle_settings"),
]
