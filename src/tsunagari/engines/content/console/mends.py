"""まとめて直す: one mend for many pages, looked at page by page before it is made."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail import hooks

from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.actions.choose_mends import (
    NotReady,
    begin_mends,
    choose_mends,
    drop_mends,
)
from tsunagari.engines.content.console.desk import (
    division_titles,
    edit_address,
    hand_of,
    round_words,
)
from tsunagari.engines.content.models import PlannedMend, Round
from tsunagari.engines.content.queries.mends import outcomes, plan_counts
from tsunagari.engines.content.rules.checking import all_rules
from tsunagari.engines.content.rules.difference import stretches
from tsunagari.engines.content.rules.hosts import Unaskable, host_and_port
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only

A_PAGE = 50


@require_POST
@staff_only
def plan(request: HttpRequest) -> HttpResponse:
    """Prepare the preview of a rule's mends, or of one address in place of another."""
    rule, before = request.POST.get("rule", ""), request.POST.get("before", "").strip()[:1000]
    after = request.POST.get("after", "").strip()[:1000]
    if rule and rule not in {each.id for each in all_rules()}:
        raise Http404
    if not rule and not (before and _leads_somewhere(after)):
        messages.error(
            request,
            gettext("新しいアドレスは、https:// か / から始まる形で書いてください。"),
        )
        return HttpResponseRedirect(reverse("content_links"))
    held = ask_round(
        Round.Kinds.MEND,
        hand=hand_of(request),
        clock=system_clock,
        account=request.user,
        rule=rule,
        before="" if rule else before,
        after="" if rule else after,
    )
    return HttpResponseRedirect(reverse("content_mend", args=[held.public_id]))


def _leads_somewhere(address: str) -> bool:
    if address.startswith("/") and not address.startswith("//"):
        return True
    try:
        host_and_port(address)
    except Unaskable:
        return False
    return True


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plan: being prepared, to be looked at, being made, or done. POST keeps ticks and begins or drops it."""
    held = _held(request, public_id)
    if request.method == "POST":
        return _decide(request, held)
    shown = Paginator(_rows(request, held), A_PAGE).get_page(request.GET.get("p"))
    names = division_titles(row.division for row in shown)
    titles = {rule.id: gettext(rule.title) for rule in all_rules()}
    context = {
        "held": held,
        "round": round_words(held),
        "what": titles.get(held.rule, ""),
        "shown": shown,
        "rows": [_row(row, names) for row in shown],
        "counts": plan_counts(held),
        "outcomes": outcomes(held),
        "office": hand_of(request).office,
        "outcome": request.GET.get("outcome", ""),
    }
    return render(request, "content/console/mend.html", context)


def _held(request: HttpRequest, public_id: str) -> Round:
    hand = hand_of(request)
    held = Round.objects.filter(public_id=public_id, kind=Round.Kinds.MEND).first()
    if held is None or not (hand.office or held.actor == hand.actor):
        raise Http404
    return held


def _rows(request: HttpRequest, held: Round) -> Any:
    outcome = request.GET.get("outcome", "")
    return held.mends.filter(outcome=outcome) if outcome else held.mends.all()


def _row(row: PlannedMend, names: dict[str, str]) -> dict[str, Any]:
    return {
        "key": row.pk,
        "title": row.title,
        "address": edit_address(row.page_id, row.part),
        "division": names[row.division],
        "stretches": stretches(row.was, row.becomes),
        "chosen": row.chosen,
        "outcome": row.get_outcome_display() if row.outcome else "",
        "made": row.outcome in ("draft", "published", "refused", "unfinished"),
    }


def _decide(request: HttpRequest, held: Round) -> HttpResponse:
    here = reverse("content_mend", args=[held.public_id])
    if held.actor != hand_of(request).actor:
        raise Http404
    try:
        _keep_ticks(request, held)
        verb = request.POST.get("verb", "")
        if verb == "drop":
            drop_mends(held)
            messages.success(request, gettext("何も変えずにやめました。"))
            return HttpResponseRedirect(reverse("content_check"))
        if verb in ("draft", "publish"):
            begin_mends(held, publishes=verb == "publish" and hand_of(request).office)
            messages.success(request, gettext("直し始めます。この画面を離れてもかまいません。"))
            return HttpResponseRedirect(here)
    except NotReady:
        messages.info(request, gettext("もう始まっているか、終わっています。"))
        return HttpResponseRedirect(here)
    following = request.POST.get("p", "")
    return HttpResponseRedirect(f"{here}?p={following}" if following.isdecimal() else here)


def _keep_ticks(request: HttpRequest, held: Round) -> None:
    shown = [int(key) for key in request.POST.getlist("shown") if key.isdecimal()]
    ticked = [int(key) for key in request.POST.getlist("ticked") if key.isdecimal()]
    choose_mends(held, shown=shown, ticked=ticked)


@hooks.register("register_admin_urls")
def mend_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-check/mend/", plan, name="content_mend_plan"),
        path("page-check/mend/<str:public_id>/", mend, name="content_mend"),
    ]
