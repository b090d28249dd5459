"""Hints: what is worth a second look in a year, with the rule that found it; setting one aside with a reason."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tsunagari.engines.cycle.actions.open_year import NotSecretariat
from tsunagari.engines.cycle.actions.set_hint_aside import (
    LONGEST,
    HintKey,
    HintRefused,
    set_hint_aside,
    show_hint_again,
)
from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    only_secretariat,
    year_words,
)
from tsunagari.engines.cycle.console.paper_words import as_of, only_readers, public_address
from tsunagari.engines.cycle.models import Cycle, HintSetAside
from tsunagari.engines.cycle.queries.hints import Hint, all_hints
from tsunagari.engines.cycle.queries.year_read import read_year
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only


@dataclass(frozen=True, kw_only=True)
class HintView:
    """A hint with the page where its figure or text stands. `error` and `typed` are of a refused setting
    aside."""

    hint: Hint
    address: str
    key: str
    typed: str = ""
    error: str = ""


def hint_view(hint: Hint, cycle: Cycle, *, typed: str = "", error: str = "") -> HintView:
    """A hint as a screen shows it."""
    sheet = reverse("cycle_sheet", args=[cycle.plan, cycle.fiscal_year, hint.number])
    page = public_address(cycle.plan, hint.number)
    return HintView(
        hint=hint,
        address=f"{page}#judged-{hint.order}"
        if hint.order and hint.kind != "afterwards"
        else sheet,
        key=f"{hint.kind}-{hint.thing}".replace(".", "-"),
        typed=typed,
        error=error,
    )


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def hints(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """All hints for the secretariat, those of her measures for a clerk; POST sets one aside."""
    cycle, hand = asked_cycle(plan, year), hand_of(request)
    if hand.role not in ("secretariat", "member", "head"):
        return only_readers(request)
    if request.method != "POST":
        return _show(request, cycle, hand)
    key = HintKey(**{name: request.POST.get(name, "")[:60] for name in ("kind", "thing", "seen")})
    reason = request.POST.get("reason", "")
    try:
        done = set_hint_aside(plan=plan, key=key, reason=reason, hand=hand, clock=system_clock)
    except NotSecretariat:
        return only_secretariat(request)
    except HintRefused as refused:
        return _show(request, cycle, hand, refused=(key, reason, str(refused)))
    if done:
        messages.success(
            request, gettext("確認済みにしました。もとになる数値や文章が変わると、また出ます。")
        )
    else:
        messages.info(request, gettext("もう、確認済みになっています。"))
    return HttpResponseRedirect(reverse("cycle_hints", args=[plan, year]))


def _show(
    request: HttpRequest,
    cycle: Cycle,
    hand: Hand,
    *,
    refused: tuple[HintKey, str, str] | None = None,
) -> HttpResponse:
    now = system_clock()
    read = read_year(cycle, now=now, language=language())
    if read is None:
        raise Http404
    seen = [each for each in all_hints(read) if hand.works_for(each.divisions)]
    views = [_view(each, cycle, refused) for each in seen]
    standing = [each for each in views if each.hint.aside is None]
    context = {
        "cycle": cycle,
        "head": read.head,
        "title": year_words(cycle.fiscal_year),
        "as_of": as_of(now),
        "groups": [
            (kind, list(each)) for kind, each in groupby(standing, key=lambda v: v.hint.title)
        ],
        "count": len(standing),
        "aside": [each for each in views if each.hint.aside] if hand.secretariat else [],
        "secretariat": hand.secretariat,
        "longest": LONGEST,
        "errors": [(f"#reason-{each.key}", each.error) for each in standing if each.error],
    }
    return render(request, "cycle/console/hints.html", context)


def _view(hint: Hint, cycle: Cycle, refused: tuple[HintKey, str, str] | None) -> HintView:
    if refused and refused[0] == HintKey(kind=hint.kind, thing=hint.thing, seen=hint.seen):
        return hint_view(hint, cycle, typed=refused[1], error=refused[2])
    return hint_view(hint, cycle)


@require_POST
@staff_only
def again(request: HttpRequest, plan: str, year: int, aside: str) -> HttpResponse:
    """Show a hint again that was set aside."""
    asked_cycle(plan, year)
    try:
        done = show_hint_again(aside=aside, hand=hand_of(request), clock=system_clock)
    except NotSecretariat:
        return only_secretariat(request)
    except HintSetAside.DoesNotExist as gone:
        raise Http404 from gone
    if done:
        messages.success(request, gettext("もう一度表示します。"))
    else:
        messages.info(request, gettext("もう表示されています。"))
    return HttpResponseRedirect(reverse("cycle_hints", args=[plan, year]))


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/hints/", hints, name="cycle_hints"),
    path("year/<slug:plan>/<int:year>/hints/<str:aside>/again/", again, name="cycle_hint_again"),
]
"""Addresses below /console/."""
