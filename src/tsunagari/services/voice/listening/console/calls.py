"""Calls for comments: the list, writing one, its documents, approval, and the moment it is seen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only
from tsunagari.services.voice.listening.actions.decide_call import (
    ask_call,
    decide_call,
    withdraw_call,
)
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.actions.write_call import (
    add_document,
    remove_document,
    write_call,
)
from tsunagari.services.voice.listening.console.asked import (
    asked_call,
    hand_of,
    language,
    only_clerks,
    refused,
)
from tsunagari.services.voice.listening.forms.console_forms import CallForm, MomentForm
from tsunagari.services.voice.listening.models import Call, CallDocument
from tsunagari.services.voice.listening.queries.calls import (
    listed_calls,
    loose_opinions,
    phase_at,
    readable_calls,
    results_of,
)
from tsunagari.services.voice.listening.rules.calls import (
    LOOKS,
    PHASES,
    SEEN,
    USUAL_DAYS,
    days_left,
    days_open,
)
from tsunagari.services.voice.listening.rules.choices import LONGEST_TEXT
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.plain_text import plain_text


@never_cache
@staff_only
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls that she works on, the newest first."""
    hand, now = hand_of(request), system_clock()
    if not hand.staff:
        return only_clerks(request)
    listed = listed_calls(readable_calls(hand, now=now), now=now, language=language())
    rows = [(each, said(PHASES[each.phase]), LOOKS[each.phase]) for each in listed]
    return render(request, "listening/console/calls.html", {"rows": rows})


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """The form of a call, new or standing."""
    hand = hand_of(request)
    if not hand.staff:
        return only_clerks(request)
    held = asked_call(hand, public_id) if public_id else None
    form = CallForm(request.POST or None, initial=_initial(held))
    context: dict[str, object] = {"form": form, "call": held}
    if request.method == "POST" and form.is_valid():
        try:
            made = write_call(
                call=public_id,
                typed=form.typed,
                version=form.cleaned_data["version"] or 0,
                hand=hand,
                clock=system_clock,
            )
        except NotYours as not_yours:
            return refused(request, str(not_yours))
        except Refused as why:
            form.add_error(None, str(why))
        except Overtaken as overtaken:
            form.data = {**request.POST.dict(), "version": overtaken.version}
            labels = {name: field.label for name, field in form.fields.items()}
            context["theirs"] = [
                (labels[name], words) for name, words in overtaken.theirs.items() if words
            ]
            return render(request, "listening/console/call_write.html", context, status=409)
        else:
            messages.success(request, gettext("保存しました。"))
            return HttpResponseRedirect(reverse("listening_call", args=[made]))
    return render(request, "listening/console/call_write.html", context)


def _initial(call: Call | None) -> dict[str, object]:
    if call is None:
        return {
            "use": gettext(
                "寄せられた意見は、市の考え方とあわせて公表します。ひとつひとつの意見に個別の回答はしません。"
            ),
            "who": gettext("どなたでも出せます。"),
        }
    return {name: getattr(call, name) for name in CallForm.base_fields}


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, public_id: str) -> HttpResponse:
    """One call: how it stands and what comes next; POST `do` does one thing."""
    hand = hand_of(request)
    call = asked_call(hand, public_id)
    if request.method != "POST":
        return _show(request, call, hand)
    try:
        words = _do(request, call, hand)
    except NotYours as not_yours:
        return refused(request, str(not_yours))
    except (Refused, files.FileRefused) as why:
        return _show(request, call, hand, refusal=str(why))
    except Overtaken:
        told = gettext("読んでいる間に、内容が変わりました。もう一度確かめてから、押してください。")
        return _show(request, call, hand, refusal=told)
    except CallDocument.DoesNotExist:
        words = gettext("資料は、もうありません。")
    messages.success(request, words)
    return HttpResponseRedirect(reverse("listening_call", args=[public_id]))


def _do(request: HttpRequest, call: Call, hand: Hand) -> str:
    do, key = request.POST.get("do", ""), call.public_id
    if do == "document":
        return _add(request, call, hand)
    if do == "remove":
        document = request.POST.get("document", "")
        remove_document(call=key, document=document, hand=hand, clock=system_clock)
        return gettext("資料を外しました。")
    if do == "ask":
        form = MomentForm(request.POST)
        if not form.is_valid():
            raise Refused(" ".join(str(each) for each in form.errors["day"]))
        ask_call(call=key, publish_at=form.moment, hand=hand, clock=system_clock)
        return gettext("課長に承認を依頼しました。")
    if do in ("approve", "return"):
        version = request.POST.get("version", "")
        decide_call(
            call=key,
            version=int(version) if version.isascii() and version.isdecimal() else -1,
            approve=do == "approve",
            comment=plain_text(request.POST.get("comment", ""))[:LONGEST_TEXT],
            hand=hand,
            clock=system_clock,
        )
        return gettext("承認しました。") if do == "approve" else gettext("差し戻しました。")
    if do == "withdraw":
        withdraw_call(call=key, hand=hand, clock=system_clock)
        return gettext("取り下げました。直してから、もう一度承認を依頼できます。")
    raise Refused(gettext("何をするかが分かりません。画面を開き直してください。"))


def _add(request: HttpRequest, call: Call, hand: Hand) -> str:
    upload = request.FILES.get("file")
    title = " ".join(plain_text(request.POST.get("title", "")).split())[:120]
    if upload is None:
        raise Refused(gettext("資料のファイルを選んでください。"))
    name = title or files_name(upload.name or "")
    add_document(call=call.public_id, title=name, upload=upload, hand=hand, clock=system_clock)
    return gettext("資料を加えました。")


def files_name(name: str) -> str:
    """A file's name without its ending, as the title of a document."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    return plain_text(stem)[:120] or gettext("資料")


def _show(request: HttpRequest, call: Call, hand: Hand, *, refusal: str = "") -> HttpResponse:
    if request.method == "POST":
        call = asked_call(hand, call.public_id)
    now = system_clock()
    phase = phase_at(call, now)
    working = identity.successors(call.division, FiscalYear.at(now))
    left = days_left(call.closes, now)
    context = {
        "call": call,
        "phase": phase,
        "words": said(PHASES[phase]),
        "look": LOOKS[phase],
        "seen": phase in SEEN,
        "left": left,
        "days": days_open(call.opens, call.closes),
        "short": days_open(call.opens, call.closes) < USUAL_DAYS,
        "documents": list(call.documents.all()),
        "takes_documents": call.decision != "approved" or call.results_decision != "approved",
        "accept": ",".join(files.ENDINGS),
        "moment_form": MomentForm(),
        "heads": hand.heads(working),
        "results": results_of(call) if call.decision == "approved" else None,
        "loose": loose_opinions(call),
        "may_withdraw": phase in ("asked", "scheduled", "announced"),
        "refusal": refusal,
        "typed": request.POST if request.method == "POST" else {},
        "today": japan_day(now),
    }
    return render(request, "listening/console/call.html", context)


URLS: list[URLPattern] = [
    path("listening/calls/", calls, name="listening_calls"),
    path("listening/calls/new/", write, name="listening_call_new"),
    path("listening/calls/<slug:public_id>/", desk, name="listening_call"),
    path("listening/calls/<slug:public_id>/edit/", write, name="listening_call_edit"),
]
"""Addresses below /console/. "new" is shorter than any public id."""
