"""Errata of a closed year: its versions, and a new one from what is typed over, looked at, and published."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tsunagari.engines.cycle.actions.correct_year import books_corrected, correct_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.refusals import refusal, refuse
from tsunagari.engines.cycle.forms.closing import (
    CorrectionForm,
    ReasonForm,
    draft_of,
    draft_text,
)
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.published import Report, Version, report
from tsunagari.engines.cycle.rules.corrections import (
    ChangeWords,
    Corrected,
    Correction,
    CorrectionRefused,
    change_words,
    places_of,
)
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.yearbook import Yearbook
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@dataclass(kw_only=True)
class Desk:
    """What an erratum is made from: the year, its newest version, and what was typed so far."""

    request: HttpRequest
    cycle: Cycle
    held: Report
    hand: Hand
    draft: list[Correction]

    @property
    def seen(self) -> int:
        """The version on which the clerk began; the newest where she begins now."""
        typed = self.request.POST.get("seen", "")
        return int(typed) if typed.isdecimal() else self.held.version.version

    @property
    def shown(self) -> Yearbook:
        """The newest version in the reader's language: names and units; what is typed over is `held`."""
        return _in_words(self.held)

    @property
    def context(self) -> dict[str, Any]:
        """What every step of the screen shows."""
        return {
            "cycle": self.cycle,
            "title": year_words(self.cycle.fiscal_year),
            "version": self.held.version,
            "seen": self.seen,
            "draft": draft_text(self.draft),
            "reason": self.request.POST.get("reason", ""),
            "choices": _choices(self.shown),
        }


@never_cache
@staff_only
@require_safe
def errata(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """The versions of a closed year, and where a new one begins."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    held = report(plan, year, language="ja")
    context = {
        "cycle": cycle,
        "title": year_words(year),
        "versions": _versions(held) if held else [],
        "choices": _choices(_in_words(held)) if held else [],
        "refused": refusal(request),
    }
    return render(request, "cycle/console/errata.html", context)


def _choices(book: Yearbook) -> list[tuple[str, str]]:
    """The measures of a year to choose from, by number."""
    return [(each.number, f"{each.number} {each.name}") for each in book.measures]


def _in_words(held: Report) -> Yearbook:
    shown = report(held.book.plan, held.book.fiscal_year, language=language())
    return shown.book if shown else held.book


def _versions(held: Report) -> list[tuple[Version, list[ChangeWords]]]:
    """Every version with what it changed."""
    book = _in_words(held)
    return [(each, [change_words(book, one) for one in each.corrections]) for each in held.versions]


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def erratum(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Type over what is wrong, look at it, publish it. Everything typed travels with the screen."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    held = report(plan, year, language="ja")
    if held is None:
        messages.error(request, gettext("正誤を公表できるのは、確定した年度だけです。"))
        return HttpResponseRedirect(reverse("cycle_year", args=[plan, year]))
    draft = draft_of(request.POST.get("draft", ""), held.book)
    desk = Desk(request=request, cycle=cycle, held=held, hand=hand, draft=draft)
    step = request.POST.get("step", "edit")
    if step == "look":
        return _look(desk)
    return _publish(desk) if step == "publish" else _edit(desk)


def _edit(desk: Desk, *, form: CorrectionForm | None = None, status: int = 200) -> HttpResponse:
    request = desk.request
    number = request.POST.get("measure") or request.GET.get("measure", "")
    book = desk.held.book
    measure = book.measure(number)
    if measure is None:
        return _unchosen(desk)
    drafted = {each.place: each.text for each in desk.draft if each.measure == number}
    form = form or CorrectionForm(measure, book.fiscal_year, drafted=drafted)
    shown = desk.shown.measure(number) or measure
    for place, title in places_of(shown, book.fiscal_year):
        form.fields[place].label = title
    context = {**desk.context, "form": form, "measure": shown}
    return render(request, "cycle/console/errata_edit.html", context, status=status)


def _unchosen(desk: Desk) -> HttpResponse:
    """No measure was chosen: said where one chooses, with everything that was typed so far."""
    words, book = gettext("直す取組を選んでください。"), desk.held.book
    if desk.draft:
        form = ReasonForm(initial={"reason": desk.request.POST.get("reason", "")})
        return _preview(desk, form, unchosen=words)
    back = reverse("cycle_errata", args=[book.plan, book.fiscal_year])
    return refuse(desk.request, back, field="id_measure", words=words)


def _look(desk: Desk) -> HttpResponse:
    """Take what was typed of one measure into the draft, and show all of it."""
    book = desk.held.book
    measure = book.measure(desk.request.POST.get("measure", ""))
    if measure is None:
        return _edit(desk)
    form = CorrectionForm(measure, book.fiscal_year, drafted={}, data=desk.request.POST)
    typed = form.corrections()
    others = [each for each in desk.draft if each.measure != measure.number]
    try:
        changed = _changed(desk, typed)
    except CorrectionRefused as refused:
        form.full_clean()
        form.add_error(typed[refused.at].place, str(refused))
        return _edit(desk, form=form)
    desk.draft = [*others, *typed]
    if not changed and not others:
        form.full_clean()
        form.add_error(
            None, gettext("変わったところがありません。直すところを書き換えてください。")
        )
        return _edit(desk, form=form)
    return _preview(desk, ReasonForm(initial={"reason": desk.request.POST.get("reason", "")}))


def _changed(desk: Desk, corrections: list[Correction]) -> tuple[Corrected, ...]:
    return books_corrected({"ja": desk.held.book}, corrections, "")[1]


def _preview(
    desk: Desk, form: ReasonForm, *, status: int = 200, unchosen: str = ""
) -> HttpResponse:
    try:
        changed = _changed(desk, desk.draft)
    except CorrectionRefused as refused:
        messages.error(desk.request, str(refused))
        changed = ()
    told = [change_words(desk.shown, each) for each in changed]
    context = {
        **desk.context,
        "form": form,
        "changed": told,
        "unchosen": unchosen,
        "errors": [("#id_measure", unchosen)] if unchosen else [],
    }
    return render(desk.request, "cycle/console/errata_look.html", context, status=status)


def _publish(desk: Desk) -> HttpResponse:
    book, form = desk.held.book, ReasonForm(desk.request.POST)
    if not form.is_valid():
        return _preview(desk, form)
    try:
        made = correct_year(
            cycle=desk.cycle.public_id,
            corrections=desk.draft,
            reason=form.cleaned_data["reason"],
            seen=desk.seen,
            hand=desk.hand,
            clock=system_clock,
        )
    except NotSecretariat:
        return only_secretariat(desk.request)
    except (CorrectionRefused, YearRefused) as refused:
        form.add_error(None, str(refused))
        return _preview(desk, form, status=409)
    if made is None:
        messages.info(desk.request, gettext("もう同じ内容です。何も変わりません。"))
    else:
        messages.success(desk.request, gettext("正誤を公表しました。古い版も残っています。"))
    return HttpResponseRedirect(reverse("cycle_errata", args=[book.plan, book.fiscal_year]))


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/errata/", errata, name="cycle_errata"),
    path("year/<slug:plan>/<int:year>/errata/new/", erratum, name="cycle_erratum"),
]
