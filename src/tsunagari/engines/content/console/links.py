"""切れたリンク: addresses that lead nowhere, on which pages they stand, and one address for another on all of them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.console.desk import (
    asked_division,
    division_titles,
    edit_address,
    hand_of,
    round_words,
    workbook,
)
from tsunagari.engines.content.models import Round
from tsunagari.engines.content.queries.links import DeadLink, dead_links, last_asking, link_counts
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only

A_PAGE = 30


@never_cache
@staff_only
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """One's own division first."""
    hand = hand_of(request)
    division = asked_division(request, hand)
    words = request.GET.get("q", "").strip()[:200]
    found = dead_links(division, words)
    names = division_titles(use.division for each in found for use in each.uses)
    if "export" in request.GET:
        return _export(found, names)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    context = {
        "shown": shown,
        "rows": [_row(each, names) for each in shown],
        "own": bool(division),
        "everywhere": not division,
        "division": division_titles([hand.division])[hand.division],
        "words": words,
        "counts": link_counts(),
        "nightly": settings.CHECK_LINKS,
        "office": hand.office,
        "round": round_words(last_asking()),
    }
    return render(request, "content/console/links.html", context)


def _row(each: DeadLink, names: dict[str, str]) -> dict[str, Any]:
    return {
        "address": each.address,
        "outward": not each.fault,
        "why": each.fault or status_words(each.status),
        "since": each.since,
        "uses": [
            {
                "title": use.page.title,
                "address": edit_address(use.page_id, use.part),
                "text": use.text,
                "division": names[use.division],
            }
            for use in each.uses
        ],
    }


def status_words(status: int | None) -> str:
    """What an address answered."""
    if status == 0:
        return gettext("答えがありません")
    if status in (404, 410):
        return gettext("ページがありません（%(status)d）") % {"status": status}
    return gettext("開けません（%(status)s）") % {"status": status}


def _export(found: list[DeadLink], names: dict[str, str]) -> HttpResponse:
    headers = [
        gettext("アドレス"),
        gettext("わけ"),
        pgettext("kind of page", "ページ"),
        gettext("リンクの言葉"),
        gettext("担当する課"),
    ]
    rows = [
        [
            each.address,
            each.fault or status_words(each.status),
            use.page.title,
            use.text,
            names[use.division],
        ]
        for each in found
        for use in each.uses
    ]
    return workbook(gettext("切れたリンク"), headers, rows)


@require_POST
@staff_only
def ask(request: HttpRequest) -> HttpResponse:
    """Ask every outward address now: the office, after it said that other hosts may be asked."""
    hand = hand_of(request)
    if not hand.office:
        raise PermissionDenied
    if "sure" not in request.POST:
        messages.error(request, gettext("「ほかのサイトに問い合わせる」にしるしを付けてください。"))
    else:
        ask_round(Round.Kinds.LINKS, hand=hand, clock=system_clock)
        messages.success(request, gettext("確認を始めます。この画面を離れてもかまいません。"))
    return HttpResponseRedirect(reverse("content_links"))


@hooks.register("register_admin_urls")
def link_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-links/", links, name="content_links"),
        path("page-links/ask/", ask, name="content_links_ask"),
    ]
