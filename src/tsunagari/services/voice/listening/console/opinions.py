"""Opinions on a call: the list, typing in what came on paper, files there and back, splitting a letter."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tsunagari.kernel.design.consent import print_of
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.tabular import TableRefused
from tsunagari.kernel.i18n.workbook import WORKBOOK_TYPE, read_file, write_workbook
from tsunagari.kernel.identity.api import staff_only
from tsunagari.services.voice.listening.actions.note_reading import note_reading
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.actions.send_opinion import load_opinions, type_opinion
from tsunagari.services.voice.listening.actions.sort_opinions import (
    gather,
    seen_print,
    split_letter,
)
from tsunagari.services.voice.listening.console.asked import asked_call, hand_of, refused
from tsunagari.services.voice.listening.forms.opinion_files import (
    headers,
    read_opinions,
    rows_of,
)
from tsunagari.services.voice.listening.forms.opinion_form import PaperForm
from tsunagari.services.voice.listening.models import Call, Group, Letter
from tsunagari.services.voice.listening.queries.calls import (
    OpinionsAsked,
    groups_of,
    letters_of,
    loose_opinions,
    opinions_of,
    phase_at,
)
from tsunagari.services.voice.listening.rules.choices import AGES, TIES
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.plain_text import plain_text
from tsunagari.services.voice.listening.service import CHANNELS

PER_PAGE = 50
LINE = "---"


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def opinions(request: HttpRequest, public_id: str) -> HttpResponse:
    """The opinions, narrowed; POST puts those that are ticked into a group, or takes them out."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    refusal = ""
    if request.method == "POST":
        try:
            return _gathered(request, call, hand)
        except NotYours as not_yours:
            return refused(request, str(not_yours))
        except (Refused, Group.DoesNotExist) as why:
            refusal = (
                str(why) if isinstance(why, Refused) else gettext("まとまりを選んでください。")
            )
    asked = _asked(request)
    page = Paginator(opinions_of(call, asked), PER_PAGE).get_page(request.GET.get("page"))
    groups = list(groups_of(call))
    context = {
        "call": call,
        "page": page,
        "rows": [(each, said(CHANNELS[each.letter.channel])) for each in page.object_list],
        "groups": [(each.public_id, each.title) for each in groups],
        "loose": loose_opinions(call),
        "asked": {
            "group": asked.group or "all",
            "channel": asked.channel or "all",
            "q": asked.words,
        },
        "group_choices": [
            ("all", gettext("すべて")),
            ("none", gettext("まとまりに入っていない意見")),
            *((each.public_id, each.title) for each in groups),
        ],
        "channel_choices": [
            ("all", gettext("すべて")),
            *((k, said(v)) for k, v in CHANNELS.items()),
        ],
        "sorts": _sorts(call),
        "refusal": refusal,
        "ticked": request.POST.getlist("opinion") if request.method == "POST" else [],
    }
    return render(request, "listening/console/opinions.html", context)


def _sorts(call: Call) -> bool:
    phase = phase_at(call, system_clock())
    return phase in ("open", "sorting") and call.results_decision != "approved"


def _asked(request: HttpRequest) -> OpinionsAsked:
    group, channel = request.GET.get("group", ""), request.GET.get("channel", "")
    return OpinionsAsked(
        group="" if group == "all" else group[:22],
        channel=channel if channel in CHANNELS else "",
        words=request.GET.get("q", "").replace("\0", "")[:100],
    )


