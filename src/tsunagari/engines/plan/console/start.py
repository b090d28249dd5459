"""The plan's start page in the console: what waits, and the plans."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache

from tsunagari.engines.plan.console.editing import may_edit
from tsunagari.engines.plan.queries.board import PlanHead
from tsunagari.engines.plan.queries.desk_list import (
    WAITS,
    ListedPlan,
    listed_plans,
    waiting_briefly,
)
from tsunagari.engines.plan.queries.plans import plan_heads
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.identity.api import acting, actor_of, staff_only


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """A plan on the start page; `mine` counts measures of the acting division."""

    code: str
    name: str
    years: str
    ended: bool
    measures: int
    mine: int


@never_cache
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the secretariat, then the plans with their counts."""
    now, actor = system_clock(), acting(request)
    listed = listed_plans(division=actor.division, now=now)
    by_code = {each.board.head.code: each for each in listed}
    rows = [
        PlanRow(
            code=head.code,
            name=head.name,
            years=gettext("%(first)sから%(last)sまで")
            % {
                "first": format_fiscal_year(FiscalYear(head.first_year), language="ja"),
                "last": format_fiscal_year(FiscalYear(head.last_year), language="ja"),
            },
            ended=head.ended,
            measures=len(by_code[head.code].measures) if head.code in by_code else 0,
            mine=sum(each.mine for each in by_code[head.code].measures)
            if head.code in by_code
            else 0,
        )
        for head in plan_heads("ja", now=now)
    ]
    context = {"plans": rows, "needs": list(_waiting(listed)), "may_edit": may_edit(actor)}
    return render(request, "plan/console/start.html", context)


def _waiting(plans: tuple[ListedPlan, ...]) -> Iterator[Need]:
    for plan in plans:
        for what in WAITS:
            count = plan.waiting(what)
            if count:
                yield _need(plan.board.head, what, count)


def _need(head: PlanHead, what: str, count: int) -> Need:
    title = {
        "no_figures": ngettext(
            "実績の数値がない取組が%(count)d件あります",
            "実績の数値がない取組が%(count)d件あります",
            count,
        ),
        "to_set": ngettext(
            "指標を決める年度になった取組が%(count)d件あります",
            "指標を決める年度になった取組が%(count)d件あります",
            count,
        ),
        "target_open": ngettext(
            "目標値が検討中の取組が%(count)d件あります",
            "目標値が検討中の取組が%(count)d件あります",
            count,
        ),
        "outdated": ngettext(
            "日本語が変わり、英語が古くなった取組が%(count)d件あります",
            "日本語が変わり、英語が古くなった取組が%(count)d件あります",
            count,
        ),
    }[what]
    return Need(
        title=title % {"count": count},
        detail=head.short_name,
        address=f"{reverse('plan_console_plan', args=[head.code])}?{urlencode({'waits': what})}",
        action=gettext("取組を見る"),
    )


@tells_needs
def needs_of_plan(request: HttpRequest) -> Iterator[Need]:
    """English that has grown old and indicators whose year has come, on the console's start page."""
    actor = actor_of(request)
    if actor is None or not may_edit(actor):
        return
    now = system_clock()
    waiting = waiting_briefly(now=now)
    for head in plan_heads("ja", now=now):
        for what, count in waiting[head.code].items():
            if count:
                yield _need(head, what, count)


URLS: list[URLPattern] = [path("plan/", index, name="plan_console")]
