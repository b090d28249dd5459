"""The forms of decisions: on one measure, a merger of several, a split, something new; and taking one back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.engines.cycle.actions.decide import (
    DecisionOvertaken,
    DecisionRefused,
    decide,
    withdraw_decision,
)
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.decision_words import decision_lines, figure_lines
from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.forms.decision_form import OF_ONE, DecisionForm
from tsunagari.engines.cycle.models import Candidate, Cycle, Decision, Sheet
from tsunagari.engines.cycle.queries.decision_desk import DecisionDesk, decision_desk
from tsunagari.engines.cycle.queries.decisions import decided_measures
from tsunagari.engines.cycle.rules.decisions import HELP, PHASES
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def of_measure(request: HttpRequest, plan: str, year: int, number: str) -> HttpResponse:
    """Decide on one measure: it goes on, or it ends."""
    return _on_one(request, asked_cycle(plan, year), number, OF_ONE)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, plan: str, year: int, number: str) -> HttpResponse:
    """Decide to make several measures of one."""
    return _on_one(request, asked_cycle(plan, year), number, ("split",))


def _on_one(request: HttpRequest, cycle: Cycle, number: str, kinds: Sequence[str]) -> HttpResponse:
    sheets = _sheets(cycle, [number])
    if not sheets:
        raise Http404
    standing = cycle.decisions.filter(sheets=sheets[0]).first()
    if standing is not None and request.method != "POST":
        return HttpResponseRedirect(_address(cycle, standing.public_id))
    return _decide(request, cycle, sheets, kinds)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Choose the measures that become one, then say which."""
    cycle = asked_cycle(plan, year)
    chosen = _sheets(cycle, request.GET.getlist("measure")[:30])
    if len(chosen) < 2 and hand_of(request).secretariat:
        return _choose(request, cycle, chosen)
    return _decide(request, cycle, chosen, ("merge",))


def _choose(request: HttpRequest, cycle: Cycle, chosen: Sequence[Sheet]) -> HttpResponse:
    listed = decided_measures(cycle, now=system_clock(), language=language())
    context = {
        "cycle": cycle,
        "title": year_words(cycle.fiscal_year),
        "may_write": cycle.phase in PHASES,
        "measures": [each.read.measure for each in listed if each.decision is None],
        "chosen": {each.measure for each in chosen},
        "errors": [("#measures", gettext("統合する取組を2つ以上選んでください。"))]
        if request.GET.get("choose")
        else [],
    }
    return render(request, "cycle/console/decisions_merge.html", context)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Decide to make something new; a candidate that is taken up can stand behind it."""
    cycle = asked_cycle(plan, year)
    candidate = _taken(cycle, request.GET.get("candidate", ""))
    return _decide(request, cycle, (), ("new",), candidate=candidate)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, plan: str, year: int, public_id: str) -> HttpResponse:
    """Read a decision, or change it while it is not carried out."""
    cycle = asked_cycle(plan, year)
    found = _found(cycle, public_id)
    if found is None:
        return _withdrawn_meanwhile(request, cycle)
    sheets = list(found.sheets.all())
    if found.carried_at is not None:
        return _read(request, cycle, found, sheets)
    kinds = OF_ONE if found.kind in OF_ONE else (found.kind,)
    return _decide(request, cycle, sheets, kinds, standing=found, candidate=found.candidate)


def _found(cycle: Cycle, public_id: str) -> Decision | None:
    if not public_id.isprintable():
        return None
    return cycle.decisions.filter(public_id=public_id[:22]).first()


def _withdrawn_meanwhile(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Somebody took the decision back while it was being changed: the form that comes says of what it was."""
    only = request.POST.get("only", "")
    kinds = OF_ONE if not only else (only,)
    named = set(request.POST.getlist("of"))
    sheets = [each for each in cycle.sheets.all() if each.public_id in named][:30]
    several = {"new": not sheets, "merge": len(sheets) > 1}
    if only not in ("", "new", "merge", "split") or not several.get(only, len(sheets) == 1):
        raise Http404
    candidate = _taken(cycle, request.POST.get("candidate", ""))
    return _decide(request, cycle, sheets, kinds, candidate=candidate)


def _taken(cycle: Cycle, public_id: str) -> Candidate | None:
    taken = cycle.candidates.filter(state="taken", measure="")
    return next((each for each in taken if each.public_id == public_id), None)


def _sheets(cycle: Cycle, numbers: Sequence[str]) -> list[Sheet]:
    heads = plan_api.measure_heads(cycle.plan, "ja")
    ids = [each.public_id for each in heads if each.number in numbers]
    return list(cycle.sheets.filter(measure__in=ids))


def _address(cycle: Cycle, public_id: str) -> str:
    return reverse("cycle_decision", args=[cycle.plan, cycle.fiscal_year, public_id])


def _decide(
    request: HttpRequest,
    cycle: Cycle,
    sheets: Sequence[Sheet],
    kinds: Sequence[str],
    *,
    standing: Decision | None = None,
    candidate: Candidate | None = None,
) -> HttpResponse:
    hand = hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    given = {"now": system_clock(), "language": language()}
    desk = decision_desk(cycle, sheets, decision=standing, candidate=candidate, **given)  # type: ignore[arg-type]  # as it takes them
    if request.method != "POST":
        return _show(request, desk, DecisionForm(desk, kinds=kinds))
    form = DecisionForm(desk, kinds=kinds, data=request.POST)
    if "more" in request.POST:
        return _show(request, desk, form)
    return _save(request, desk, form)


