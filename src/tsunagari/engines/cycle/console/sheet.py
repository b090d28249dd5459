"""One measure's sheet: what may be written now as a form, the rest to read; handing in, reviewing, opinions."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.engines.cycle.actions.move_part import accept_part, return_part, submit_part
from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.actions.write_sheet import (
    SheetOvertaken,
    SheetRefused,
    state_of,
    write_sheet,
)
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    not_yours,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.opinions import opinion_rows, take_opinion
from tsunagari.engines.cycle.console.refusals import refusal, refuse
from tsunagari.engines.cycle.console.sheet_words import (
    actual_rows,
    change_rows,
    conflict_rows,
    move_rows,
    read_lines,
)
from tsunagari.engines.cycle.console.year_words import STATE_LOOKS, STATE_WORDS
from tsunagari.engines.cycle.declare import PARTS
from tsunagari.engines.cycle.forms.sheet_form import SheetForm
from tsunagari.engines.cycle.queries.published import report
from tsunagari.engines.cycle.queries.report_front import errata_of
from tsunagari.engines.cycle.queries.sheet_desk import SheetDesk, sheet_desk
from tsunagari.engines.cycle.rules.fields import NAMED, QUARTERS
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.steps import may_write
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import staff_only

HANDED_IN = ("plan", "check")
"""Parts that are handed in; the record of the year is simply kept."""


@dataclass(frozen=True, kw_only=True)
class PartView:
    """A part of the sheet on the screen. `fields` to fill in, () where it is to be read; `quarters` pair a
    quarter's title with its fields or lines. `comment` is what the secretariat last said."""

    name: str
    title: str
    state: str
    state_words: str
    look: str
    open: bool
    fields: list[forms.BoundField]
    quarters: list[tuple[str, list[forms.BoundField], list[tuple[str, str]]]]
    lines: list[tuple[str, str]]
    comment: str
    may_submit: bool
    may_review: bool
    may_return: bool


def _desk(request: HttpRequest, plan: str, year: int, number: str) -> SheetDesk:
    cycle = asked_cycle(plan, year)
    desk = sheet_desk(cycle, number, hand_of(request), now=system_clock(), language=language())
    if desk is None or (request.method == "POST" and not desk.stands):
        raise Http404
    return desk


def _open_parts(desk: SheetDesk) -> tuple[str, ...]:
    if not desk.yours:
        return ()
    return tuple(
        part for part in PARTS if may_write(desk.cycle.phase, part, state_of(desk.sheet, part))
    )


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, plan: str, year: int, number: str) -> HttpResponse:
    """Read or write a sheet."""
    desk = _desk(request, plan, year, number)
    if request.method != "POST":
        return _show(request, desk, SheetForm(desk, parts=_open_parts(desk)))
    if not desk.yours:
        return not_yours(request)
    form = SheetForm(desk, parts=tuple(PARTS), data=request.POST)
    try:
        changed = write_sheet(
            sheet=desk.sheet.public_id,
            typed=form.mine(),
            hand=hand_of(request),
            clock=system_clock,
        )
    except SheetRefused as refused:
        form.refuse(refused.faults)
        return _show(request, desk, form)
    except SheetOvertaken as overtaken:
        form.overtaken(overtaken.theirs)
        return _show(request, desk, form, theirs=overtaken.theirs, status=409)
    return _saved(request, desk, len(changed))


def _saved(request: HttpRequest, desk: SheetDesk, count: int) -> HttpResponse:
    """Say what was saved; hand a part in where that was asked."""
    part = request.POST.get("submit", "")
    if part in HANDED_IN:
        try:
            submit_part(
                sheet=desk.sheet.public_id, part=part, hand=hand_of(request), clock=system_clock
            )
        except SheetRefused as refused:
            fresh = _desk(
                request, desk.cycle.plan, desk.cycle.fiscal_year, desk.page.measure.number
            )
            again = SheetForm(fresh, parts=_open_parts(fresh), data=request.POST)
            again.seen = {}
            again.refuse(refused.faults)
            return _show(request, fresh, again, kept=count)
        messages.success(
            request,
            gettext("「%(part)s」を提出しました。事務局が確かめます。")
            % {"part": said(PARTS[part])},
        )
    elif count:
        said_words = ngettext("%(n)dか所を保存しました。", "%(n)dか所を保存しました。", count)
        messages.success(request, said_words % {"n": count})
    else:
        messages.info(request, gettext("変わったところはありません。"))
    return HttpResponseRedirect(_address(desk))


def _address(desk: SheetDesk) -> str:
    return reverse(
        "cycle_sheet", args=[desk.cycle.plan, desk.cycle.fiscal_year, desk.page.measure.number]
    )


