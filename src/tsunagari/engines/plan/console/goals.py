"""Targets by hand, and earlier versions of figures and targets put back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.engines.plan.actions.attach_evidence import NotYourFigure
from tsunagari.engines.plan.actions.enter_figure import FigureOvertaken
from tsunagari.engines.plan.actions.put_back import put_back_target, put_back_value
from tsunagari.engines.plan.actions.set_goal import set_goal
from tsunagari.engines.plan.console.asked_figure import closed_of, desk_of, refused, strays
from tsunagari.engines.plan.console.figure_words import (
    amount,
    hand_of,
    parts,
    period_words,
    plain,
    year_words,
)
from tsunagari.engines.plan.forms.figures import GoalForm, PutBackForm
from tsunagari.engines.plan.queries.figure_desk import FigureDesk, Version
from tsunagari.engines.plan.rules.typed_figure import FigureRefused, Period
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """Set, change or withdraw the target of one year; the secretariat's."""
    desk, hand = desk_of(public_id), hand_of(request)
    if not hand.secretariat:
        return refused(request)
    if not desk.plan.first_year <= year <= desk.plan.last_year:
        raise Http404
    standing = desk.target(year)
    form = _form(desk, year, standing, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = set_goal(indicator=public_id, goal=form.goal(), hand=hand, clock=system_clock)
        except FigureRefused as fault:
            form.refuse(fault)
        except FigureOvertaken as overtaken:
            return _overtaken(request, public_id, year, overtaken)
        else:
            _say(request, year, changed=changed)
            return HttpResponseRedirect(reverse("plan_figures_of", args=[public_id]))
    return render(request, "plan/console/figure_goal.html", _context(desk, year, form))


def _overtaken(
    request: HttpRequest, public_id: str, year: int, overtaken: FigureOvertaken
) -> HttpResponse:
    desk = desk_of(public_id)
    standing = desk.target(year)
    data = request.POST.copy()
    data["seen"] = standing.public_id if standing else ""
    context = _context(desk, year, _form(desk, year, standing, data))
    context["overtaken"] = str(overtaken)
    return render(request, "plan/console/figure_goal.html", context, status=409)


def _say(request: HttpRequest, year: int, *, changed: bool) -> None:
    if changed:
        text = gettext("%(year)sの目標を改めました。公開ページに出ています。")
        messages.success(request, text % {"year": year_words(year)})
    else:
        messages.info(request, gettext("同じ目標がもうあります。何も変わりません。"))


def _form(desk: FigureDesk, year: int, standing: Version | None, data: Any) -> GoalForm:
    initial: dict[str, Any] = {"basis": "absolute"}
    if standing:
        given = standing.value if standing.basis == "absolute" else standing.change
        initial = {
            "basis": standing.basis,
            "value": plain(given),
            "numerator": plain(standing.numerator),
            "denominator": plain(standing.denominator),
            "seen": standing.public_id,
        }
    return GoalForm(
        data, shape=desk.shape, year=year, standing=standing is not None, initial=initial
    )


def _context(desk: FigureDesk, year: int, form: GoalForm) -> dict[str, Any]:
    state, standing = desk.indicator, desk.target(year)
    names = ("basis", "value", "numerator", "denominator", "reason", "withdrawn")
    base = state.aim.baseline
    return {
        "desk": desk,
        "form": form,
        "closed": closed_of(desk).get(year),
        "target": True,
        "title": year_words(year),
        "standing": parts(standing, desk),
        "baseline": amount(base, state.digits, state.unit) if base is not None else "",
        "fields": [form[name] for name in names if name in form.fields],
    }


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def put_back(request: HttpRequest, public_id: str, version: str) -> HttpResponse:
    """Make an earlier version of a value or target stand again, as a new one."""
    desk, hand = desk_of(public_id), hand_of(request)
    old = next((each for each in desk.versions if each.public_id == version), None)
    if old is None or old.until is None:
        raise Http404
    if not hand.may_enter(desk.working) or (old.figure == "target" and not hand.secretariat):
        return refused(request)
    period = Period(year=old.year, month=old.month)
    now = desk.target(old.year) if old.figure == "target" else desk.standing(old.year, old.month)
    form = PutBackForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": now.public_id if now else ""},
    )
    if request.method == "POST" and form.is_valid():
        put = put_back_target if old.figure == "target" else put_back_value
        told = form.cleaned_data
        try:
            put(
                version=version,
                reason=told["reason"],
                seen=told["seen"],
                hand=hand,
                clock=system_clock,
            )
        except NotYourFigure:
            return refused(request)
        except (FigureRefused, FigureOvertaken) as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, gettext("前の数値に戻しました。公開ページに出ています。"))
        return HttpResponseRedirect(reverse("plan_figures_of", args=[public_id]))
    context = {
        "desk": desk,
        "form": form,
        "title": period_words(period),
        "closed": None if _brings_back(desk, old) else closed_of(desk).get(old.year),
        "secretariat": hand.secretariat,
        "target": old.figure == "target",
        "old": parts(old, desk),
        "now": parts(now, desk),
    }
    return render(request, "plan/console/figure_put_back.html", context)


def _brings_back(desk: FigureDesk, old: Version) -> bool:
    """Whether an earlier version is what was published of its closed year, which reads otherwise now."""
    closed = closed_of(desk).get(old.year)
    if closed is None or old.figure == "target" or old.month is not None:
        return False
    published = closed.results().get(desk.indicator.public_id)
    return old.value == published and strays(desk, old.year, closed)


URLS: list[URLPattern] = [
    path("plan-figures/<str:public_id>/<int:year>/target/", goal, name="plan_figures_goal"),
    path(
        "plan-figures/<str:public_id>/versions/<str:version>/",
        put_back,
        name="plan_figures_put_back",
    ),
]
