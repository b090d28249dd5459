"""The console's screens of metering: a division loads its monthly figures, with a preview first; the
secretariat sees where sums and records differ, and has them set right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.defaults import permission_denied
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.kernel.design.consent import NotConsented
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan, japan_day, month_start
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year, format_month
from tsunagari.kernel.identity.api import Actor, acting, actor_of, names_of, staff_only
from tsunagari.kernel.metering import api, queries
from tsunagari.kernel.metering.actions.ask_mending import ask_mending
from tsunagari.kernel.metering.declare import Counter, Loaded
from tsunagari.kernel.metering.forms import FileForm, opened, sealed
from tsunagari.kernel.metering.models import Loading, RecountDifference


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One month of a preview as the screen shows it."""

    month: str
    before: object
    after: object


def can_load(actor: Actor, meter: Loaded) -> bool:
    """Whoever holds a post in the meter's division, acting for it now."""
    return actor.division == meter.division


def _loaded_meters() -> list[Loaded]:
    return [meter for meter in api.declared() if isinstance(meter, Loaded)]


@dataclass(frozen=True, kw_only=True)
class MeterRow:
    """One meter in the list: the division that loads it, whether that is the acting one, and the last
    loading."""

    meter: Loaded
    mine: bool
    division: str
    last: Loading | None


@staff_only
def figures_index(request: HttpRequest) -> HttpResponse:
    """The figures that come from outside, the acting division's own first."""
    actor, meters = acting(request), _loaded_meters()
    names = names_of({meter.division for meter in meters})
    rows = [
        MeterRow(
            meter=meter,
            mine=can_load(actor, meter),
            division=names.get(meter.division, meter.division),
            last=next(iter(queries.loadings(meter.id, limit=1)), None),
        )
        for meter in meters
    ]
    rows.sort(key=lambda row: not row.mine)
    return render(
        request,
        "metering/console/index.html",
        {"rows": rows, "page_title": gettext("数値の取り込み")},
    )


@staff_only
def load_figures(request: HttpRequest, meter_id: str) -> HttpResponse:
    """Choose a file, see what it would change, and only then take it in."""
    actor = acting(request)
    meter = next((each for each in _loaded_meters() if each.id == meter_id), None)
    if meter is None:
        raise Http404
    if not can_load(actor, meter):
        sentence = gettext(
            "この数値は、別の課が取り込むものです。担当を切り替えるか、担当の課に頼んでください。"
        )
        # Answered here: Wagtail turns a PermissionDenied that is raised into a way back to its start.
        return permission_denied(request, PermissionDenied(sentence))
    if "previewed" in request.POST:
        return _confirm(request, meter, actor)
    form = FileForm(request.POST or None, request.FILES or None, meter=meter)
    if request.method == "POST" and form.is_valid():
        return _preview(request, meter, actor, form)
    return _show(request, meter, form=form)


def _show(request: HttpRequest, meter: Loaded, **more: object) -> HttpResponse:
    context = {
        "meter": meter,
        "page_title": gettext(meter.title),
        "loadings": [
            (format_day(japan_day(each.loaded_at), language=_language(), weekday=True), each)
            for each in queries.loadings(meter.id)
        ],
        **more,
    }
    return render(request, "metering/console/load.html", context)


def _language() -> str:
    return get_language() or "ja"


def _giver(actor: Actor) -> api.Giver:
    return api.Giver(actor=actor.public_id, division=actor.division, way="file")


def _preview(request: HttpRequest, meter: Loaded, actor: Actor, form: FileForm) -> HttpResponse:
    try:
        outcome = api.preview_figures(
            meter=meter, figures=form.figures, giver=_giver(actor), clock=system_clock
        )
    except api.Refused as refused:
        form.add_error("file", str(refused))
        return _show(request, meter, form=form)
    name = form.cleaned_data["file"].name
    rows = [
        ChangeRow(
            month=format_month(each.month, language=_language()),
            before=each.before,
            after=each.after,
        )
        for each in outcome.changes
    ]
    previewed = sealed(meter=meter.id, actor=actor.public_id, name=name, figures=form.figures)
    return _show(
        request, meter, form=form, outcome=outcome, rows=rows, previewed=previewed, name=name
    )


