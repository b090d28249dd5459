"""ページの点検: what the rules found, by rule, by division, by page; each row leads to the editor at the fault."""

from typing import Any

from django.contrib import messages
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
from tsunagari.engines.content.models import Finding, Round
from tsunagari.engines.content.queries.findings import (
    LEVELS,
    Asked,
    ByRule,
    by_division,
    by_rule,
    checked_at,
    findings,
    last_check,
)
from tsunagari.engines.content.rules.checking import all_rules
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import staff_only

A_PAGE = 50
MOST_ROWS = 50_000
"""Rows of a workbook."""


def level_words() -> dict[str, str]:
    """What a screen calls each level."""
    return {
        "A": pgettext("level of a fault", "A 公開できない"),
        "AA": pgettext("level of a fault", "AA 直す"),
        "advice": pgettext("level of a fault", "よりよくする"),
    }


@never_cache
@staff_only
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """One's own division first: which rules found something, on how many pages."""
    hand = hand_of(request)
    asked = _asked(request)
    divisions = by_division(Asked())
    names = division_titles([*divisions, hand.division])
    context = {
        "hand": hand,
        "asked": asked,
        "rows": [_rule_row(each) for each in by_rule(asked)],
        "levels": _links(request, "level", [("", gettext("すべて")), *level_words().items()]),
        "divisions": _divisions(request, hand.division, divisions, names),
        "division": names.get(asked.division, asked.division) if asked.division else "",
        "checked_at": checked_at(),
        "round": round_words(last_check()),
    }
    return render(request, "content/console/check.html", context)


def _asked(request: HttpRequest, rule: str = "") -> Asked:
    level = request.GET.get("level", "")
    return Asked(
        division=asked_division(request, hand_of(request)),
        rule=rule or request.GET.get("rule", "")[:60],
        level=level if level in LEVELS else "",
        words=request.GET.get("q", "").strip()[:100],
        live="live" in request.GET,
    )


def _links(request: HttpRequest, name: str, choices: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Filters as links: each keeps what else is asked for."""
    present = request.GET.get(name, "")
    links = []
    for value, words in choices:
        query = request.GET.copy()
        query.pop("p", None)
        query[name] = value
        links.append({"href": f"?{query.urlencode()}", "words": words, "current": value == present})
    return links


def _divisions(
    request: HttpRequest, own: str, counts: dict[str, int], names: dict[str, str]
) -> list[dict[str, Any]]:
    others = [code for code in counts if code not in (own, "")]
    choices = [("", names.get(own, own)), ("all", gettext("すべての課"))]
    choices += [(code, names[code]) for code in others]
    links = _links(request, "division", choices)
    for link, (code, _words) in zip(links, choices, strict=True):
        link["count"] = sum(counts.values()) if code == "all" else counts.get(code or own, 0)
    return links


def _rule_row(found: ByRule) -> dict[str, Any]:
    return {
        "id": found.rule.id,
        "title": gettext(found.rule.title),
        "why": gettext(found.rule.why),
        "level": level_words()[found.level],
        "kind": {"A": "late", "AA": "waiting"}.get(found.level, "neutral"),
        "pages": found.pages,
        "places": found.places,
        "mendable": found.mendable,
    }


@never_cache
@staff_only
@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """The pages on which something was found; as a workbook with ?export."""
    asked = _asked(request)
    found = findings(asked)
    titles = {rule.id: rule for rule in all_rules()}
    if "export" in request.GET:
        return _export(found[:MOST_ROWS], titles)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    names = division_titles(each.division for each in shown)
    rule = titles.get(asked.rule)
    query = request.GET.copy()
    query["export"] = "1"
    context = {
        "asked": asked,
        "shown": shown,
        "rows": [_page_row(each, titles, names) for each in shown],
        "rule": rule,
        "rule_title": gettext(rule.title) if rule else "",
        "rule_why": gettext(rule.why) if rule else "",
        "export": f"?{query.urlencode()}",
        "divisions": _divisions(
            request,
            hand_of(request).division,
            by_division(Asked(rule=asked.rule, level=asked.level)),
            division_titles([*by_division(Asked()), hand_of(request).division]),
        ),
    }
    return render(request, "content/console/check_pages.html", context)


def _page_row(found: Finding, titles: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    rule = titles.get(found.rule)
    return {
        "title": found.page.draft_title or found.page.title,
        "address": edit_address(found.page_id, found.part),
        "rule": gettext(rule.title) if rule else found.rule,
        "level": level_words().get(found.level, found.level),
        "found": found.found,
        "count": found.count,
        "division": names[found.division],
        "live": found.live,
        "since": found.since,
    }


def _export(found: Any, titles: dict[str, Any]) -> HttpResponse:
    rows = list(found)
    names = division_titles(each.division for each in rows)
    headers = [
        gettext("担当する課"),
        pgettext("kind of page", "ページ"),
        gettext("レベル"),
        gettext("きまり"),
        gettext("見つかった文字"),
        gettext("数"),
        gettext("公開"),
    ]
    levels = level_words()
    lines = [
        [
            names[each.division],
            each.page.draft_title or each.page.title,
            levels.get(each.level, each.level),
            gettext(titles[each.rule].title) if each.rule in titles else each.rule,
            each.found,
            each.count,
            gettext("公開中") if each.live else gettext("下書き"),
        ]
        for each in rows
    ]
    return workbook(gettext("ページの点検"), headers, lines)


@require_POST
@staff_only
def start(request: HttpRequest) -> HttpResponse:
    """Have all pages checked now."""
    ask_round(Round.Kinds.CHECK, hand=hand_of(request), clock=system_clock)
    messages.success(request, gettext("点検を始めます。この画面を離れてもかまいません。"))
    return HttpResponseRedirect(reverse("content_check"))


@never_cache
@staff_only
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule: what it is called, its level, why, and where it comes from."""
    levels = level_words()
    rows = [
        {
            "id": rule.id,
            "title": gettext(rule.title),
            "level": levels[rule.level],
            "kind": {"A": "late", "AA": "waiting"}.get(rule.level, "neutral"),
            "why": gettext(rule.why),
            "source": rule.source,
        }
        for rule in all_rules()
    ]
    return render(request, "content/console/rules.html", {"rows": rows})


@hooks.register("register_admin_urls")
def check_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-check/", check, name="content_check"),
        path("page-check/pages/", pages, name="content_check_pages"),
        path("page-check/start/", start, name="content_check_start"),
        path("page-check/rules/", rules, name="content_rules"),
    ]
