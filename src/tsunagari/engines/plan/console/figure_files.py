"""The table of figures as a workbook: written as it is filtered, read back with a preview."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tsunagari.engines.plan.actions.load_values import (
    LoadRefused,
    ValueChange,
    ValuesOutcome,
    load_values,
    note_written,
    preview_values,
)
from tsunagari.engines.plan.console.figure_list import asked_in
from tsunagari.engines.plan.console.figure_words import (
    STATUS_WORDS,
    amount,
    hand_of,
    language,
    period_words,
)
from tsunagari.engines.plan.forms.value_files import ValuesFileForm, opened, sealed
from tsunagari.engines.plan.queries.value_lines import ValueLine, value_lines
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import Period
from tsunagari.engines.plan.rules.value_sheet import STATUSES, headers, mark
from tsunagari.kernel.design.consent import NotConsented, print_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, Value, write_workbook
from tsunagari.kernel.identity.api import staff_only

CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One change of a preview in words. `strange` is another period's figure that makes it look wrong."""

    line: int
    what: str
    period: str
    before: str
    after: str
    status: str
    strange: str


@never_cache
@staff_only
@require_safe
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """The figures of the list as a workbook or CSV, with empty cells to fill in."""
    hand, asked = hand_of(request), asked_in(request)
    every = hand.secretariat and "mine" not in request.GET
    lines = value_lines(
        asked, division=None if every else hand.division, now=system_clock(), language=language()
    )
    if lines is None:
        raise Http404
    rows = [_cells(each) for each in lines]
    note_written(rows=len(rows), hand=hand)
    name = f"{gettext('実績')}-{japan_day(system_clock())}.{kind}"
    data = (
        write_workbook(headers(), rows, title=gettext("実績"))
        if kind == "xlsx"
        else write_table(headers(), rows)
    )
    response = HttpResponse(data, content_type=WORKBOOK_TYPE if kind == "xlsx" else CSV_TYPE)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


def _cells(line: ValueLine) -> list[Value]:
    return [
        line.quoted,
        line.measure,
        line.indicator,
        line.unit,
        line.period.year,
        line.period.month,
        _plain(line.value),
        _plain(line.numerator),
        _plain(line.denominator),
        gettext(STATUSES[line.status]) if line.status else None,
        line.source or None,
        *[None] * 6,
        mark(line.public_id, line.period, line.standing),
    ]


def _plain(value: Decimal | None) -> Decimal | None:
    """As one writes it: 26.6, not 26.6000; 1000, not 1E+3."""
    return None if value is None else Decimal(f"{value.normalize():f}")


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Choose a file, see every change it would make, and only then take it in."""
    hand = hand_of(request)
    if "previewed" in request.POST:
        return _confirm(request, hand)
    form = ValuesFileForm(request.POST, request.FILES) if request.method == "POST" else ValuesFileForm()  # fmt: skip
    if not form.is_valid():
        return render(request, "plan/console/figure_load.html", {"form": form})
    outcome = preview_values(form.rows, hand=hand, clock=system_clock)
    faults = sorted([*form.faults, *outcome.faults])
    previewed = ""
    if outcome.changes and not faults:
        lines = {change.line for change in outcome.changes}
        previewed = sealed(
            actor=hand.actor,
            rows=[row for row in form.rows if row.line in lines],
            changes=outcome.changes,
        )
    context = {
        "form": form,
        "name": form.name,
        "outcome": outcome,
        "rows": list(_change_rows(outcome)),
        "quiet": form.quiet + outcome.same,
        "faults": faults,
        "previewed": previewed,
    }
    return render(request, "plan/console/figure_load.html", context)


def _change_rows(outcome: ValuesOutcome) -> Iterator[ChangeRow]:
    for each in outcome.changes:
        yield ChangeRow(
            line=each.line,
            what=f"{each.quoted} {each.indicator}",
            period=period_words(Period(year=each.period.year, month=each.period.month)),
            before=_amount(each, each.before),
            after=_amount(each, each.after),
            status=str(STATUS_WORDS[each.status]),
            strange=_amount(each, each.strange) if each.strange is not None else "",
        )


def _amount(change: ValueChange, value: Decimal | None) -> str:
    return amount(value, change.digits, change.unit)


def _confirm(request: HttpRequest, hand: Hand) -> HttpResponse:
    try:
        rows, seen = opened(request.POST["previewed"], actor=hand.actor)
        outcome = load_values(
            rows,
            shown=lambda found: print_of(found.changes) == seen,
            hand=hand,
            clock=system_clock,
        )
    except (LoadRefused, NotConsented) as fault:
        messages.error(request, str(fault))
        return HttpResponseRedirect(reverse("plan_figures_load"))
    text = ngettext(
        "%(n)d件の数値を読み込みました。公開ページに出ています。",
        "%(n)d件の数値を読み込みました。公開ページに出ています。",
        len(outcome.changes),
    )
    messages.success(request, text % {"n": len(outcome.changes)})
    return HttpResponseRedirect(reverse("plan_figures"))


URLS: list[URLPattern] = [
    path("plan-figures/table.xlsx", write, {"kind": "xlsx"}, name="plan_figures_xlsx"),
    path("plan-figures/table.csv", write, {"kind": "csv"}, name="plan_figures_csv"),
    path("plan-figures/load/", load, name="plan_figures_load"),
]