def _gathered(request: HttpRequest, call: Call, hand: Hand) -> HttpResponse:
    put = request.POST.get("do") != "out"
    count = gather(
        call=call.public_id,
        group=request.POST.get("to", "")[:22],
        opinions=request.POST.getlist("opinion")[:PER_PAGE],
        put=put,
        hand=hand,
        clock=system_clock,
    )
    words = (
        ngettext("%(n)d件をまとまりに入れました。", "%(n)d件をまとまりに入れました。", count)
        if put
        else ngettext(
            "%(n)d件をまとまりから外しました。", "%(n)d件をまとまりから外しました。", count
        )
    )
    messages.success(request, words % {"n": count})
    return HttpResponseRedirect(request.get_full_path())


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def typing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Type in an opinion that came by post, fax, mail or at the counter."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        call=call,
        clock=system_clock,
        initial={"came_on": japan_day(system_clock())},
    )
    if request.method == "POST" and form.is_valid():
        try:
            number = type_opinion(
                call=public_id,
                typed=form.typed,
                channel=form.cleaned_data["channel"],
                came_on=form.cleaned_data["came_on"],
                ticket=form.word,
                hand=hand,
                clock=system_clock,
            )
        except NotYours as not_yours:
            return refused(request, str(not_yours))
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request, gettext("登録しました。受付番号は %(number)s です。") % {"number": number}
            )
            return HttpResponseRedirect(reverse("listening_typing", args=[public_id]))
    return render(request, "listening/console/typing.html", {"call": call, "form": form})


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def loading(request: HttpRequest, public_id: str) -> HttpResponse:
    """Load many opinions from a workbook: all of them, or none and a sentence with the line."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    refusal = ""
    if request.method == "POST":
        try:
            count = _loaded(request, call, hand)
        except NotYours as not_yours:
            return refused(request, str(not_yours))
        except (TableRefused, Refused) as why:
            refusal = str(why)
        else:
            words = ngettext(
                "%(n)d件の意見を読み込みました。", "%(n)d件の意見を読み込みました。", count
            )
            if not count:
                words = gettext(
                    "新しい意見はありませんでした。受付番号のある行は、そのままにしました。"
                )
            messages.success(request, words % {"n": count})
            return HttpResponseRedirect(reverse("listening_opinions", args=[public_id]))
    return render(request, "listening/console/loading.html", {"call": call, "refusal": refusal})


def _loaded(request: HttpRequest, call: Call, hand: Hand) -> int:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused(gettext("ファイルを選んでください。"))
    rows = read_opinions(read_file(upload.read()), call)
    return load_opinions(
        call=call.public_id,
        rows=rows,
        file_print=print_of(rows),
        hand=hand,
        clock=system_clock,
    )


@require_POST
@staff_only
def export(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letters as an Excel file; with the senders where she asks for them, which is recorded."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    letters, senders = list(letters_of(call)), "senders" in request.POST
    if senders:
        people = sum(bool(each.name or each.mail or each.address) for each in letters)
        note_reading(subject=call.public_id, people=people, exported=True, hand=hand)
    else:
        for each in letters:
            each.name = each.address = each.mail = ""
    name = f"{call.title[:60]}_{gettext('意見')}.xlsx"
    return _workbook(name, rows_of(letters))


@staff_only
@require_safe
def empty_table(request: HttpRequest, public_id: str) -> HttpResponse:
    """A workbook with the headers alone, to be filled in."""
    call = asked_call(hand_of(request), public_id)
    return _workbook(f"{call.title[:60]}_{gettext('意見の様式')}.xlsx", [])


def _workbook(name: str, rows: list[list[str | date]]) -> HttpResponse:
    data = write_workbook(headers(), rows, title=gettext("意見"))
    response = HttpResponse(data, content_type=WORKBOOK_TYPE)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, public_id: str, letter_id: str) -> HttpResponse:
    """One letter: what was sent, who sent it (recorded), and its opinions, to be split."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    found = call.letters.filter(public_id=letter_id).first()
    if found is None:
        raise Http404
    shown: dict[str, object] = {}
    status = 200
    if request.POST.get("do") == "sender":
        note_reading(subject=found.public_id, people=1, exported=False, hand=hand)
        shown["sender"] = True
    elif request.method == "POST":
        try:
            return _split(request, call, found, hand)
        except NotYours as not_yours:
            return refused(request, str(not_yours))
        except Refused as why:
            shown = {"refusal": str(why), "pieces": request.POST.get("pieces", "")}
        except Overtaken as overtaken:
            status = 409
            shown = {
                "theirs": overtaken.theirs["pieces"],
                "seen": overtaken.version,
                "pieces": request.POST.get("pieces", ""),
            }
    context = {
        "call": call,
        "letter": found,
        "channel": said(CHANNELS[found.channel]),
        "tie": said(TIES[found.tie]) if found.tie else "",
        "age": said(AGES[found.age]) if found.age else "",
        "opinions": list(found.opinions.prefetch_related("groups")),
        "pieces": f"\n{LINE}\n".join(each.text for each in found.opinions.all()),
        "seen": seen_print(found),
        "sorts": _sorts(call),
        **shown,
    }
    return render(request, "listening/console/letter.html", context, status=status)


def _split(request: HttpRequest, call: Call, found: Letter, hand: Hand) -> HttpResponse:
    lines, pieces = plain_text(request.POST.get("pieces", "")).split("\n"), [""]
    for line in lines:
        if line.strip() == LINE:
            pieces.append("")
        else:
            pieces[-1] += f"{line}\n"
    split_letter(
        letter=found.public_id,
        pieces=[piece.strip() for piece in pieces],
        seen=request.POST.get("seen", ""),
        hand=hand,
        clock=system_clock,
    )
    messages.success(request, gettext("意見を保存しました。"))
    return HttpResponseRedirect(reverse("listening_letter", args=[call.public_id, found.public_id]))


URLS: list[URLPattern] = [
    path("listening/calls/<slug:public_id>/opinions/", opinions, name="listening_opinions"),
    path("listening/calls/<slug:public_id>/typing/", typing, name="listening_typing"),
    path("listening/calls/<slug:public_id>/loading/", loading, name="listening_loading"),
    path("listening/calls/<slug:public_id>/export/", export, name="listening_opinions_export"),
    path("listening/calls/<slug:public_id>/table/", empty_table, name="listening_table"),
    path(
        "listening/calls/<slug:public_id>/letters/<slug:letter_id>/",
        letter,
        name="listening_letter",
    ),
]
"""Addresses below /console/."""