def _save(request: HttpRequest, desk: DecisionDesk, form: DecisionForm) -> HttpResponse:
    cycle, seen = desk.cycle, request.POST.get("seen", "")
    unreadable = form.unreadable()
    if unreadable:
        form.refuse(unreadable)
        return _show(request, desk, form)
    try:
        decide(
            cycle=cycle.public_id,
            wanted=form.wanted(),
            decision=request.POST.get("decision", "")[:22],
            seen=int(seen) if seen.isdecimal() and len(seen) < 6 else 0,
            hand=hand_of(request),
            clock=system_clock,
        )
    except DecisionRefused as refused:
        form.refuse(refused.faults)
        return _show(request, desk, form)
    except DecisionOvertaken as overtaken:
        return _overtaken(request, desk, form, overtaken.standing)
    messages.success(request, gettext("決定を保存しました。計画には、まだ反映していません。"))
    return HttpResponseRedirect(reverse("cycle_decisions", args=[cycle.plan, cycle.fiscal_year]))


def _overtaken(
    request: HttpRequest, desk: DecisionDesk, form: DecisionForm, standing: str
) -> HttpResponse:
    """What was typed stays; whoever saves again has seen what the other wrote."""
    theirs = desk.cycle.decisions.filter(public_id=standing).first() if standing else None
    data = request.POST.copy()
    own = theirs is not None and {s.pk for s in theirs.sheets.all()} == {
        s.sheet.pk for s in desk.sheets
    }
    data["decision"] = theirs.public_id if theirs and own else ""
    data["seen"] = str(theirs.version) if theirs and own else "0"
    again = DecisionForm(desk, kinds=form.kinds, data=data)
    return _show(request, desk, again, theirs=theirs, status=409)


def _show(
    request: HttpRequest,
    desk: DecisionDesk,
    form: DecisionForm,
    *,
    theirs: Decision | None = None,
    status: int = 200,
) -> HttpResponse:
    cycle, only = desk.cycle, form.kinds[0] if len(form.kinds) == 1 else ""
    context = {
        "cycle": cycle,
        "desk": desk,
        "form": form,
        "title": _title(desk, only),
        "year": year_words(cycle.fiscal_year),
        "help": said(HELP[only]) if only else "",
        "measures": [(each, figure_lines(each.actuals)) for each in desk.sheets],
        "overtaken": status == 409,
        "theirs": decision_lines(theirs) if theirs else [],
        "may_split": not only and desk.decision is None,
        "only": only,
        "several": only == "split",
        "may_write": cycle.phase in PHASES,
    }
    return render(request, "cycle/console/decision.html", context, status=status)


def _title(desk: DecisionDesk, only: str) -> str:
    names = gettext("、").join(f"{each.measure.quoted} {each.measure.name}" for each in desk.sheets)
    if not only:
        return gettext("見直し：%(measure)s") % {"measure": names}
    kind = said(DECISIONS[only])
    return gettext("%(kind)s：%(measures)s") % {"kind": kind, "measures": names} if names else kind


def _read(
    request: HttpRequest, cycle: Cycle, found: Decision, sheets: Sequence[Sheet]
) -> HttpResponse:
    if not hand_of(request).secretariat:
        return only_secretariat(request)
    heads = plan_api.measures_by_id([each.measure for each in sheets], language())
    context = {
        "cycle": cycle,
        "decision": found,
        "year": year_words(cycle.fiscal_year),
        "from_year": year_words(found.from_year) if found.from_year else "",
        "lines": decision_lines(found),
        "measures": [heads[each.measure] for each in sheets if each.measure in heads],
    }
    return render(request, "cycle/console/decision_carried.html", context)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, plan: str, year: int, public_id: str) -> HttpResponse:
    """Take a decision back after asking once more."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    found = _found(cycle, public_id)
    if found is None and request.method == "POST":
        messages.info(request, gettext("この決定は、ほかの人が先に取り下げました。"))
        return HttpResponseRedirect(reverse("cycle_decisions", args=[plan, year]))
    if found is None:
        raise Http404
    status = 200
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            version = int(seen) if seen.isdecimal() and len(seen) < 6 else 0
            withdraw_decision(decision=public_id, seen=version, hand=hand)
        except DecisionRefused as refused:
            messages.error(request, str(refused))
        except DecisionOvertaken:
            status = 409
        else:
            messages.success(request, gettext("決定を取り下げました。"))
            return HttpResponseRedirect(reverse("cycle_decisions", args=[plan, year]))
    context = {
        "cycle": cycle,
        "decision": found,
        "lines": decision_lines(found),
        "back": _address(cycle, public_id),
        "overtaken": status == 409,
    }
    return render(request, "cycle/console/decision_withdraw.html", context, status=status)


_HERE = "year/<slug:plan>/<int:year>/decisions/"
URLS: list[URLPattern] = [
    path(f"{_HERE}merge/", merge, name="cycle_merge"),
    path(f"{_HERE}new/", new, name="cycle_new"),
    path(f"{_HERE}measures/<slug:number>/", of_measure, name="cycle_decision_of"),
    path(f"{_HERE}measures/<slug:number>/split/", split, name="cycle_split"),
    path(f"{_HERE}kept/<str:public_id>/", decision, name="cycle_decision"),
    path(f"{_HERE}kept/<str:public_id>/withdraw/", withdraw, name="cycle_withdraw"),
]
