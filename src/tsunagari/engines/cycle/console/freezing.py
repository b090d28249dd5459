"""Closing a year: what is still missing, what will be published, and the step that nobody takes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.engines.cycle.actions.freeze_year import StillLacking, freeze_year, frozen_words
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.forms.closing import FreezeForm
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.report_front import summary_told
from tsunagari.engines.cycle.queries.yearbook import NothingToClose, yearbook
from tsunagari.engines.cycle.queries.yearbook_gaps import Gaps, gaps_of
from tsunagari.kernel.design.tables import Column
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """Show what closing will publish; close on a second yes."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if not hand.secretariat:
        return only_secretariat(request)
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            freeze_year(
                cycle=cycle.public_id,
                reason=form.cleaned_data["reason"],
                hand=hand,
                clock=system_clock,
            )
        except NotSecretariat:
            return only_secretariat(request)
        except StillLacking as lacking:
            form.add_error("reason", str(lacking))
        except YearRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("年度を確定し、年次報告を公表しました。"))
            return HttpResponseRedirect(reverse("cycle_errata", args=[plan, year]))
    status = 409 if request.method == "POST" and form.non_field_errors() else 200
    cycle.refresh_from_db()
    return render(request, "cycle/console/freeze.html", _context(cycle, form), status=status)


def _context(cycle: Cycle, form: FreezeForm) -> dict[str, Any]:
    frozen = cycle.phase == "frozen"
    summary = None if frozen else _summary(cycle)
    return {
        "cycle": cycle,
        "form": form,
        "title": year_words(cycle.fiscal_year),
        "frozen": frozen_words() if frozen else "",
        "acting": cycle.phase == "acting",
        "uncarried": gettext("決定を計画に反映していない取組"),
        "gaps": [] if frozen else _gap_lines(cycle, gaps_of(cycle, language=language())),
        "summary": summary,
        **(_list(summary) if summary else {}),
    }


def _list(summary: dict[str, Any]) -> dict[str, Any]:
    """The measures as a table whose rows begin with number and name."""
    told = summary["list"]
    return {
        "list_columns": [Column(title=head) for head in told["heads"][1:]],
        "list_rows": [[f"{row['number']} {row['name']}", *row["cells"]] for row in told["rows"]],
    }


def _gap_lines(cycle: Cycle, gaps: Gaps) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is missing, each with the measures as addresses where it is mended, and names."""
    told = (
        (gettext("点検・評価を受理していない取組"), gaps.unchecked, "cycle_sheet"),
        (gettext("見直しの決定がない取組"), gaps.undecided, "cycle_decision_of"),
        (gettext("決定を計画に反映していない取組"), gaps.uncarried, "cycle_decision_of"),
    )
    place = (cycle.plan, cycle.fiscal_year)
    return [
        (
            title,
            [
                (reverse(screen, args=[*place, each.number]), f"{each.number} {each.name}")
                for each in heads
            ],
        )
        for title, heads, screen in told
        if heads
    ]


def _summary(cycle: Cycle) -> dict[str, Any] | None:
    """The counts that will be published; None where there is nothing to close."""
    try:
        return summary_told(yearbook(cycle, language=language(), now=system_clock()))
    except NothingToClose:
        return None


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/freeze/", freeze, name="cycle_freeze"),
]
