"""Entering one period's figure: typed, asked about where it looks strange, and told where somebody was first."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.engines.plan.actions.attach_evidence import NotYourFigure
from tsunagari.engines.plan.actions.enter_figure import (
    Entered,
    FigureOvertaken,
    Typed,
    enter_figure,
)
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
    period_words,
    plain,
    year_words,
)
from tsunagari.engines.plan.forms.figures import FigureForm
from tsunagari.engines.plan.queries.figure_desk import FigureDesk, Version, near, near_months
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import FigureRefused, Period, unusual
from tsunagari.kernel.files.api import FileRefused
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(
    request: HttpRequest, public_id: str, year: int, month: int | None = None
) -> HttpResponse:
    """The figure of one year or month: typed, asked about once where it looks strange, and entered."""
    desk, hand = desk_of(public_id), hand_of(request)
    if not hand.may_enter(desk.working):
        return refused(request)
    period = Period(year=year, month=month)
    if year not in years_of(desk, hand) or (month is not None and not 1 <= month <= 12):
        raise Http404
    standing = desk.standing(year, month)
    if request.method != "POST":
        return _show(request, desk, period, _form(desk, period, standing))
    # As it was shown to her: what stands by now is the action's to compare.
    seen = next(
        (each for each in desk.versions if each.public_id == request.POST.get("seen")), None
    )
    form = _form(desk, period, seen, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return _show(request, desk, period, form)
    assert form.figure is not None  # noqa: S101 - a valid form has read one
    strange = None if form.is_confirmed() else unusual(form.figure.value, _near(desk, period))
    if strange is not None:
        return _show(request, desk, period, _again(form, confirmed=str(form.figure.value)), strange)
    return _take(request, desk, period, form, hand)


def _take(
    request: HttpRequest, desk: FigureDesk, period: Period, form: FigureForm, hand: Hand
) -> HttpResponse:
    try:
        entered = enter_figure(
            indicator=desk.indicator.public_id,
            typed=_typed(form, period),
            hand=hand,
            clock=system_clock,
            evidence=form.evidence(),
        )
    except NotYourFigure:
        return refused(request)
    except FigureOvertaken as overtaken:
        return _overtaken(request, desk.indicator.public_id, period, overtaken)
    except FigureRefused as fault:
        form.refuse(fault)
        return _show(request, desk, period, form)
    except FileRefused as fault:
        form.add_error("evidence_file", str(fault))
        return _show(request, desk, period, form)
    _say(request, desk, period, form, entered)
    return HttpResponseRedirect(reverse("plan_figures_of", args=[desk.indicator.public_id]))


def _typed(form: FigureForm, period: Period) -> Typed:
    cleaned = form.cleaned_data
    assert form.figure is not None  # noqa: S101 - a valid form has read one
    return Typed(
        period=period,
        figure=form.figure,
        status=cleaned["status"],
        source=cleaned["source"],
        reason=cleaned.get("reason", ""),
        seen=cleaned["seen"],
        carried=cleaned.get("carried", ()),
    )


def _say(
    request: HttpRequest, desk: FigureDesk, period: Period, form: FigureForm, entered: Entered
) -> None:
    if not entered.changed:
        messages.info(request, gettext("同じ数値がもう登録されています。何も変わりません。"))
        return
    assert form.figure is not None  # noqa: S101 - a valid form has read one
    shown = amount(form.figure.value, desk.indicator.digits, desk.indicator.unit)
    messages.success(
        request,
        gettext("%(period)sの実績を登録しました（%(figure)s）。公開ページに出ています。")
        % {"period": period_words(period), "figure": shown},
    )


def _overtaken(
    request: HttpRequest, public_id: str, period: Period, overtaken: FigureOvertaken
) -> HttpResponse:
    """The form once more with everything that was typed, beside what stands now."""
    desk = desk_of(public_id)
    standing = desk.standing(period.year, period.month)
    data = request.POST.copy()
    data["seen"] = standing.public_id if standing else ""
    form = _form(desk, period, standing, data=data)
    context = _context(desk, period, form, None, hand_of(request))
    context["other"] = standing
    context["other_figure"] = parts(standing, desk)
    context["overtaken"] = str(overtaken)
    return render(request, "plan/console/figure_enter.html", context, status=409)


def _form(
    desk: FigureDesk,
    period: Period,
    standing: Version | None,
    *,
    data: QueryDict | None = None,
    files: Any = None,
) -> FigureForm:
    metered = period.month is None and period.year in desk.metered
    return FigureForm(
        data,
        files,
        shape=desk.shape,
        period=period,
        clock=system_clock,
        evidence=[e for e in standing.evidence if not e.withdrawn_at] if standing else (),
        replaces=standing is not None or metered,
        initial=_initial(standing),
    )


def _initial(standing: Version | None) -> dict[str, Any]:
    if standing is None:
        return {"evidence_public": ""}
    return {
        "value": plain(standing.value),
        "numerator": plain(standing.numerator),
        "denominator": plain(standing.denominator),
        "status": "provisional" if standing.status == "provisional" else "final",
        "source": "" if standing.by_pack else standing.source,
        "seen": standing.public_id,
        "evidence_public": "",
    }


def _again(form: FigureForm, **more: str) -> FigureForm:
    """The same form, unchecked, with hidden fields filled in."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data.update(more)
    form.data = data
    return form


