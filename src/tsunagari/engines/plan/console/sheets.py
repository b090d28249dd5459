"""A plan's texts as a workbook: written as the list is filtered, read back with a preview of every change."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tsunagari.engines.plan.actions.edit_things import Editor, Overtaken
from tsunagari.engines.plan.actions.load_texts import (
    CellFault,
    Names,
    TextsOutcome,
    cells_of,
    load_texts,
)
from tsunagari.engines.plan.console.editing import editor, may_edit, refused
from tsunagari.engines.plan.console.plans import asked_of, listed
from tsunagari.engines.plan.forms.texts_file import (
    TextsFileForm,
    opened,
    sealed,
)
from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.queries.choices import measure_choices
from tsunagari.engines.plan.queries.desk_list import narrowed
from tsunagari.engines.plan.rules.measure_sheet import COLUMNS, headers
from tsunagari.kernel.design.consent import NotConsented, print_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, write_workbook
from tsunagari.kernel.identity.api import acting, division_names, staff_only


@dataclass(frozen=True, kw_only=True)
class CellRow:
    """A change of one cell in words."""

    line: int
    title: str
    number: str
    before: str
    after: str


def _plan(code: str) -> Plan:
    plan = Plan.objects.filter(code=code).first()
    if plan is None:
        raise Http404
    return plan


def _names(plan: Plan) -> Names:
    """Names as of the plan's years; a name with its heir beside it, or a code, is understood as well."""
    chosen = {code for measure in plan.measures.all() for code in measure.divisions}
    choices = measure_choices(
        plan.code, running=FiscalYear.at(system_clock()), chosen=sorted(chosen)
    )
    codes = [code for code, _words in choices["divisions"]]
    plain = division_names(codes, FiscalYear(plan.first_year), "ja")
    longer = {words: code for code, words in choices["divisions"]}
    viewpoints = dict(choices["viewpoints"])
    return Names(
        divisions={
            **{code: code for code in codes},
            **longer,
            **{name: code for code, name in plain.items()},
        },
        viewpoints={
            **{code: code for code in viewpoints},
            **{name: code for code, name in viewpoints.items()},
        },
        division_names=plain,
        viewpoint_names=viewpoints,
    )


@never_cache
@staff_only
@require_GET
def write(request: HttpRequest, code: str) -> HttpResponse:
    """The texts of the measures that the list shows."""
    plan = _plan(code)
    found = listed(request, code)
    wanted = (
        [each.measure.public_id for each in narrowed(found, asked_of(request))] if found else []
    )
    cells = cells_of(plan, _names(plan))
    rows = [[cells[each][key] or None for key in COLUMNS] for each in wanted]
    name = gettext("%(plan)sの取組") % {"plan": plan.short_name}
    response = HttpResponse(write_workbook(headers(), rows, title=name), content_type=WORKBOOK_TYPE)
    file_name = f"{name}-{japan_day(system_clock())}.xlsx"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file_name) or ""
    )
    return response


@never_cache
@staff_only
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a file, see every change it would make, and only then take it in."""
    plan = _plan(code)
    if not may_edit(acting(request)):
        return refused(request)
    if "previewed" in request.POST:
        return _confirm(request, plan)
    form = TextsFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "plan/console/load.html", {"form": form, "plan": plan})
    reason = form.cleaned_data["reason"].strip()
    by = editor(request, reason)
    outcome = load_texts(form.rows, plan=plan, names=_names(plan), by=by, shown=None)
    return render(request, "plan/console/load.html", _context(form, plan, outcome, by))


def _context(
    form: TextsFileForm, plan: Plan, outcome: TextsOutcome, by: Editor
) -> dict[str, object]:
    lines = {change.line for change in outcome.changes}
    previewed = ""
    if outcome.changes and not outcome.faults:
        previewed = sealed(
            actor=by.actor,
            plan=plan.code,
            rows=[row for row in form.rows if row.line in lines],
            changes=outcome.changes,
            reason=by.reason,
        )
    return {
        "form": form,
        "plan": plan,
        "name": form.name,
        "outcome": outcome,
        "previewed": previewed,
        "changes": [
            CellRow(
                line=each.line,
                number=each.number,
                title=said(COLUMNS[each.key]),
                before=each.before,
                after=each.after,
            )
            for each in outcome.changes
        ],
        "faults": [(each.line, _fault_words(each)) for each in outcome.faults],
    }


def _fault_words(fault: CellFault) -> str:
    """The sentence, with its column where one cell is at fault."""
    if not fault.key:
        return fault.says
    return gettext("「%(column)s」の列：%(sentence)s") % {
        "column": said(COLUMNS[fault.key]),
        "sentence": fault.says,
    }


def _confirm(request: HttpRequest, plan: Plan) -> HttpResponse:
    actor = acting(request).public_id
    again = HttpResponseRedirect(reverse("plan_console_load", args=[plan.code]))
    try:
        rows, shown, reason = opened(request.POST["previewed"], actor=actor, plan=plan.code)
        outcome = load_texts(
            rows,
            plan=plan,
            names=_names(plan),
            by=editor(request, reason),
            shown=lambda found: print_of(found.changes) == shown,
        )
    except NotConsented as old:
        messages.error(request, str(old))
        return again
    except Overtaken:
        messages.error(
            request,
            gettext(
                "確認の画面を開いたあとに、取組が直されました。まだ何も書き換えていません。もう一度ファイルを選んで確かめてください。"
            ),
        )
        return again
    messages.success(
        request, gettext("%(count)dか所を直しました。") % {"count": len(outcome.changes)}
    )
    return HttpResponseRedirect(reverse("plan_console_plan", args=[plan.code]))


URLS: list[URLPattern] = [
    path("plan/<slug:code>/texts.xlsx", write, name="plan_console_write"),
    path("plan/<slug:code>/texts/", load, name="plan_console_load"),
]
