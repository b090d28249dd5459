"""前のアドレス: addresses that pages had, or that the city's old site had, and where they lead."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail import hooks

from tsunagari.engines.content.actions.add_address import (
    AddressRefused,
    Leading,
    add_address,
    add_addresses,
    address_fault,
    remove_address,
)
from tsunagari.engines.content.console.desk import hand_of, workbook
from tsunagari.engines.content.models import FormerAddress
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.queries.former import former_addresses
from tsunagari.engines.content.rules.hands import Hand
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.tabular import TableRefused
from tsunagari.kernel.i18n.workbook import read_file
from tsunagari.kernel.identity.api import staff_only

A_PAGE = 50
MOST_FAULTS = 100


def _office(request: HttpRequest) -> Hand:
    hand = hand_of(request)
    if not hand.office:
        raise PermissionDenied
    return hand


def _headers() -> list[str]:
    return [gettext("前のアドレス"), gettext("いまのページのアドレス")]


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def former(request: HttpRequest) -> HttpResponse:
    """All of them with where they lead; POST adds one; ?export takes them out."""
    hand = _office(request)
    typed = Leading(
        old=request.POST.get("old", "").strip()[:600], to=request.POST.get("to", "").strip()[:600]
    )
    error = ""
    if request.method == "POST":
        try:
            add_address(typed, hand=hand, clock=system_clock)
        except AddressRefused as refused:
            error = gettext(str(refused))
        else:
            messages.success(request, gettext("前のアドレスを加えました。"))
            return HttpResponseRedirect(reverse("content_former"))
    words = request.GET.get("q", "").strip()[:200]
    found = former_addresses(words)
    if "export" in request.GET:
        return workbook(gettext("前のアドレス"), _headers(), map(_cells, found[:50_000]))
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    context = {
        "shown": shown,
        "rows": [_row(row) for row in shown],
        "words": words,
        "typed": typed,
        "error": error,
    }
    return render(request, "content/console/former.html", context)


def _row(row: FormerAddress) -> dict[str, Any]:
    now = getattr(row.page, "published", None)
    return {
        "key": row.pk,
        "old": address_of(row.path, row.language),
        "to": address_of(now.path, now.language) if now else "",
        "title": row.page.title,
        "left_at": row.left_at,
    }


def _cells(row: FormerAddress) -> list[str]:
    shown = _row(row)
    return [shown["old"], shown["to"]]


@require_POST
@staff_only
def remove(request: HttpRequest, key: int) -> HttpResponse:
    """Let one lead nowhere."""
    if remove_address(key, hand=_office(request)):
        messages.success(request, gettext("前のアドレスを消しました。"))
    return HttpResponseRedirect(reverse("content_former"))


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Take in a workbook or CSV file of old addresses: all of it, or nothing with the lines that are wrong."""
    hand = _office(request)
    faults: list[str] = []
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        faults = [gettext("ファイルを選んでください。")]
    elif file is not None:
        lines, faults = _lines(file.read())
        if not faults:
            count = add_addresses(lines, hand=hand, clock=system_clock)
            messages.success(
                request, gettext("%(n)d件の前のアドレスを読み込みました。") % {"n": count}
            )
            return HttpResponseRedirect(reverse("content_former"))
    context = {"faults": faults[:MOST_FAULTS], "headers": _headers()}
    return render(request, "content/console/former_load.html", context)


def _lines(data: bytes) -> tuple[list[Leading], list[str]]:
    old, to = _headers()
    try:
        table = read_file(data)
        table.require(old, to)
    except TableRefused as refused:
        return [], [str(refused)]
    lines = [(row.line, Leading(old=row.text(old), to=row.text(to))) for row in table.rows]
    sentence = gettext("%(line)d行目：%(fault)s")
    faults = [
        sentence % {"line": number, "fault": gettext(fault)}
        for number, line in lines
        if (fault := address_fault(line))
    ]
    return [line for _number, line in lines], faults


@hooks.register("register_admin_urls")
def former_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-former/", former, name="content_former"),
        path("page-former/load/", load, name="content_former_load"),
        path("page-former/<int:key>/remove/", remove, name="content_former_remove"),
    ]