def _near(desk: FigureDesk, period: Period) -> list[Decimal]:
    if period.month is not None:
        return near_months(desk.versions, period)
    return near(desk.indicator.results, period)


def _show(
    request: HttpRequest,
    desk: FigureDesk,
    period: Period,
    form: FigureForm,
    strange: Decimal | None = None,
) -> HttpResponse:
    context = _context(desk, period, form, strange, hand_of(request))
    return render(request, "plan/console/figure_enter.html", context)


def _context(
    desk: FigureDesk, period: Period, form: FigureForm, strange: Decimal | None, hand: Hand
) -> dict[str, Any]:
    state = desk.indicator
    standing = desk.standing(period.year, period.month)
    goal = next((each for each in state.targets if each.year == period.year), None)
    counted = desk.metered.get(period.year)
    closed = closed_of(desk).get(period.year)
    strayed = period.month is None and strays(desk, period.year, closed)
    published = closed.results().get(state.public_id) if closed and strayed else None
    fields = ["value", "numerator", "denominator", "status", "source", "reason"]
    return {
        "desk": desk,
        "form": form,
        "closed": closed,
        "strayed": strayed,
        "published": amount(published, state.digits, state.unit) if strayed else "",
        "secretariat": hand.secretariat,
        "title": period_words(period),
        "year_title": year_words(period.year),
        "period": period,
        "standing": standing,
        "standing_figure": parts(standing, desk),
        "standing_kind": f"{STATUS_WORDS[standing.status]}・{ORIGIN_WORDS[standing.origin]}"
        if standing
        else "",
        "revises": bool(standing and standing.status in ("final", "revised")),
        "goal": amount(goal.value, state.digits, state.unit) if goal else "",
        "counted": parts(counted, desk),
        "metered": counted is not None,
        "ranged": _range(desk),
        "strange": amount(strange, state.digits, state.unit) if strange is not None else "",
        "typed_figure": amount(form.figure.value, state.digits, state.unit)
        if strange is not None and form.figure
        else "",
        "fields": [form[name] for name in fields if name in form.fields],
        "months": months_of(desk, period.year),
        "earlier": [(year_words(each.year), parts(each, desk)) for each in reversed(state.results)][
            :6
        ],
    }


def _range(desk: FigureDesk) -> str:
    """The range within which the figure is to stay, "" where there is none."""
    state = desk.indicator
    if state.aim.low is None or state.aim.high is None:
        return ""
    ends = (amount(each, state.digits, state.unit) for each in (state.aim.low, state.aim.high))
    return "～".join(ends)


URLS: list[URLPattern] = [
    path("plan-figures/<str:public_id>/<int:year>/", enter, name="plan_figures_enter"),
    path(
        "plan-figures/<str:public_id>/<int:year>/<int:month>/",
        enter,
        name="plan_figures_enter_month",
    ),
]
