"""年度末照会ゼロ: what a year-end inquiry would have asked, what of it is there, and the hours this saves."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tsunagari.engines.cycle.console.asked_year import (
    asked_cycle,
    hand_of,
    language,
    year_words,
)
from tsunagari.engines.cycle.console.paper_words import as_of, only_readers
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.inquiries import Asked, Inquiry, Item, inquiry
from tsunagari.engines.cycle.queries.year_read import read_year
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.inquiries import (
    DIVISION_SHARE,
    STATES,
    THERE,
    Saved,
    saved,
    saved_words,
)
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only

LOOKS: Final = {
    "metered": "achieved",
    "loaded": "achieved",
    "carried": "on-track",
    "during": "on-track",
    "answered": "neutral",
    "asked": "waiting",
}
"""The looks of <c-status> for states of items."""


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """An item in words, with where its evidence stands."""

    title: str
    words: str
    look: str
    evidence: str
    address: str


@dataclass(frozen=True, kw_only=True)
class MeasureAsked:
    """A measure with its items and counts."""

    quoted: str
    name: str
    address: str
    items: tuple[ItemView, ...]
    there: int


@dataclass(frozen=True, kw_only=True)
class DivisionAsked:
    """A division with its measures and what was counted of them."""

    code: str
    name: str
    told: Saved
    measures: tuple[MeasureAsked, ...]


@never_cache
@staff_only
@require_safe
def inquiries(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """All divisions for whoever reads the whole year, her own for a clerk."""
    cycle, hand, now = asked_cycle(plan, year), hand_of(request), system_clock()
    if not hand.reads_all and hand.role not in ("member", "head"):
        return only_readers(request)
    read = read_year(cycle, now=now, language=language())
    if read is None:
        raise Http404
    found = inquiry(read)
    seen = Inquiry(
        measures=tuple(
            each for each in found.measures if hand.reads_all or hand.division in each.of.answering
        ),
        checked_from=found.checked_from,
    )
    told = seen.saved(cycle.minutes_an_item)
    chosen = request.GET.get("division", "")
    rows = _divisions(seen, cycle, hand)
    context = {
        "cycle": cycle,
        "head": read.head,
        "title": year_words(year),
        "as_of": as_of(now),
        "told": told,
        "sentence": saved_words(told),
        "states": [
            (said(words), LOOKS[state], told.by_state[state]) for state, words in STATES.items()
        ],
        "rows": rows,
        "shown": next(
            (each for each in rows if each.code == chosen), rows[0] if len(rows) == 1 else None
        ),
        "checked_from": format_day(japan_day(found.checked_from), language=language())
        if found.checked_from
        else "",
        "share": f"{DIVISION_SHARE * 100:.0f}",
        "may_set": hand.secretariat and cycle.phase != "frozen",
    }
    return render(request, "cycle/console/inquiries.html", context)


def _divisions(found: Inquiry, cycle: Cycle, hand: Hand) -> list[DivisionAsked]:
    """The divisions that answer the sheets, each with its own measures."""
    by_code: dict[str, list[Asked]] = {}
    for each in found.measures:
        for code in each.of.answering:
            if hand.reads_all or code == hand.division:
                by_code.setdefault(code, []).append(each)
    names = identity.names_of(by_code)
    return [
        DivisionAsked(
            code=code,
            name=names.get(code, code),
            told=saved((i.state for e in asked for i in e.items), cycle.minutes_an_item),
            measures=tuple(_measure(each, cycle) for each in asked),
        )
        for code, asked in by_code.items()
    ]


def _measure(asked: Asked, cycle: Cycle) -> MeasureAsked:
    measure = asked.of.measure
    sheet = reverse("cycle_sheet", args=[cycle.plan, cycle.fiscal_year, measure.number])
    return MeasureAsked(
        quoted=measure.quoted,
        name=measure.name,
        address=sheet,
        items=tuple(_item(each, sheet) for each in asked.items),
        there=sum(each.state in THERE for each in asked.items),
    )


def _item(item: Item, sheet: str) -> ItemView:
    meter = reverse("metering:trace", args=[item.meter]) if item.meter else ""
    return ItemView(
        title=item.title,
        words=said(STATES[item.state]),
        look=LOOKS[item.state],
        evidence=item.evidence or (gettext("内容を見る") if item.state != "asked" else ""),
        address=meter or f"{sheet}#{item.place}",
    )


URLS: list[URLPattern] = [
    path("year/<slug:plan>/<int:year>/inquiries/", inquiries, name="cycle_inquiries"),
]
"""Addresses below /console/."""
