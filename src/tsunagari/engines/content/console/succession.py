"""組織変更: the pages of a division go to the division that does its work now."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail import hooks

from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.console.desk import (
    division_titles,
    hand_of,
    language_names,
    round_words,
)
from tsunagari.engines.content.declare import KINDS
from tsunagari.engines.content.models import Round
from tsunagari.engines.content.queries.succession import counted, divisions_with_pages
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def succession(request: HttpRequest) -> HttpResponse:
    """Choose a division and who does its work now, see what would change, then have it done."""
    hand = hand_of(request)
    if not hand.office:
        raise PermissionDenied
    said = request.POST if request.method == "POST" else request.GET
    before, after = said.get("before", "")[:50], said.get("after", "")[:50]
    year = FiscalYear.at(system_clock())
    living = {each.code: each.name for each in identity.divisions(year, get_language() or "ja")}
    old = divisions_with_pages()
    names = division_titles([*old, *living, before])
    error = _error(before, after, set(living))
    if request.method == "POST" and not error:
        ask_round(
            Round.Kinds.HAND_OVER,
            hand=hand,
            clock=system_clock,
            account=request.user,
            before=before,
            after=after,
        )
        messages.success(request, gettext("引き継ぎを始めます。終わると、下の記録に出ます。"))
        return HttpResponseRedirect(reverse("content_succession"))
    heirs = identity.heirs([before], year)[before] if before else ()
    rounds = Round.objects.filter(kind=Round.Kinds.HAND_OVER).order_by("-pk")[:20]
    done = division_titles([code for each in rounds for code in (each.before, each.after)])
    context = {
        "before": before,
        "after": after or (heirs[0] if len(heirs) == 1 and heirs[0] != before else ""),
        "before_name": names.get(before, before),
        "after_name": names.get(after, after),
        "ended": [(code, names[code]) for code in old if code not in living],
        "choices": [(code, names[code]) for code in old],
        "living": list(living.items()),
        "preview": _preview(before) if before and after and not error else None,
        "error": error if after else "",
        "rounds": [
            {**(round_words(each) or {}), "before": done[each.before], "after": done[each.after]}
            for each in rounds
        ],
    }
    return render(request, "content/console/succession.html", context)


def _preview(before: str) -> list[tuple[str, str, int, int]]:
    names, kinds = language_names(), {str(kind): title for kind, title in KINDS.items()}
    return [
        (
            gettext(kinds[each.kind]),
            names.get(each.language, each.language),
            each.own,
            each.contacts,
        )
        for each in counted(before)
    ]


def _error(before: str, after: str, living: set[str]) -> str:
    if not before or not after:
        return gettext("前の課と新しい課を選んでください。")
    if before == after:
        return gettext("前の課と新しい課が同じです。")
    if after not in living:
        return gettext("新しい課は、いまある課から選んでください。")
    return ""


@hooks.register("register_admin_urls")
def succession_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [path("page-succession/", succession, name="content_succession")]
