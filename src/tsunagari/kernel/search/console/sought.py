"""探された言葉: what people sought, most often and in vain, by month; from there to a synonym or an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day, month_start
from tsunagari.kernel.i18n.eras import format_month
from tsunagari.kernel.identity.api import staff_only
from tsunagari.kernel.search import api
from tsunagari.kernel.search.console.desk import language_in, may_edit, workbook
from tsunagari.kernel.search.forms import LANGUAGES

A_PAGE = 50
MOST = 1000
MONTHS = 13
"""So long are days kept (actions/prune_sought.py)."""
LATELY = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Period:
    """From one day to another, with both."""

    first: date
    last: date


@never_cache
@staff_only
@require_safe
def sought(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """What was sought in vain; with `?show=all` what was sought most. As a workbook with `?export`."""
    today = japan_day(clock())
    language, month = language_in(request), request.GET.get("month", "")
    months = dict(_months(today))
    period = _period(month if month in months else "", today)
    everything = request.GET.get("show") == "all"
    ask = api.sought if everything else api.sought_in_vain
    rows = ask(language=language, first=period.first, last=period.last, limit=MOST)
    if "export" in request.GET:
        headers = [gettext("言葉"), gettext("探された回数"), gettext("見つからなかった回数")]
        return workbook(
            gettext("探された言葉"), headers, ([r.words, r.number, r.vain] for r in rows)
        )
    context = {
        "shown": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "everything": everything,
        "language": language,
        "languages": LANGUAGES,
        "month": month if month in months else "",
        "months": [("", gettext("この30日")), *months.items()],
        "office": may_edit(request),
        "writing": _writing(),
        "sources": api.status(),
    }
    return render(request, "search/console/sought.html", context)


def _months(today: date) -> Iterator[tuple[str, str]]:
    """The last thirteen months, the newest first."""
    month = month_start(today)
    for _ in range(MONTHS):
        yield f"{month:%Y-%m}", format_month(month, language=get_language() or "ja")
        month = month_start(month - timedelta(days=1))


def _period(month: str, today: date) -> Period:
    if not month:
        return Period(first=today - LATELY, last=today)
    first = date.fromisoformat(f"{month}-01")
    return Period(first=first, last=month_start(first + timedelta(days=31)) - timedelta(days=1))


def _writing() -> str:
    """Where a text that answers is begun; "" where no source begins one on this side."""
    for source in api.declared():
        try:
            if source.writing:
                return reverse(source.writing)
        except NoReverseMatch:
            continue
    return ""


@hooks.register("register_admin_urls")
def sought_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [path("search-words/", sought, name="search_sought")]