def _confirm(request: HttpRequest, meter: Loaded, actor: Actor) -> HttpResponse:
    previewed = request.POST["previewed"]
    try:
        name, figures = opened(previewed, meter=meter.id, actor=actor.public_id)
        outcome = api.load_figures(
            meter=meter, figures=figures, giver=_giver(actor), name=name, clock=system_clock
        )
    except (api.Refused, NotConsented) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, outcome.message)
    return HttpResponseRedirect(reverse("metering_load", args=[meter.id]))


@dataclass(frozen=True, kw_only=True)
class RecountRow:
    """One meter in the list of recounts: its id, its title and what was found the last time."""

    id: str
    title: str
    words: api.RecountWords | None
    found: api.RecountResult | None


@dataclass(frozen=True, kw_only=True)
class DifferenceRow:
    """One sum that differs, in words."""

    period: str
    part: str
    held: int
    counted: int


def may_mend(actor: Actor | None) -> bool:
    """The plan's secretariat and system administrators."""
    return actor is not None and (actor.has_role("secretariat") or actor.has_role("administrator"))


def _refused(request: HttpRequest) -> HttpResponse | None:
    if may_mend(acting(request)):
        return None
    sentence = gettext("この画面は、計画の事務局とシステム管理者が使います。")
    return permission_denied(request, PermissionDenied(sentence))


@staff_only
def recounts_index(request: HttpRequest) -> HttpResponse:
    """Every meter that is counted anew at night, those that differ first."""
    refused = _refused(request)
    if refused:
        return refused
    meters = {each.id: each for each in api.declared() if isinstance(each, Counter | Loaded)}
    found = api.last_recounts(meters)
    rows = [
        RecountRow(
            id=name,
            title=gettext(meter.title),
            words=api.recount_words(name, found[name]),
            found=found[name],
        )
        for name, meter in meters.items()
    ]
    rows.sort(key=lambda row: (row.found is None or row.found.agreed, row.found is not None))
    context = {"rows": rows, "page_title": gettext("数え直し")}
    return render(request, "metering/console/recounts.html", context)


@staff_only
def recount_detail(request: HttpRequest, meter_id: str) -> HttpResponse:
    """What the last recount of one meter found, sum by sum."""
    refused = _refused(request)
    if refused:
        return refused
    meter = _recounted(meter_id)
    row = queries.current_recounts([meter.id]).first()
    result = queries.recount_result(row) if row else None
    found = row.differences.order_by("start", "pk") if row else ()
    asked = result.mending_asked_at if result else None
    context = {
        "meter": meter,
        "page_title": gettext(meter.title),
        "result": result,
        "words": api.recount_words(meter.id, result),
        "differences": [_difference(each) for each in found],
        "can_mend": result and not result.agreed and not asked and isinstance(meter, Counter),
        "loaded": isinstance(meter, Loaded),
        "asked_at": _moment(asked) if asked else "",
        "earlier": [
            (_moment(each.checked_at), each) for each in queries.earlier_recounts(meter.id)
        ],
    }
    return render(request, "metering/console/recount.html", context)


def _recounted(meter_id: str) -> Counter | Loaded:
    meter = next((each for each in api.declared() if each.id == meter_id), None)
    if not isinstance(meter, Counter | Loaded):
        raise Http404
    return meter


def _difference(row: RecountDifference) -> DifferenceRow:
    day = japan_day(row.start)
    if row.grain == "fiscal_year":
        period = format_fiscal_year(FiscalYear.of(day), language=_language())
    elif row.grain == "month":
        period = format_month(day, language=_language())
    else:
        period = format_day(day, language=_language(), weekday=True)
    if row.grain == "hour":
        shown = {"day": period, "hour": japan(row.start).hour}
        period = gettext("%(day)s %(hour)d時台") % shown
    part = " / ".join(queries.slice_in_words(row.slice))
    return DifferenceRow(period=period, part=part, held=row.held, counted=row.counted)


