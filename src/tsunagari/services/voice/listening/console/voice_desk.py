"""One letter on one screen: what was said, and what is to be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only
from tsunagari.services.voice.listening.actions.assign_voice import assign_voice
from tsunagari.services.voice.listening.actions.decide_answer import decide_answer
from tsunagari.services.voice.listening.actions.draft_answer import draft_answer
from tsunagari.services.voice.listening.actions.merge_voice import merge_voice
from tsunagari.services.voice.listening.actions.note_reading import note_reading
from tsunagari.services.voice.listening.actions.publish_voice import publish_voice, withdraw_voice
from tsunagari.services.voice.listening.actions.refused import NotYours, Overtaken, Refused
from tsunagari.services.voice.listening.actions.send_answer import close_voice, send_answer
from tsunagari.services.voice.listening.console.asked import (
    asked_voice,
    hand_of,
    language,
    refused,
)
from tsunagari.services.voice.listening.forms.console_forms import (
    AssignForm,
    DraftForm,
    PublishForm,
)
from tsunagari.services.voice.listening.models import PublishedVoice, Voice
from tsunagari.services.voice.listening.queries.voices import division_choices, like_it
from tsunagari.services.voice.listening.rules.choices import AGES, CATEGORIES, LONGEST_TEXT
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.plain_text import plain_text
from tsunagari.services.voice.listening.rules.voice_states import LOOKS, STATES, due_now

DONE_WORDS = {
    "assign": lambda: gettext("担当の課に割り振りました。"),
    "merge": lambda: gettext("ほかの声にまとめました。"),
    "save": lambda: gettext("回答案を保存しました。"),
    "ask": lambda: gettext("回答案を保存し、課長に承認を依頼しました。"),
    "approve": lambda: gettext("回答を承認しました。"),
    "return": lambda: gettext("回答案を差し戻しました。"),
    "send": lambda: gettext("回答を送りました。"),
    "close": lambda: gettext("読んだことにして、終わりにしました。"),
    "withdraw": lambda: gettext("公開を取り下げました。"),
}


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the letter; POST `do` does one thing with it and comes back, or says why not."""
    hand = hand_of(request)
    voice = asked_voice(hand, public_id)
    if request.method != "POST":
        return _show(request, voice, hand)
    do = request.POST.get("do", "")
    try:
        shown = _VERBS[do](request, voice, hand) if do in _VERBS else {}
    except NotYours as not_yours:
        return refused(request, str(not_yours))
    except (Refused, PublishedVoice.DoesNotExist) as why:
        return _show(request, voice, hand, refusal=str(why), **_typed(request, do))
    except Overtaken as overtaken:
        kept = {**_typed(request, do), "theirs": overtaken.theirs["text"]}
        return _show(request, voice, hand, base=overtaken.version, status=409, **kept)
    if shown:
        return _show(request, voice, hand, **shown)
    if do in DONE_WORDS:
        messages.success(request, DONE_WORDS[do]())
    return HttpResponseRedirect(reverse("listening_voice", args=[public_id]))


def _typed(request: HttpRequest, do: str) -> dict[str, Any]:
    """What she typed, to be shown again."""
    if do in ("save", "ask"):
        return {"draft_text": request.POST.get("text", "")}
    return {"comment": request.POST.get("comment", ""), "into": request.POST.get("into", "")}


