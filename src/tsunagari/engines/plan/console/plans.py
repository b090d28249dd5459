"""The measures of a plan as a list, and the plan's own settings."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.engines.plan.actions.edit_things import Overtaken, Root, Wanted, edit_things
from tsunagari.engines.plan.console import editing
from tsunagari.engines.plan.console.words import division_words
from tsunagari.engines.plan.forms.scale import ScaleForm
from tsunagari.engines.plan.queries.board import MeasureState
from tsunagari.engines.plan.queries.desk import Desk, plan_desk
from tsunagari.engines.plan.queries.desk_list import Asked, ListedPlan, listed_plans, narrowed
from tsunagari.engines.plan.queries.marks import Mark, mark
from tsunagari.engines.plan.queries.plans import plan_heads
from tsunagari.engines.plan.rules.how import HOW
from tsunagari.engines.plan.rules.plan_words import MEASURE_KINDS
from tsunagari.engines.plan.rules.progress import STATUSES
from tsunagari.engines.plan.rules.text_faults import Refused
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import acting, staff_only

WAITING = {
    "no_figures": _("実績の数値がない"),
    "to_set": _("指標を決める年度になった"),
    "target_open": _("目標値が検討中"),
    "outdated": _("英語が古い"),
}


def asked_of(request: HttpRequest) -> Asked:
    """What the list is narrowed to."""
    given = request.GET
    return Asked(
        words=given.get("q", "").strip()[:200],
        **{
            name: given.get(name, "")
            for name in ("section", "division", "kind", "status", "how", "waits")
        },
    )


def listed(request: HttpRequest, code: str) -> ListedPlan | None:
    """A plan's measures for whoever asks; None while it has none."""
    plans = listed_plans(division=acting(request).division, now=system_clock())
    return next((each for each in plans if each.board.head.code == code), None)


@never_cache
@staff_only
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The measures, searched and filtered; the acting division's first."""
    now, asked = system_clock(), asked_of(request)
    head = next((each for each in plan_heads("ja", now=now) if each.code == code), None)
    if head is None:
        raise Http404
    found = listed(request, code)
    rows = narrowed(found, asked) if found else []
    divisions = {
        each.code: each.name
        for row in (found.measures if found else ())
        for each in row.measure.divisions
    }
    context = {
        "head": head,
        "asked": asked,
        "rows": [
            (row, division_words(row.measure), _mark(row.measure),
             [str(HOW[how]) for how in row.hows], [str(WAITING[each]) for each in row.waits],
             said(MEASURE_KINDS[row.measure.kind]))
            for row in rows
        ],
        "total": len(found.measures) if found else 0,
        "filters": [
            ("section", gettext("分野・一覧"), [(each.code, each.name) for each in head.sections]),
            ("division", gettext("課"), sorted(divisions.items(), key=lambda pair: pair[1])),
            ("kind", gettext("管理のしかた"), [(k, said(words)) for k, words in MEASURE_KINDS.items()]),
            ("status", gettext("進み具合"), [(each, mark(each).title) for each in STATUSES]),
            ("how", gettext("数値の入り方"), list(HOW.items())),
            ("waits", gettext("対応が必要なもの"), list(WAITING.items())),
        ],
        "chosen": {name: getattr(asked, name) for name in ("section", "division", "kind", "status", "how", "waits")},
        "may_edit": editing.may_edit(acting(request)),
    }  # fmt: skip
    return render(request, "plan/console/plan.html", context)


def _mark(measure: MeasureState) -> Mark | None:
    """Its status, or that it has ended or not begun; None for one that is managed by its kind."""
    shown = measure.status or measure.standing != "running"
    return mark(measure.code) if shown else None


def _screen(code: str) -> editing.Screen:
    return editing.Screen(
        read=partial(plan_desk, code),
        choices=lambda _desk: {},
        template="plan/console/settings.html",
        address=reverse("plan_console_settings", args=[code]),
        without=frozenset({"scale"}),
        more=_more,
    )


def _more(desk: Desk) -> Mapping[str, Any]:
    return {"code": desk.plan, "public": reverse("plan:plan", args=[desk.plan])}


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, code: str) -> HttpResponse:
    """The plan's own texts, its words for the columns, its fields, viewpoints and years."""
    return editing.edit_screen(request, _screen(code))


@require_POST
@staff_only
def put_back(request: HttpRequest, code: str, edit: str) -> HttpResponse:
    """Let a field of the plan read as it did before an edit."""
    return editing.put_back(request, _screen(code), edit)


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def scale(request: HttpRequest, code: str) -> HttpResponse:
    """How the plan grades: thresholds, a preset or grades of the city's own."""
    desk = plan_desk(code)
    if desk is None:
        raise Http404
    if not editing.may_edit(acting(request)):
        return editing.refused(request)
    kept = json.loads(desk.things[0].texts["scale"] or "{}")
    form = ScaleForm(request.POST or None, kept=kept)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _save_scale(request, desk, form)
        if status == 302:
            return HttpResponseRedirect(reverse("plan_console_settings", args=[code]))
    context = {
        "form": form,
        "desk": desk,
        "code": code,
        "version": request.POST.get("version", desk.version) if status != 409 else desk.version,
    }
    return render(request, "plan/console/scale.html", context, status=status)


def _save_scale(request: HttpRequest, desk: Desk, form: ScaleForm) -> int:
    """302 when it is saved; 200 or 409 with the reason in the form."""
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 10 else 0
    text = json.dumps(form.kept_scale(), ensure_ascii=False, sort_keys=True)
    try:
        count = edit_things(
            root=Root(kind="plan", public_id=desk.public_id, version=version),
            wanted=[Wanted(kind="plan", thing=desk.public_id, texts={"scale": text})],
            by=editing.editor(request, form.cleaned_data["reason"].strip()),
        )
    except Refused as fault:
        form.add_error("reason", str(fault))
        return 200
    except Overtaken:
        form.add_error(
            None,
            gettext(
                "この画面を開いたあとに、ほかの人が計画の設定を直しました。入力した内容は残っています。いまの設定を別の画面で確かめて、よければもう一度保存してください。"
            ),
        )
        return 409
    editing.tell(request, count)
    return 302


URLS: list[URLPattern] = [
    path("plan/<slug:code>/", plan, name="plan_console_plan"),
    path("plan/<slug:code>/settings/", settings, name="plan_console_settings"),
    path("plan/<slug:code>/settings/put-back/<str:edit>/", put_back, name="plan_console_plan_back"),
    path("plan/<slug:code>/scale/", scale, name="plan_console_scale"),
]
