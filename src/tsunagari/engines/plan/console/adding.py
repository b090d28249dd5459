"""Adding to the plan: a plan, a measure, an indicator, a stage, a field, a central issue, a viewpoint, a year,
a background."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.console.editing import editor, may_edit, refused
from tsunagari.engines.plan.forms.desk import AddingReasonForm
from tsunagari.engines.plan.forms.sheet import SheetForm
from tsunagari.engines.plan.models import Measure, Plan
from tsunagari.engines.plan.queries.choices import (
    Choices,
    measure_choices,
    plan_choices,
    surrounding_choices,
)
from tsunagari.engines.plan.rules.addable import ADDED
from tsunagari.engines.plan.rules.text_faults import Refused
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import acting, staff_only

TO_PLAN = ("measure", "section", "viewpoint", "issue", "action_plan")
TO_MEASURE = ("indicator", "stage", "lineage")
ALONE = ("plan", "driver", "asset")
USUAL = {
    "factor": "1",
    "digits": "0",
    "phase": "use",
    "direction": "up",
    "kind": "",
}
"""What stands in a new thing's fields before anybody typed."""


@dataclass(frozen=True, kw_only=True)
class _Adding:
    """One form for one new thing: its parent, what can be chosen, and where one goes afterwards."""

    kind: str
    parent: Model | None
    choices: Choices
    back: str
    back_title: str
    done: Callable[[str, dict[str, str]], str]


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def alone(request: HttpRequest, kind: str) -> HttpResponse:
    """A plan, a driver or an asset."""
    if kind not in ALONE:
        raise Http404
    running = FiscalYear.at(system_clock())
    choices = plan_choices() if kind == "plan" else surrounding_choices(running=running)
    back, back_title = (
        (reverse("plan_console"), gettext("計画"))
        if kind == "plan"
        else (reverse("plan_console_around"), gettext("背景と情報基盤"))
    )
    return _add(
        request,
        _Adding(
            kind=kind,
            parent=None,
            choices=choices,
            back=back,
            back_title=back_title,
            done=lambda made, texts: (
                reverse("plan_console_settings", args=[texts["code"]])
                if kind == "plan"
                else reverse("plan_console_surrounding", args=[kind, made])
            ),
        ),
    )


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def to_plan(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A measure, field, central issue, viewpoint or year of a plan."""
    plan = Plan.objects.filter(code=code).first()
    if plan is None or kind not in TO_PLAN:
        raise Http404
    if kind == "measure":
        back, back_title = reverse("plan_console_plan", args=[code]), plan.name
        choices = measure_choices(code, running=FiscalYear.at(system_clock()), chosen=())
    else:
        back, back_title = reverse("plan_console_settings", args=[code]), gettext("計画の設定")
        choices = {}
    return _add(
        request,
        _Adding(
            kind=kind,
            parent=plan,
            choices=choices,
            back=back,
            back_title=back_title,
            done=lambda _made, texts: (
                reverse("plan_console_measure", args=[code, texts["number"]])
                if kind == "measure"
                else back
            ),
        ),
    )


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def to_measure(request: HttpRequest, code: str, number: str, kind: str) -> HttpResponse:
    """An indicator, a stage, or a measure from which this one grew."""
    measure = Measure.objects.select_related("plan").filter(plan__code=code, number=number).first()
    if measure is None or kind not in TO_MEASURE:
        raise Http404
    back = reverse("plan_console_measure", args=[code, number])
    back_title = f"{measure.number} {measure.name}"
    return _add(
        request,
        _Adding(
            kind=kind,
            parent=measure,
            choices=measure_choices(
                code, running=FiscalYear.at(system_clock()), chosen=measure.divisions
            ),
            back=back,
            back_title=back_title,
            done=lambda _made, _texts: back,
        ),
    )


def _add(request: HttpRequest, adding: _Adding) -> HttpResponse:
    if not may_edit(acting(request)):
        return refused(request)
    sheet = ADDED[adding.kind]
    data: Any = request.POST if request.method == "POST" else None
    texts = {key: USUAL[key] for key in sheet.keys if key in USUAL}
    form = SheetForm(data, sheet=sheet, choices=adding.choices, texts=texts)
    reason = AddingReasonForm(data)
    if data is not None and reason.is_valid():
        typed = form.typed()
        try:
            made = add_thing(
                kind=adding.kind,
                parent=adding.parent,
                texts=typed,
                by=editor(request, reason.cleaned_data["reason"].strip()),
            )
        except Refused as fault:
            form.is_valid()
            for key, sentence in fault.faults[""]:
                form.add_error(key if key in form.fields else None, sentence)
        else:
            messages.success(request, gettext("加えました。公開しているページにも出ています。"))
            return HttpResponseRedirect(adding.done(made, typed))
    context = {
        "form": form,
        "reason": reason,
        "back": adding.back,
        "back_title": adding.back_title,
        "title": said(sheet.title),
    }
    return render(request, "plan/console/add.html", context)


URLS: list[URLPattern] = [
    path("plan/add/<slug:kind>/", alone, name="plan_console_add"),
    path("plan/<slug:code>/add/<slug:kind>/", to_plan, name="plan_console_add_to_plan"),
    path(
        "plan/<slug:code>/measures/<slug:number>/add/<slug:kind>/",
        to_measure,
        name="plan_console_add_to_measure",
    ),
]
