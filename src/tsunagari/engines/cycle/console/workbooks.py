"""The sheets of a year as a workbook: written for a division, read back with a preview."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tsunagari.engines.cycle.actions.load_sheets import (
    CellChange,
    LoadRefused,
    SheetsOutcome,
    load_sheets,
    preview_sheets,
)
from tsunagari.engines.cycle.actions.note_workbook import note_workbook
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    not_yours,
    year_words,
)
from tsunagari.engines.cycle.forms.workbook_files import WorkbookForm, opened, sealed
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.sheet_texts import parts_of_key
from tsunagari.engines.cycle.queries.workbook import division_book
from tsunagari.engines.cycle.queries.workbook_sheets import sheets_to_write
from tsunagari.engines.cycle.rules.fields import NAMED, QUARTERS
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.sheet_values import actual_of, shown_as
from tsunagari.engines.cycle.rules.workbook_writing import write_book
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.consent import NotConsented, print_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE
from tsunagari.kernel.identity.api import names_of, staff_only

_ACTUALS = {
    "value": N_("実績"),
    "numerator": N_("実績の分子"),
    "denominator": N_("実績の分母"),
    "source": N_("実績の出どころ"),
    "reason": N_("実績を替える理由"),
}


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One change or conflict of a preview in words."""

    measure: str
    title: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, kw_only=True)
class FaultRow:
    """A cell that cannot be taken, in words."""

    place: str
    sentence: str


@never_cache
@staff_only
@require_safe
def write(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """The sheets that she may write as a workbook; the secretariat names a division, or takes all."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not _writes(hand):
        return not_yours(request)
    division = request.GET.get("division", "") if hand.secretariat else hand.division
    now = system_clock()
    sheets = sheets_to_write(cycle, hand, division=division, now=now)
    if not sheets or request.GET.get("division", division) not in (division, ""):
        raise Http404
    whose = names_of([division])[division] if division else ""
    content = division_book(cycle, sheets, whose=whose, now=now, language=language())
    note_workbook(cycle=cycle.public_id, sheets=len(content.forms), hand=hand)
    response = HttpResponse(write_book(content), content_type=WORKBOOK_TYPE)
    name = gettext("調書-%(year)s-%(whose)s.xlsx") % {
        "year": year_words(year),
        "whose": whose or gettext("すべての課"),
    }
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Choose a workbook, see every change it would make, and only then take it in."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not _writes(hand):
        return not_yours(request)
    if not sheets_to_write(cycle, hand, division="", now=system_clock()):
        raise Http404
    if "previewed" in request.POST:
        return _confirm(request, cycle, hand)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    context = {"form": form, "cycle": cycle, "year": year_words(year)}
    if not form.is_valid():
        return render(request, "cycle/console/load.html", context)
    try:
        outcome = preview_sheets(
            form.book.cells, cycle=cycle.public_id, hand=hand, clock=system_clock
        )
    except LoadRefused as refused:
        form.add_error("file", str(refused))
        return render(request, "cycle/console/load.html", context)
    shown = _shown(form, outcome, cycle, hand)
    return render(request, "cycle/console/load.html", context | shown)


def _writes(hand: Hand) -> bool:
    """Whether she is somebody who writes sheets at all: whoever only reads them gets none as a workbook."""
    return hand.works_for([hand.division])


def _shown(
    form: WorkbookForm, outcome: SheetsOutcome, cycle: Cycle, hand: Hand
) -> dict[str, object]:
    faults = [
        FaultRow(place=each.place.words(), sentence=each.sentence)
        for each in (*form.book.faults, *outcome.faults)
    ]
    previewed, names = "", _names(cycle)
    if outcome.changes and not faults:
        previewed = sealed(
            actor=hand.actor,
            cycle=cycle.public_id,
            cells=form.book.cells,
            changes=outcome.changes,
        )
    return {
        "name": form.name,
        "outcome": outcome,
        "rows": list(_rows(outcome.changes, names)),
        "conflicts": list(_rows(outcome.conflicts, names)),
        "faults": faults,
        "previewed": previewed,
        "too_long": bool(outcome.changes) and not faults and not previewed,
    }


def _names(cycle: Cycle) -> dict[str, str]:
    """Measures by their sheets and indicators, by public id, in the reader's language."""
    board = plan_api.plan_board(cycle.plan, now=system_clock(), language=language())
    measures = {each.public_id: each for each in board.measures} if board else {}
    sheets = cycle.sheets.only("public_id", "measure")
    return {
        **{e.public_id: measures[e.measure].name for e in sheets if e.measure in measures},
        **{one.public_id: one.name for each in measures.values() for one in each.indicators},
    }


def _rows(changes: tuple[CellChange, ...], names: Mapping[str, str]) -> Iterator[ChangeRow]:
    for each in changes:
        yield ChangeRow(
            measure=f"{each.quoted} {names.get(each.sheet, each.measure)}",
            title=_title(each, names),
            before=_words(each.key, each.before),
            after=_words(each.key, each.after),
            place=each.place.words(),
        )


def _title(change: CellChange, names: Mapping[str, str]) -> str:
    """What a field is called: 決算額, 第1四半期の予定, 指標の実績."""
    field = NAMED.by_name.get(change.key)
    if field is not None:
        title = said(field.title)
        return _of_quarter(field.quarter, title) if field.quarter else title
    quarter, actual = parts_of_key(change.key), actual_of(change.key)
    if quarter:
        title = _of_quarter(quarter[1], gettext("末までの数値"))
    else:
        title = said(_ACTUALS[actual[1]]) if actual else change.key
    indicator = names.get(change.key.partition(".")[0], change.name)
    return gettext("%(indicator)s：%(title)s") % {"indicator": indicator, "title": title}


def _of_quarter(quarter: int, title: str) -> str:
    return gettext("%(quarter)s：%(title)s") % {"quarter": said(QUARTERS[quarter]), "title": title}


def _words(key: str, text: str) -> str:
    """A field's text as people read it: money with its commas, a choice by its word."""
    field = NAMED.by_name.get(key)
    if field is not None and field.kind == "yen" and text:
        return gettext("%(amount)s円") % {"amount": f"{int(text):,}"}
    return shown_as(key, text)


def _confirm(request: HttpRequest, cycle: Cycle, hand: Hand) -> HttpResponse:
    here = reverse("cycle_workbook_load", args=[cycle.plan, cycle.fiscal_year])
    try:
        cells, seen = opened(request.POST["previewed"], actor=hand.actor, cycle=cycle.public_id)
        outcome = load_sheets(
            cells,
            cycle=cycle.public_id,
            shown=lambda found: print_of(found.changes) == seen,
            hand=hand,
            clock=system_clock,
        )
    except (LoadRefused, NotConsented) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(here)
    text = ngettext(
        "調書の%(n)dか所を読み込みました。",
        "調書の%(n)dか所を読み込みました。",
        len(outcome.changes),
    )
    messages.success(request, text % {"n": len(outcome.changes)})
    return HttpResponseRedirect(here)


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/workbook.xlsx", write, name="cycle_workbook"),
    path("year/<slug:plan>/<int:year>/load/", load, name="cycle_workbook_load"),
]
