"""One measure on one screen: texts, divisions, stages, lineage, indicators, the years, and its history."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.engines.plan.console import editing
from tsunagari.engines.plan.queries.choices import Choices, measure_choices
from tsunagari.engines.plan.queries.desk import Desk, measure_desk
from tsunagari.engines.plan.rules.reports import reports_on
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity.api import staff_only


def _screen(code: str, number: str) -> editing.Screen:
    return editing.Screen(
        read=partial(measure_desk, code, number),
        choices=_choices,
        template="plan/console/measure.html",
        address=reverse("plan_console_measure", args=[code, number]),
        more=partial(_more, number),
    )


def _choices(desk: Desk) -> Choices:
    chosen = [code for code in desk.things[0].texts["divisions"].split(",") if code]
    return measure_choices(desk.plan, running=FiscalYear.at(system_clock()), chosen=chosen)


def _more(number: str, desk: Desk) -> Mapping[str, Any]:
    closed = reports_on(desk.plan, desk.public_id)
    return {
        "code": desk.plan,
        "number": number,
        "public": reverse("plan:measure", args=[desk.plan, number]),
        # An action that stands is named by its year as a text, one that nobody wrote yet by the year.
        "closed_years": {*closed, *map(str, closed)},
    }


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """See or edit a measure."""
    return editing.edit_screen(request, _screen(code, number))


@require_POST
@staff_only
def put_back(request: HttpRequest, code: str, number: str, edit: str) -> HttpResponse:
    """Let a field read as it did before an edit."""
    return editing.put_back(request, _screen(code, number), edit)


URLS: list[URLPattern] = [
    path("plan/<slug:code>/measures/<slug:number>/", measure, name="plan_console_measure"),
    path(
        "plan/<slug:code>/measures/<slug:number>/put-back/<str:edit>/",
        put_back,
        name="plan_console_measure_back",
    ),
]
