"""読まれ方: what is read, what is sought, where people give up; counted without cookies, and never by person."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks

from tsunagari.engines.content.console.desk import (
    asked_division,
    division_titles,
    edit_address,
    hand_of,
    language_names,
    workbook,
)
from tsunagari.engines.content.models.city_page import address_of
from tsunagari.engines.content.queries.use_of_pages import (
    SHOWN,
    PageUse,
    divisions_with_pages,
    pages_used,
    questions_sent,
    use_of_pages,
)
from tsunagari.engines.content.rules.periods import Days, period
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.workbook import Value
from tsunagari.kernel.identity.api import staff_only
from tsunagari.kernel.search import api as search
from tsunagari.kernel.search.declare import SoughtWords

MOST_WORDS = 1000
"""Words of one language in the workbook."""


@never_cache
@staff_only
@require_safe
def use(request: HttpRequest) -> HttpResponse:
    """One's own division first, the last 30 days; as a workbook with ?export=pages or ?export=words."""
    hand = hand_of(request)
    division = asked_division(request, hand)
    codes = divisions_with_pages()
    names = division_titles({*codes, hand.division})
    if division and division not in names:
        raise Http404
    language = _asked_language(request)
    looked = period(request.GET.get("period", ""), japan_day(system_clock()))
    if request.GET.get("export") == "pages":
        return _pages(pages_used(looked, division=division, language=language), names)
    if request.GET.get("export") == "words":
        return _words(sought(looked.now, language, limit=MOST_WORDS))
    found = use_of_pages(looked, division=division, language=language)
    context = {
        "period": looked,
        "periods": _periods(),
        "asked": {"division": division or "all", "language": language},
        "divisions": _divisions(names, hand.division),
        "languages": [("", gettext("すべての言語")), *language_names().items()],
        "use": found,
        "change": _change(found.reads, found.before),
        "by_language": [
            (language_names().get(code, code), views, _change(views, before))
            for code, views, before in found.languages
        ],
        "most": _rows(found.most, names),
        "hardly": _rows(found.hardly, names),
        "not_helped": _rows(found.not_helped, names),
        "sought": _bars(sought(looked.now, language)),
        "in_vain": _bars(sought(looked.now, language, in_vain=True), in_vain=True),
        "questions": questions_sent(looked.now),
    }
    return render(request, "content/console/use.html", context)


def _asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def _periods() -> list[tuple[str, str]]:
    return [
        ("7", gettext("きのうまでの7日間")),
        ("30", gettext("きのうまでの30日間")),
        ("year", gettext("年度の初めからきのうまで")),
    ]


def _divisions(names: dict[str, str], own: str) -> list[tuple[str, str]]:
    others = sorted((name, code) for code, name in names.items() if code not in ("", own))
    first = [(own, names[own])] if own else []
    return [*first, ("all", gettext("すべての課")), *((code, name) for name, code in others)]


def sought(
    days: Days, language: str, *, in_vain: bool = False, limit: int = SHOWN
) -> list[SoughtWords]:
    """What was sought on the whole site, in one language or in all, the most often first."""
    ask = search.sought_in_vain if in_vain else search.sought
    codes = [language] if language else list(dict(settings.LANGUAGES))
    found = [
        each
        for code in codes
        for each in ask(language=code, first=days.first, last=days.last, limit=limit)
    ]
    found.sort(key=lambda each: (-(each.vain if in_vain else each.number), each.words))
    return found[:limit]


def _bars(found: Iterable[SoughtWords], *, in_vain: bool = False) -> list[dict[str, Any]]:
    rows = [(each, each.vain if in_vain else each.number) for each in found]
    most = max((number for _each, number in rows), default=0)
    return [
        {
            "words": each.words,
            "language": language_names().get(each.language, each.language),
            "number": number,
            "most": most,
            "all": each.number,
            "vain": each.vain,
        }
        for each, number in rows
    ]


def _change(now: int, before: int | None) -> str:
    """The change against the period before in words; "" where it is not known."""
    if before is None:
        return ""
    if not before:
        return gettext("前はなし") if now else ""
    percent = round(100 * (now - before) / before)
    if percent == 0:
        return gettext("変わらず")
    words = gettext("%(n)d%%増") if percent > 0 else gettext("%(n)d%%減")
    return words % {"n": abs(percent)}


def _rows(rows: Iterable[PageUse], names: dict[str, str]) -> list[dict[str, Any]]:
    shown = list(rows)
    most = max((row.reads for row in shown), default=0)
    return [
        {
            "use": row,
            "address": address_of(row.path, row.language),
            "edit": edit_address(row.page),
            "division": names.get(row.division, row.division),
            "language": language_names().get(row.language, row.language),
            "change": _change(row.reads, row.before),
            "most": most,
        }
        for row in shown
    ]


def _pages(rows: list[PageUse], names: dict[str, str]) -> HttpResponse:
    headers = [
        gettext("題名"),
        gettext("アドレス"),
        gettext("言語"),
        gettext("担当する課"),
        gettext("閲覧"),
        gettext("前の期間の閲覧"),
        gettext("役に立った"),
        gettext("役に立たなかった"),
    ]
    lines: list[list[Value]] = [
        [
            row.title,
            address_of(row.path, row.language),
            language_names().get(row.language, row.language),
            names.get(row.division, row.division),
            row.reads,
            row.before,
            row.helped,
            row.not_helped,
        ]
        for row in rows
    ]
    return workbook(gettext("ページの閲覧数"), headers, lines)


def _words(rows: list[SoughtWords]) -> HttpResponse:
    headers = [
        gettext("探された言葉"),
        gettext("言語"),
        gettext("探された回数"),
        gettext("見つからなかった回数"),
    ]
    lines: list[list[Value]] = [
        [row.words, language_names().get(row.language, row.language), row.number, row.vain]
        for row in rows
    ]
    return workbook(gettext("探された言葉"), headers, lines)


@hooks.register("register_admin_urls")
def use_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [path("page-use/", use, name="content_use")]
