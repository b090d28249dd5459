"""確かめる時期のページ: pages that nobody of the division has looked at for a year."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from tsunagari.engines.content.actions.confirm_page import NotYours, confirm_page
from tsunagari.engines.content.console.desk import (
    asked_division,
    division_titles,
    edit_address,
    hand_of,
    workbook,
)
from tsunagari.engines.content.models import Published
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.queries.reviews import (
    reviewed_in,
    to_review,
    views_of,
    waiting_by_division,
)
from tsunagari.engines.content.queries.versions import page_known_as
from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.identity.api import actor_of, staff_only

A_PAGE = 50


@never_cache
@staff_only
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """One's own division first, the oldest first; as a workbook with ?export."""
    hand, now = hand_of(request), system_clock()
    division = asked_division(request, hand)
    found = to_review(now, division)
    words = request.GET.get("q", "").strip()[:100]
    if words:
        found = found.filter(title__icontains=words)
    if "export" in request.GET:
        return _export(found)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    waiting = waiting_by_division(now)
    year = FiscalYear.at(now)
    done = reviewed_in(year)
    names = division_titles([*waiting, *done, hand.division])
    views = views_of((row.public_id for row in shown), japan_day(now))
    context = {
        "shown": shown,
        "rows": [_row(request, row, names, views) for row in shown],
        "views": views is not None,
        "words": words,
        "divisions": _divisions(division, hand.division, waiting, names),
        "year": format_fiscal_year(year, language=get_language() or "ja"),
        "numbers": [
            (names[code], done.get(code, 0), waiting.get(code, 0))
            for code in sorted({*done, *waiting})
        ],
    }
    return render(request, "content/console/reviews.html", context)


def _divisions(
    present: str, own: str, counts: dict[str, int], names: dict[str, str]
) -> list[dict[str, Any]]:
    codes = [own, "all", *(code for code in counts if code not in (own, ""))]
    return [
        {
            "href": f"?division={code}",
            "words": gettext("すべての課") if code == "all" else names.get(code, code),
            "count": sum(counts.values()) if code == "all" else counts.get(code, 0),
            "current": (code == "all" and not present) or code == present,
        }
        for code in codes
    ]


def _row(request: HttpRequest, row: Any, names: dict[str, str], views: Any) -> dict[str, Any]:
    return {
        "public_id": row.public_id,
        "title": row.title,
        "address": address_of(row.path, row.language),
        "edit": edit_address(row.page_id),
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[row.page_id]),
        "division": names.get(row.division, row.division),
        "seen_on": row.seen_on,
        "views": views.get(row.public_id, 0) if views is not None else None,
        "mine": hand_of(request).answers_for(row.division),
        "heads": hand_of(request).heads(row.division),
    }


def _export(found: Any) -> HttpResponse:
    rows = list(found[:50_000])
    names = division_titles(row.division for row in rows)
    headers = [
        gettext("担当する課"),
        gettext("題名"),
        gettext("アドレス"),
        gettext("最後に確かめた日"),
    ]
    lines = [
        [names[row.division], row.title, address_of(row.path, row.language), row.seen_on]
        for row in rows
    ]
    return workbook(gettext("確かめる時期のページ"), headers, lines)


@require_POST
@staff_only
def right(request: HttpRequest, public_id: str) -> HttpResponse:
    """内容は正しい."""
    page = page_known_as(public_id)
    if page is None or not Published.objects.filter(page_id=page.pk).exists():
        raise Http404
    try:
        confirm_page(page, hand=hand_of(request), clock=system_clock)
    except NotYours as foreign:
        raise Http404 from foreign
    messages.success(
        request,
        gettext("「%(title)s」を、今日確かめたと記録しました。") % {"title": page.title},
    )
    back = request.POST.get("back", "")
    fits = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if fits and back else reverse("content_reviews"))


@tells_needs
def pages_to_review(request: HttpRequest) -> Iterator[Need]:
    """How many pages of the division wait to be looked at."""
    actor = actor_of(request)
    if actor is None or not actor.division:
        return
    waiting = to_review(system_clock(), actor.division).count()
    if waiting:
        yield Need(
            title=ngettext(
                "1年確かめていないページが%(n)d件あります",
                "1年確かめていないページが%(n)d件あります",
                waiting,
            )
            % {"n": waiting},
            detail=gettext("内容が今も正しいかを読んで確かめてください。"),
            address=reverse("content_reviews"),
            action=gettext("ページを確かめる"),
        )


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-reviews/", reviews, name="content_reviews"),
        path("page-reviews/<str:public_id>/right/", right, name="content_review_right"),
    ]
