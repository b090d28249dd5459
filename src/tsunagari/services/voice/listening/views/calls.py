"""Calls for comments: the list, one of them, its documents, results and closing day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import day_start
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import write_table
from tsunagari.services.voice.listening.queries.calls import (
    Listed,
    documents_of,
    kept_file,
    public_call,
    public_calls,
    results_of,
)
from tsunagari.services.voice.listening.rules.calendar import closing_event
from tsunagari.services.voice.listening.rules.calls import LOOKS, PHASES, closing, opening, steps
from tsunagari.services.voice.listening.rules.choices import ANSWERS
from tsunagari.services.voice.listening.service import CHANNELS
from tsunagari.services.voice.listening.views.for_search_engines import embedded

IN_FEED = 30
KINDS = {"application/pdf": "PDF"}
KILO = 1024


def language() -> str:
    """The language of the page."""
    return get_language() or "ja"


def asked_call(public_id: str, clock: Clock) -> Listed:
    """The call of an address; 404 for one that residents do not see."""
    found = public_call(public_id, now=clock(), language=language())
    if found is None:
        raise Http404
    return found


def calls(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """All calls: open ones first, then results."""
    listed = public_calls(now=clock(), language=language())
    parts = [
        (phase, said(PHASES[phase]), [each for each in listed if each.phase == phase])
        for phase in ("open", "announced", "sorting", "published")
    ]
    return render(request, "listening/calls.html", {"parts": parts, "any": bool(listed)})


def call(request: HttpRequest, public_id: str, *, clock: Clock = system_clock) -> HttpResponse:
    """One call: how far it is, what it is about, how to say something, and what came of it."""
    found = asked_call(public_id, clock)
    results = results_of(found.call) if found.phase == "published" else None
    context = {
        "listed": found,
        "call": found.call,
        "phase": said(PHASES[found.phase]),
        "look": LOOKS[found.phase],
        "steps": [(said(words), state) for _each, words, state in steps(found.phase)],
        "documents": [
            (each, _kind(each.file_name), _size(each.size))
            for each in documents_of(found.call, found.phase)
        ],
        "parts": [line for line in found.call.parts.split("\n") if line.strip()],
        "results": results,
        "channels": [(said(CHANNELS[way]), n) for way, n in results.channels] if results else [],
        "groups": [(each, said(ANSWERS.get(each.kind, ""))) for each in results.groups]
        if results
        else [],
        "for_search_engines": embedded(_described(request, found)),
    }
    return render(request, "listening/call.html", context)


def _described(request: HttpRequest, found: Listed) -> dict[str, object]:
    return {
        "@type": "Event",
        "name": found.call.title,
        "description": found.call.summary,
        "inLanguage": "ja",
        "startDate": opening(found.call.opens).isoformat(),
        "endDate": closing(found.call.closes).isoformat(),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "isAccessibleForFree": True,
        "url": request.build_absolute_uri(),
        "organizer": {"@type": "GovernmentOrganization", "name": found.division},
    }


def _kind(file_name: str) -> str:
    return file_name.rpartition(".")[2].upper()


def _size(size: int) -> str:
    """128 KB, 1.4 MB."""
    return f"{max(1, round(size / KILO))} KB" if size < KILO**2 else f"{size / KILO**2:.1f} MB"


def document(
    _request: HttpRequest, public_id: str, document_id: str, *, clock: Clock = system_clock
) -> HttpResponseBase:
    """A document of a call that residents see."""
    found = asked_call(public_id, clock)
    for each in documents_of(found.call, found.phase):
        if each.public_id == document_id:
            try:
                return files.hand_out(kept_file(each))
            except files.FileMissing as missing:
                raise Http404 from missing
    raise Http404


def results_csv(
    _request: HttpRequest, public_id: str, *, clock: Clock = system_clock
) -> HttpResponse:
    """The groups with their answers, as a table."""
    found = asked_call(public_id, clock)
    if found.phase != "published":
        raise Http404
    headers = [
        gettext("番号"),
        gettext("まとまり"),
        gettext("意見の要旨"),
        gettext("意見の件数"),
        gettext("市の考え方"),
        gettext("市の考え方の説明"),
    ]
    rows: list[list[str | int]] = [
        [at, each.title, each.summary, each.opinions, said(ANSWERS.get(each.kind, "")), each.answer]
        for at, each in enumerate(results_of(found.call).groups, start=1)
    ]
    response = HttpResponse(write_table(headers, rows), content_type="text/csv; charset=utf-8")
    name = f"{found.call.title[:60]}_{gettext('結果')}.csv"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def closing_day(
    request: HttpRequest, public_id: str, *, clock: Clock = system_clock
) -> HttpResponse:
    """The closing day for one's own calendar."""
    found = asked_call(public_id, clock)
    text = closing_event(
        uid=f"{public_id}@{request.get_host()}",
        title=gettext("パブリックコメントの締め切り：%(title)s") % {"title": found.call.title},
        day=found.call.closes,
        address=request.build_absolute_uri(reverse("listening:call", args=[public_id])),
        made_at=found.call.changed_at,
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="closing.ics"'
    return response


def feed(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """Calls as an Atom feed: a new one, and one whose results are out."""
    made = Atom1Feed(
        title=gettext("パブリックコメント"),
        link=request.build_absolute_uri(reverse("listening:calls")),
        description=gettext("意見を募集している案と、募集の結果です。"),
        language=language(),
        feed_url=request.build_absolute_uri(),
    )
    for each in public_calls(now=clock(), language=language())[:IN_FEED]:
        address = reverse("listening:call", args=[each.call.public_id])
        shown = each.call.publish_at or day_start(each.call.opens)
        out = each.call.results_at if each.phase == "published" else None
        made.add_item(
            title=f"{each.call.title}（{said(PHASES[each.phase])}）",
            link=request.build_absolute_uri(address),
            description=each.call.summary[:300],
            pubdate=shown,
            updateddate=out or shown,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
