"""Backgrounds (drivers) and information infrastructure (assets): the lists, and one of them on a screen."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.engines.plan.console import editing
from tsunagari.engines.plan.queries.choices import Choices, surrounding_choices
from tsunagari.engines.plan.queries.desk import Desk, surrounding_desk
from tsunagari.engines.plan.queries.plans import assets, drivers
from tsunagari.engines.plan.rules.plan_words import DRIVER_KINDS, VERDICTS
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import acting, names_of, staff_only


@never_cache
@staff_only
def around(request: HttpRequest) -> HttpResponse:
    """Every driver and asset with the measures that hang on it."""
    held = assets("ja")
    names = names_of({each.division for each in held if each.division})
    context = {
        "drivers": [(each, said(DRIVER_KINDS[each.kind])) for each in drivers("ja")],
        "assets": [
            (each, names.get(each.division, ""), said(VERDICTS[each.verdict])) for each in held
        ],
        "may_edit": editing.may_edit(acting(request)),
    }
    return render(request, "plan/console/around.html", context)


def _screen(kind: str, public_id: str) -> editing.Screen:
    if kind not in ("driver", "asset"):
        raise Http404
    return editing.Screen(
        read=partial(surrounding_desk, kind, public_id),
        choices=_choices,
        template="plan/console/surrounding.html",
        address=reverse("plan_console_surrounding", args=[kind, public_id]),
    )


def _choices(_desk: Desk) -> Choices:
    return surrounding_choices(running=FiscalYear.at(system_clock()))


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def surrounding(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """See or edit a driver or asset."""
    return editing.edit_screen(request, _screen(kind, public_id))


@require_POST
@staff_only
def put_back(request: HttpRequest, kind: str, public_id: str, edit: str) -> HttpResponse:
    """Let a field read as it did before an edit."""
    return editing.put_back(request, _screen(kind, public_id), edit)


URLS: list[URLPattern] = [
    path("plan/around/", around, name="plan_console_around"),
    path("plan/around/<slug:kind>/<str:public_id>/", surrounding, name="plan_console_surrounding"),
    path(
        "plan/around/<slug:kind>/<str:public_id>/put-back/<str:edit>/",
        put_back,
        name="plan_console_surrounding_back",
    ),
]
