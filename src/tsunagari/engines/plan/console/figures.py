"""Entering results: what a division still has to enter, one indicator's figures, one period's form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.defaults import permission_denied

from tsunagari.engines.plan.actions.attach_evidence import NotYourFigure, not_yours
from tsunagari.engines.plan.actions.enter_figure import (
    Entered,
    FigureOvertaken,
    Typed,
    enter_figure,
)
from tsunagari.engines.plan.console.figure_words import (
    ORIGIN_WORDS,
    STATE_LOOKS,
    STATE_WORDS,
    STATUS_WORDS,
    amount,
    hand_of,
    language,
    parts,
    period_words,
    version_rows,
    year_words,
)
from tsunagari.engines.plan.console.words import division_words
from tsunagari.engines.plan.forms.figures import FigureForm
from tsunagari.engines.plan.queries.board import Result
from tsunagari.engines.plan.queries.figure_desk import (
    Asked,
    DeskPage,
    DeskRow,
    FigureDesk,
    Version,
    desk_page,
    figure_desk,
    missing_of,
    near,
    near_months,
    years_open,
)
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.how import HOW
from tsunagari.engines.plan.rules.typed_figure import (
    FigureRefused,
    Period,
    last_whole_year,
    unusual,
)
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.files.api import FileRefused
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


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """One fiscal year of an indicator: what the plan shows, the target, and where each is entered."""

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
        "states": [(code, words) for code, words in STATE_WORDS.items() if code != "before"],
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
    name = "plan_figures_of" if running else "plan_figures_enter"
    arguments = [indicator.public_id] if running else [indicator.public_id, period.year]
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
    )


@never_cache
@staff_only
@require_safe
def indicator(request: HttpRequest, public_id: str) -> HttpResponse:
    """One indicator: its years, its targets, and how every figure came to be."""
    desk, hand = _desk(public_id), hand_of(request)
    if not hand.may_enter(desk.working):
        return refused(request)
    context = {
        "desk": desk,
        "years": [_year_row(desk, year, hand) for year in _years(desk, hand)],
        "history": version_rows(desk),
        "secretariat": hand.secretariat,
        "divisions": division_words(desk.measure),
        "public": reverse("plan:measure", args=[desk.plan.code, desk.measure.number]),
    }
    return render(request, "plan/console/figure_indicator.html", context)


def _desk(public_id: str) -> FigureDesk:
    desk = figure_desk(public_id, now=system_clock(), language=language())
    if desk is None:
        raise Http404
    return desk


def refused(request: HttpRequest) -> HttpResponse:
    """What somebody of another division is told."""
    # Answered here: Wagtail turns a PermissionDenied that is raised into a way back to its start.
    return permission_denied(request, PermissionDenied(not_yours()))


def _years(desk: FigureDesk, hand: Hand) -> list[int]:
    """The plan's years, coming ones too where targets may be set; the baseline's for the secretariat."""
    plan = desk.plan
    years = set(years_open(plan.first_year, plan.last_year, system_clock()))
    base = desk.indicator.aim.baseline_year
    if hand.secretariat:
        years |= set(range(plan.first_year, plan.last_year + 1)) | ({base} if base else set())
    return sorted(years, reverse=True)


def _year_row(desk: FigureDesk, year: int, hand: Hand) -> YearRow:
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
    enters = year <= running and not whole_now
    inside = desk.plan.first_year <= year <= desk.plan.last_year
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
@require_http_methods(["GET", "HEAD", "POST"])
def enter(
    request: HttpRequest, public_id: str, year: int, month: int | None = None
) -> HttpResponse:
    """The figure of one year or month: typed, asked about once where it looks strange, and entered."""
    desk, hand = _desk(public_id), hand_of(request)
    if not hand.may_enter(desk.working):
        return refused(request)
    period = Period(year=year, month=month)
    if year not in _years(desk, hand) or (month is not None and not 1 <= month <= 12):
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
    desk = _desk(public_id)
    standing = desk.standing(period.year, period.month)
    data = request.POST.copy()
    data["seen"] = standing.public_id if standing else ""
    form = _form(desk, period, standing, data=data)
    context = _context(desk, period, form, None)
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
        "value": _plain(standing.value),
        "numerator": _plain(standing.numerator),
        "denominator": _plain(standing.denominator),
        "status": "provisional" if standing.status == "provisional" else "final",
        "source": "" if standing.by_pack else standing.source,
        "seen": standing.public_id,
        "evidence_public": "",
    }


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


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
    context = _context(desk, period, form, strange)
    return render(request, "plan/console/figure_enter.html", context)


def _context(
    desk: FigureDesk, period: Period, form: FigureForm, strange: Decimal | None
) -> dict[str, Any]:
    state = desk.indicator
    standing = desk.standing(period.year, period.month)
    goal = next((each for each in state.targets if each.year == period.year), None)
    counted = desk.metered.get(period.year)
    fields = ["value", "numerator", "denominator", "status", "source", "reason"]
    return {
        "desk": desk,
        "form": form,
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
        "months": _months(desk, period.year),
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


def _months(desk: FigureDesk, year: int) -> list[tuple[str, str, str]]:
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


@never_cache
@staff_only
@require_safe
def months(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """The months of one year, each with its figure and the way to its form."""
    desk, hand = _desk(public_id), hand_of(request)
    if not hand.may_enter(desk.working):
        return refused(request)
    if year not in _years(desk, hand) or year > FiscalYear.at(system_clock()).year:
        raise Http404
    context = {"desk": desk, "title": year_words(year), "months": _months(desk, year)}
    return render(request, "plan/console/figure_months.html", context)


@tells_needs
def needs_of_results(request: HttpRequest) -> Iterator[Need]:
    """Results of the last fiscal year that the acting division has not entered: one thing to do."""
    actor = actor_of(request)
    if actor is None or not actor.division:
        return
    now = system_clock()
    missing = missing_of(actor.division, now=now, language=language())
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

URLS: list[URLPattern] = [
    path("plan-figures/", index, name="plan_figures"),
    path("plan-figures/<str:public_id>/", indicator, name="plan_figures_of"),
    path("plan-figures/<str:public_id>/<int:year>/", enter, name="plan_figures_enter"),
    path("plan-figures/<str:public_id>/<int:year>/months/", months, name="plan_figures_months"),
    path(
        "plan-figures/<str:public_id>/<int:year>/<int:month>/",
        enter,
        name="plan_figures_enter_month",
    ),
]
