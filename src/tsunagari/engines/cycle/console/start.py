"""The start page of the plan's years in the console: what waits for whoever looks, the years, opening one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused, open_year
from tsunagari.engines.cycle.console.asked_year import (
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.refusals import refusal, refuse
from tsunagari.engines.cycle.declare import PHASES
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.year_sheets import YearSheets, year_sheets
from tsunagari.engines.cycle.queries.years import cycles, listed_sheets, sheet_counts
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity.api import actor_of, staff_only


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """A year on the start page."""

    cycle: Cycle
    plan: str
    year: str
    phase: str
    sheets: int


@never_cache
@staff_only
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What waits, then the years, then the form that opens one."""
    hand, now = hand_of(request), system_clock()
    heads = {each.code: each for each in plan_api.plan_heads(language(), now=now)}
    listed = cycles()
    counts = sheet_counts(listed, hand, now=now)
    rows = [
        YearRow(
            cycle=each,
            plan=heads[each.plan].short_name if each.plan in heads else each.plan,
            year=year_words(each.fiscal_year),
            phase=said(PHASES[each.phase]),
            sheets=counts[each.pk],
        )
        for each in listed
    ]
    context = {
        "rows": rows,
        "needs": list(needs_of_years(request)),
        "refused": refusal(request),
        "choices": _to_open(heads, listed, FiscalYear.at(now)) if hand.secretariat else [],
    }
    return render(request, "cycle/console/start.html", context)


def _to_open(
    heads: dict[str, plan_api.PlanHead], listed: list[Cycle], running: FiscalYear
) -> list[tuple[str, str]]:
    """Years that can be opened, as a choice: those of plans that run, up to the next one."""
    taken = {(each.plan, each.fiscal_year) for each in listed}
    return [
        (f"{head.code}/{year}", f"{head.short_name} {year_words(year)}")
        for head in heads.values()
        for year in range(head.last_year, head.first_year - 1, -1)
        if (head.code, year) not in taken and year <= running.year + 1
    ]


@require_POST
@staff_only
def open_it(request: HttpRequest) -> HttpResponse:
    """Open a year."""
    plan, _mark, year = request.POST.get("year", "").partition("/")
    if not year.isdecimal() or len(year) != 4:
        words = gettext("開く年度を選んでください。")
        return refuse(request, reverse("cycle_start"), field="id_year", words=words)
    try:
        open_year(plan=plan, year=int(year), hand=hand_of(request), clock=system_clock)
    except NotSecretariat:
        return only_secretariat(request)
    except YearRefused as refused:
        return refuse(request, reverse("cycle_start"), field="id_year", words=str(refused))
    messages.success(
        request,
        gettext("%(year)sを開きました。期限を確かめてから、各課に知らせてください。")
        % {"year": year_words(int(year))},
    )
    return HttpResponseRedirect(reverse("cycle_year", args=[plan, int(year)]))


@tells_needs
def needs_of_years(request: HttpRequest) -> Iterator[Need]:
    """What divisions still have to do, and what waits for the secretariat and the committee, on the console's
    start page."""
    if actor_of(request) is None:
        return
    hand, open_years = hand_of(request), [each for each in cycles() if each.phase != "frozen"]
    heads = plan_api.plan_heads(language(), now=system_clock()) if open_years else ()
    names = {each.code: each.short_name for each in heads}
    for cycle in open_years:
        yield from _needs(cycle, names.get(cycle.plan, cycle.plan), hand)


def _needs(cycle: Cycle, plan: str, hand: Hand) -> Iterator[Need]:
    year = year_sheets(cycle, now=system_clock())
    heads = plan_api.measures_by_id((each.measure for each in year.sheets), language())
    listed = listed_sheets(year, hand, heads)
    asked = _Asked(year=year, of=f"{plan} {year_words(cycle.fiscal_year)}")
    if hand.secretariat:
        waiting = sum(each.waits_for_review for each in listed)
        yield from asked.need(
            waiting,
            ngettext(
                "確認を待つ調書が%(count)d件あります",
                "確認を待つ調書が%(count)d件あります",
                waiting,
            ),
            action=gettext("調書を確かめる"),
            state="review",
        )
    if hand.committee and cycle.phase == "committee":
        yield from asked.need(
            len(listed),
            ngettext(
                "意見を書ける調書が%(count)d件あります",
                "意見を書ける調書が%(count)d件あります",
                len(listed),
            ),
            action=gettext("調書を読む"),
            steps=["opinion"],
        )
    mine = [each for each in listed if each.yours and each.sheet.division == hand.division]
    returned = sum(each.returned for each in mine)
    yield from asked.need(
        returned,
        ngettext(
            "差し戻された調書が%(count)d件あります",
            "差し戻された調書が%(count)d件あります",
            returned,
        ),
        action=gettext("調書を直す"),
        state="returned",
        urgent=True,
    )
    out = [each for each in mine if each.out]
    yield from asked.need(
        len(out),
        ngettext("書く調書が%(count)d件あります", "書く調書が%(count)d件あります", len(out)),
        action=gettext("調書を書く"),
        state="out",
        steps=[step for each in out for step in each.out],
        urgent=any(each.late for each in out),
    )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A year in which somebody has something to do; `of` names it."""

    year: YearSheets
    of: str

    def need(
        self,
        count: int,
        title: str,
        *,
        action: str,
        state: str = "",
        steps: Collection[str] = (),
        urgent: bool = False,
    ) -> Iterator[Need]:
        """What is to be done of `count` sheets, with the first day on which one of the steps is due; nothing
        where there are none."""
        if not count:
            return
        cycle = self.year.cycle
        address = reverse("cycle_year", args=[cycle.plan, cycle.fiscal_year])
        yield Need(
            title=title % {"count": count},
            detail=self._detail(steps),
            address=f"{address}?state={state}" if state else address,
            action=action,
            urgent=urgent,
        )

    def _detail(self, steps: Collection[str]) -> str:
        days = [each.due for each in self.year.steps if each.step in steps and each.due]
        if not days:
            return self.of
        day = format_day(min(days), language=language(), weekday=True)
        told = {"year": self.of, "day": day}
        if min(days) < japan_day(self.year.now):
            return gettext("%(year)s、期限の%(day)sを過ぎています") % told
        return gettext("%(year)s、期限は%(day)s") % told


URLS: list[URLPattern] = [
    path("year/", start, name="cycle_start"),
    path("year/open/", open_it, name="cycle_open"),
]
