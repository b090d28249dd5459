"""Letters to the city as a list: what waits, search, filters, Excel."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, write_workbook
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only
from tsunagari.services.voice.listening.actions.note_reading import note_reading
from tsunagari.services.voice.listening.console.asked import hand_of, language, only_clerks
from tsunagari.services.voice.listening.models import Voice
from tsunagari.services.voice.listening.queries.voices import (
    VoicesAsked,
    readable,
    voices_asked,
    waiting,
)
from tsunagari.services.voice.listening.rules.choices import AGES, CATEGORIES
from tsunagari.services.voice.listening.rules.voice_states import LOOKS, STATES, Due, due_now

PER_PAGE = 50
OF_STATES = {
    "open": _("終わっていないもの"),
    "late": _("期限を過ぎたもの"),
    "all": _("すべて"),
}


@dataclass(frozen=True, kw_only=True)
class VoiceRow:
    """A letter in the list, in words."""

    voice: Voice
    start: str
    state: str
    look: str
    division: str
    due: Due | None


@never_cache
@staff_only
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The letters that she may read, narrowed."""
    hand, now = hand_of(request), system_clock()
    if not hand.staff:
        return only_clerks(request)
    mine = readable(hand, now=now)
    asked = _asked(request)
    page = Paginator(voices_asked(mine, asked, now=now), PER_PAGE).get_page(request.GET.get("page"))
    years = range(FiscalYear.at(now).year, FiscalYear.at(now).year - 5, -1)
    context = {
        "waits": waiting(hand, now=now),
        "office": hand.office,
        "page": page,
        "rows": _rows(list(page.object_list)),
        "asked": {
            "state": asked.state or "all",
            "category": asked.category or "all",
            "year": str(asked.year or "all"),
            "q": asked.words,
        },
        "states": [*OF_STATES.items(), *((key, said(words)) for key, words in STATES.items())],
        "categories": [("all", OF_STATES["all"]), *((k, said(v)) for k, v in CATEGORIES.items())],
        "years": [
            ("all", OF_STATES["all"]),
            *((str(y), format_fiscal_year(FiscalYear(y), language=language())) for y in years),
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, "listening/console/inbox.html", context)


def _asked(request: HttpRequest) -> VoicesAsked:
    state, category = request.GET.get("state", "open"), request.GET.get("category", "")
    year = request.GET.get("year", "")
    return VoicesAsked(
        state="" if state == "all" else state if state in (*OF_STATES, *STATES) else "open",
        category=category if category in CATEGORIES else "",
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        words=request.GET.get("q", "").replace("\0", "")[:100],
    )


def _rows(voices: list[Voice]) -> list[VoiceRow]:
    now = system_clock()
    codes = {each.division for each in voices if each.division}
    year = FiscalYear.at(now)
    names = identity.names_of_heirs(codes, year, language()) if codes else {}
    return [
        VoiceRow(
            voice=each,
            start=" ".join(each.text.split())[:60] or gettext("（消去済み）"),
            state=said(STATES[each.state]),
            look=LOOKS[each.state],
            division="・".join(names.get(each.division, ())),
            due=due_now(each.due, each.state, now),
        )
        for each in voices
    ]


@require_POST
@staff_only
def export(request: HttpRequest) -> HttpResponse:
    """The list as an Excel file; with the senders where she asks for them, which is recorded."""
    hand, now = hand_of(request), system_clock()
    if not hand.staff:
        return only_clerks(request)
    voices = list(voices_asked(readable(hand, now=now), _asked(request), now=now))
    senders = "senders" in request.POST
    if senders:
        people = sum(bool(each.name or each.mail) for each in voices)
        note_reading(subject=hand.actor, people=people, exported=True, hand=hand)
    headers = _headers(senders=senders)
    rows = [_cells(row, senders=senders) for row in _rows(voices)]
    data = write_workbook(headers, rows, title=gettext("市民の声"))
    response = HttpResponse(data, content_type=WORKBOOK_TYPE)
    name = f"{gettext('市民の声')}_{japan_day(now):%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def _headers(*, senders: bool) -> list[str]:
    headers = [
        gettext("受付番号"),
        gettext("受付日"),
        gettext("状態"),
        gettext("担当の課"),
        gettext("期限"),
        gettext("分野"),
        gettext("声"),
        gettext("回答"),
        gettext("回答を望む"),
        gettext("公開してよい"),
    ]
    return (
        [*headers, gettext("名前"), gettext("メールアドレス"), gettext("年齢")]
        if senders
        else headers
    )


def _cells(row: VoiceRow, *, senders: bool) -> list[str | int | date | None]:
    voice = row.voice
    yes = {True: gettext("はい"), False: gettext("いいえ")}
    cells: list[str | int | date | None] = [
        voice.number,
        japan_day(voice.received_at),
        row.state,
        row.division,
        voice.due,
        said(CATEGORIES[voice.category]) if voice.category else "",
        voice.text,
        voice.answer,
        yes[voice.wants_answer],
        yes[voice.may_publish],
    ]
    if senders:
        cells += [voice.name, voice.mail, said(AGES[voice.age]) if voice.age else ""]
    return cells


def inbox_at(state: str) -> str:
    """The address of the list narrowed to a state."""
    return f"{reverse('listening_inbox')}?state={state}"


URLS: list[URLPattern] = [
    path("listening/", inbox, name="listening_inbox"),
    path("listening/export/", export, name="listening_export"),
]
"""Addresses below /console/."""