def _moment(moment: datetime) -> str:
    day = format_day(japan_day(moment), language=_language())
    return gettext("%(day)s %(time)s") % {"day": day, "time": f"{japan(moment):%H:%M}"}


@require_POST
@staff_only
def mend(request: HttpRequest, meter_id: str) -> HttpResponse:
    """Have the sums of one meter set right by the worker; asked once for a difference."""
    refused = _refused(request)
    if refused:
        return refused
    meter = _recounted(meter_id)
    actor = acting(request)
    if isinstance(meter, Counter) and ask_mending(
        meter=meter, actor=actor.public_id, division=actor.division, clock=system_clock
    ):
        text = gettext("記録に合わせて直します。終わると、この画面に結果が出ます。")
        messages.success(request, text)
    else:
        text = gettext("直すところがないか、もう直しているところです。")
        messages.warning(request, text)
    return HttpResponseRedirect(reverse("metering_recount", args=[meter.id]))


@tells_needs
def needs_of_recounts(request: HttpRequest) -> Iterator[Need]:
    """Sums that differ from what was counted and that nobody has had set right, as one thing to do."""
    if not may_mend(actor_of(request)):
        return
    waiting = [row for row in queries.differing_recounts() if row.mending_asked_at is None]
    if not waiting:
        return
    first = gettext(api.declared_meter(waiting[0].meter).title)
    title = ngettext(
        "%(meter)s：合計が記録と違っています",
        "%(meter)sなど%(count)dつの数値で、合計が記録と違っています",
        len(waiting),
    )
    one = reverse("metering_recount", args=[waiting[0].meter])
    yield Need(
        title=title % {"meter": first, "count": len(waiting)},
        detail=gettext(
            "夜の数え直しで見つかりました。違いを確かめて、記録に合わせて直してください。"
        ),
        address=one if len(waiting) == 1 else reverse("metering_recounts"),
        action=gettext("違いを見る"),
        urgent=True,
    )


@tells_needs
def needs_of_figures(request: HttpRequest) -> Iterator[Need]:
    """Last month's figures that the acting division has not yet loaded."""
    actor = actor_of(request)
    if actor is None:
        return
    now = system_clock()
    month = month_start(month_start(japan_day(now)) - timedelta(days=1))
    meters = [meter for meter in _loaded_meters() if can_load(actor, meter)]
    known = api.figures([each.id for each in meters], grain="month", start=day_start(month))
    for meter in meters:
        if known[meter.id].value is None:
            shown = {
                "month": format_month(month, language=_language()),
                "meter": gettext(meter.title),
            }
            yield Need(
                title=gettext("%(meter)s：%(month)s分を取り込んでください") % shown,
                detail=gettext("取り込むと、計画の指標がすぐに新しくなります。"),
                address=reverse("metering_load", args=[meter.id]),
                action=gettext("取り込む"),
            )


@hooks.register("register_admin_urls")
def console_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("figures/", figures_index, name="metering_figures"),
        path("figures/<str:meter_id>/", load_figures, name="metering_load"),
        path("recounts/", recounts_index, name="metering_recounts"),
        path("recounts/<str:meter_id>/", recount_detail, name="metering_recount"),
        path("recounts/<str:meter_id>/mend/", mend, name="metering_mend"),
    ]


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """The menu's entry."""
    return MenuItem(_("数値の取り込み"), reverse("metering_figures"), icon_name="upload", order=300)


class RecountsMenuItem(MenuItem):
    """Shown to those who may have sums set right."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this clerk may."""
        return may_mend(actor_of(request))


@hooks.register("register_admin_menu_item")
def recounts_menu_item() -> MenuItem:
    """The menu's entry."""
    return RecountsMenuItem(
        _("数え直し"), reverse("metering_recounts"), icon_name="rotate", order=890
    )