def _assign(request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    form = AssignForm(request.POST, divisions=_divisions())
    if not form.is_valid():
        return {"assign_form": form}
    said_ = form.cleaned_data
    assign_voice(
        voice=voice.public_id,
        division=said_["division"],
        category=said_["category"],
        days=said_["days"],
        hand=hand,
        clock=system_clock,
    )
    return {}


def _merge(request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    merge_voice(voice=voice.public_id, into=request.POST.get("into", ""), hand=hand)
    return {}


def _draft(request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return {"draft_form": form}
    draft_answer(
        voice=voice.public_id,
        text=form.cleaned_data["text"],
        base=form.cleaned_data["base"],
        ask=request.POST.get("do") == "ask",
        hand=hand,
        clock=system_clock,
    )
    return {}


def _decide(request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    decide_answer(
        voice=voice.public_id,
        draft=request.POST.get("draft", ""),
        approve=request.POST.get("do") == "approve",
        comment=plain_text(request.POST.get("comment", ""))[:LONGEST_TEXT],
        hand=hand,
        clock=system_clock,
    )
    return {}


def _send(_request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    send_answer(voice=voice.public_id, hand=hand, clock=system_clock)
    return {}


def _close(_request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    close_voice(voice=voice.public_id, hand=hand, clock=system_clock)
    return {}


def _withdraw(_request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    withdraw_voice(voice=voice.public_id, hand=hand, clock=system_clock)
    return {}


def _sender(_request: HttpRequest, voice: Voice, hand: Hand) -> dict[str, Any]:
    """Show who wrote it, once; that it was shown is recorded."""
    note_reading(subject=voice.public_id, people=1, exported=False, hand=hand)
    return {"sender": True}


_VERBS: dict[str, Callable[[HttpRequest, Voice, Hand], dict[str, Any]]] = {
    "assign": _assign,
    "merge": _merge,
    "save": _draft,
    "ask": _draft,
    "approve": _decide,
    "return": _decide,
    "send": _send,
    "close": _close,
    "withdraw": _withdraw,
    "sender": _sender,
}


def _divisions() -> list[tuple[str, str]]:
    return division_choices((), clock=system_clock, language=language())


def _show(
    request: HttpRequest, voice: Voice, hand: Hand, *, status: int = 200, **shown: Any
) -> HttpResponse:
    if request.method == "POST":
        voice = asked_voice(hand, voice.public_id)
    now = system_clock()
    year = FiscalYear.at(now)
    answering = identity.successors(voice.division, year) if voice.division else []
    names = identity.names_of_heirs([voice.division], year, language()) if answering else {}
    drafts = list(voice.drafts.all())
    newest = drafts[0] if drafts else None
    base = shown.get("base") or (newest.public_id if newest else "")
    text = shown.get("draft_text") or (newest.text if newest else "")
    context = {
        "voice": voice,
        "published": getattr(voice, "published", None),
        "state": said(STATES[voice.state]),
        "look": LOOKS[voice.state],
        "due": due_now(voice.due, voice.state, now),
        "division": "・".join(names.get(voice.division, ())),
        "about": dict(_divisions()).get(voice.about, ""),
        "category": said(CATEGORIES[voice.category]) if voice.category else "",
        "age": said(AGES[voice.age]) if voice.age else "",
        "merged": list(voice.merged.all()),
        "alike": like_it(voice, hand),
        "newest": newest,
        "drafts": drafts[1:],
        "writers": identity.people_names({each.actor for each in drafts}),
        "assign_form": AssignForm(initial=_assigned(voice), divisions=_divisions()),
        "draft_form": DraftForm(initial={"text": text, "base": base}),
        "office": hand.office,
        "answers": hand.works_for(answering),
        "heads": hand.heads(answering),
        "open": voice.ended_at is None and voice.state != "merged",
        "comment": "",
        **shown,
    }
    return render(request, "listening/console/voice.html", context, status=status)


def _assigned(voice: Voice) -> dict[str, Any]:
    return {"division": voice.division or voice.about, "category": voice.category}


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """The wording in which a letter is published, beside what came in."""
    hand = hand_of(request)
    voice = asked_voice(hand, public_id)
    if not hand.office:
        return refused(request, gettext("公開は、市民の声を受け付ける課が行います。"))
    standing = getattr(voice, "published", None)
    form = PublishForm(request.POST or None, initial=_published(voice, standing))
    if request.method == "POST" and form.is_valid():
        try:
            publish_voice(voice=voice.public_id, typed=form.typed, hand=hand, clock=system_clock)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, gettext("公開しました。"))
            return HttpResponseRedirect(reverse("listening_voice", args=[public_id]))
    context = {"voice": voice, "form": form, "standing": standing}
    return render(request, "listening/console/publish.html", context)


def _published(voice: Voice, standing: PublishedVoice | None) -> dict[str, Any]:
    if standing is None:
        return {"answer": voice.answer, "category": voice.category}
    names = ("title", "question", "answer", "category")
    return {name: getattr(standing, name) for name in names}


URLS: list[URLPattern] = [
    path("listening/letters/<slug:public_id>/", desk, name="listening_voice"),
    path("listening/letters/<slug:public_id>/publish/", publish, name="listening_publish"),
]
"""Addresses below /console/."""
