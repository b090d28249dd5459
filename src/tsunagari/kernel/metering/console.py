"""The console's screens of metering: a division loads its monthly figures, with a preview first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import day_start, japan_day, month_start
from tsunagari.kernel.i18n.eras import format_day, format_month
from tsunagari.kernel.identity.api import Actor, acting, actor_of, staff_only
from tsunagari.kernel.metering import api, queries
from tsunagari.kernel.metering.declare import Loaded
from tsunagari.kernel.metering.forms import ConsentForm, FileForm


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


@staff_only
def figures_index(request: HttpRequest) -> HttpResponse:
    """The figures that come from outside, the acting division's own first."""
    actor = acting(request)
    meters = [
        (meter, can_load(actor, meter), queries.loadings(meter.id, limit=1))
        for meter in _loaded_meters()
    ]
    rows = sorted(meters, key=lambda row: not row[1])
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
    sealed = ConsentForm.sealed(
        meter=meter.id, actor=actor.public_id, name=name, figures=form.figures
    )
    return _show(request, meter, form=form, outcome=outcome, rows=rows, previewed=sealed, name=name)


def _confirm(request: HttpRequest, meter: Loaded, actor: Actor) -> HttpResponse:
    consent = ConsentForm(request.POST)
    try:
        name, figures = consent.opened(meter=meter.id, actor=actor.public_id)
        outcome = api.load_figures(
            meter=meter, figures=figures, giver=_giver(actor), name=name, clock=system_clock
        )
    except api.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, outcome.message)
    return HttpResponseRedirect(reverse("metering_load", args=[meter.id]))


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
    ]


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """The menu's entry."""
    return MenuItem(_("数値の取り込み"), reverse("metering_figures"), icon_name="upload", order=300)