def _show(
    request: HttpRequest,
    desk: SheetDesk,
    form: SheetForm,
    *,
    theirs: dict[str, str] | None = None,
    kept: int = 0,
    status: int = 200,
) -> HttpResponse:
    hand, opens = hand_of(request), _open_parts(desk)
    said_opinions = desk.stands and desk.cycle.phase in ("committee", "acting")
    context = {
        "desk": desk,
        "form": form,
        "hand": hand,
        "title": year_words(desk.cycle.fiscal_year),
        "measure": desk.page.measure,
        "parts": [_part(desk, part, form, opens, hand) for part in PARTS],
        "opens": opens,
        "actuals": actual_rows(desk, may_enter=_may_enter(desk)),
        "may_enter": _may_enter(desk),
        "changed": [
            (each.indicator.name, each.words(desk.cycle.fiscal_year)) for each in desk.changed
        ],
        "moves": move_rows(desk),
        "changes": change_rows(desk),
        "opinions": opinion_rows(desk.opinions, hand) if _sees_opinions(desk) else [],
        "sees_opinions": _sees_opinions(desk),
        "may_give": said_opinions and (hand.committee or hand.secretariat),
        "may_answer": said_opinions and hand.secretariat,
        "refused": refusal(request),
        "conflicts": conflict_rows(desk, theirs, form, opens) if theirs else [],
        "kept": kept,
        "errata": _errata(desk),
    }
    return render(request, "cycle/console/sheet.html", context, status=status)


def _errata(desk: SheetDesk) -> list[list[str]]:
    """What was corrected after the year was closed: the sheet itself stays as it was handed in."""
    if desk.cycle.phase != "frozen":
        return []
    held = report(desk.cycle.plan, desk.cycle.fiscal_year, language=language())
    return errata_of(held, desk.page.measure.number) if held else []


def _may_enter(desk: SheetDesk) -> bool:
    return desk.yours and desk.cycle.phase != "frozen"


def _sees_opinions(desk: SheetDesk) -> bool:
    return desk.cycle.phase in ("committee", "acting", "frozen") or bool(desk.opinions)


def _part(
    desk: SheetDesk, part: str, form: SheetForm, opens: tuple[str, ...], hand: Hand
) -> PartView:
    state, is_open = state_of(desk.sheet, part), part in opens
    last = desk.last_comment(part)
    reviews = hand.secretariat and desk.stands and part in HANDED_IN
    reviews = reviews and desk.cycle.phase != "frozen"
    fields = form.fields_of(part) if is_open else []
    typed = {each.name for each in fields}
    read = [each for each in NAMED.of(part) if not each.quarter and each.name not in typed]
    lines = read_lines(desk, read)
    return PartView(
        name=part,
        title=said(PARTS[part]),
        state=state,
        state_words=str(STATE_WORDS[state]) if part in HANDED_IN else "",
        look=STATE_LOOKS[state],
        open=is_open,
        fields=fields,
        quarters=_quarters(desk, part, form if is_open else None),
        lines=lines,
        comment=last.comment if last and state == "returned" else "",
        may_submit=is_open and part in HANDED_IN,
        may_review=reviews and state == "submitted",
        may_return=reviews and state in ("submitted", "accepted"),
    )


def _quarters(
    desk: SheetDesk, part: str, form: SheetForm | None
) -> list[tuple[str, list[forms.BoundField], list[tuple[str, str]]]]:
    found = []
    for quarter, title in QUARTERS.items():
        fields = [each for each in NAMED.of(part) if each.quarter == quarter]
        bound: list[forms.BoundField] = []
        if form is not None and fields:
            bound = form.fields_of(part, quarter)
            bound += form.figures_of(quarter) if part == "do" else []
        lines = read_lines(desk, fields)
        if fields and (bound or lines):
            found.append((said(title), bound, lines))
    return found


@require_POST
@staff_only
def review(request: HttpRequest, plan: str, year: int, number: str) -> HttpResponse:
    """Accept a part, or give it back."""
    desk, hand = _desk(request, plan, year, number), hand_of(request)
    part = request.POST.get("part", "")
    act: Callable[..., None] = return_part if "return" in request.POST else accept_part
    if part not in HANDED_IN:
        raise Http404
    try:
        act(
            sheet=desk.sheet.public_id,
            part=part,
            comment=request.POST.get("comment", ""),
            hand=hand,
            clock=system_clock,
        )
    except NotSecretariat:
        return only_secretariat(request)
    except SheetRefused as refused:
        typed = request.POST.get("comment", "")
        return refuse(
            request, _address(desk), field=f"id_comment_{part}", words=str(refused), typed=typed
        )
    done = (
        gettext("差し戻しました。課に伝わります。")
        if act is return_part
        else gettext("受理しました。")
    )
    messages.success(request, done)
    return HttpResponseRedirect(_address(desk))


@require_POST
@staff_only
def opinion(request: HttpRequest, plan: str, year: int, number: str) -> HttpResponse:
    """Give an opinion on the measure, or answer one."""
    desk = _desk(request, plan, year, number)
    about = desk.sheet.public_id
    return take_opinion(request, desk.cycle.public_id, about, back=_address(desk))


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/sheets/<slug:number>/", sheet, name="cycle_sheet"),
    path("year/<slug:plan>/<int:year>/sheets/<slug:number>/review/", review, name="cycle_review"),
    path(
        "year/<slug:plan>/<int:year>/sheets/<slug:number>/opinion/", opinion, name="cycle_opinion"
    ),
]
