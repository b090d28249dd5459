"""What many tests of listening begin with: clocks, letters, calls, hands."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.services.voice.listening.actions.assign_voice import assign_voice
from tsunagari.services.voice.listening.actions.decide_answer import decide_answer
from tsunagari.services.voice.listening.actions.decide_call import ask_call, decide_call
from tsunagari.services.voice.listening.actions.draft_answer import draft_answer
from tsunagari.services.voice.listening.actions.send_answer import send_answer
from tsunagari.services.voice.listening.actions.send_opinion import send_opinion
from tsunagari.services.voice.listening.actions.send_voice import Receipt, send_voice
from tsunagari.services.voice.listening.actions.write_call import add_document, write_call
from tsunagari.services.voice.listening.forms.ticket import new_ticket
from tsunagari.services.voice.listening.models import Call, Voice
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.typed import CallTyped, OpinionTyped, VoiceTyped

SEND = "/services/listening/send/"
RECEIPT = "/services/listening/receipt/"
ACTOR = "kQ3vT0pXn5R2sY8wB1dE4f"
OFFICE = Hand(actor=ACTOR, division="hisho-koho", role="member", offices=("hisho-koho",))
CLERK = Hand(actor=ACTOR, division="shimin", role="member", offices=("hisho-koho",))
HEAD = Hand(actor=ACTOR, division="shimin", role="head", offices=("hisho-koho",))
OTHER = Hand(actor=ACTOR, division="joho-suishin", role="member", offices=("hisho-koho",))
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def at(moment: str) -> Clock:
    """A clock that stands: "2026-06-10 09:00" in UTC."""
    held = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return lambda: held


NOON = at("2026-06-10 03:00")


def ticket(seconds: int = 60) -> str:
    """A ticket given out some seconds ago."""
    return new_ticket(lambda: system_clock() - timedelta(seconds=seconds))


def filled(**said: str) -> dict[str, str]:
    """The form of a letter as a browser sends it."""
    typed = {
        "text": "公園の水飲み場が、こわれています。",
        "about": "",
        "reply": "mail",
        "mail": "hanako@example.jp",
        "may_publish": "yes",
        "name": "",
        "age": "",
        "website": "",
        "ticket": ticket(),
    }
    return typed | said


def hidden(page: str) -> dict[str, str]:
    """What a page's hidden fields would send on."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def letter(
    text: str = "公園の水飲み場が、こわれています。", *, clock: Clock = NOON, **said: Any
) -> Receipt:
    """A letter that came in."""
    given: dict[str, Any] = {"text": text, "wants_answer": True, "may_publish": True}
    typed = VoiceTyped(**given | said)
    return send_voice(typed=typed, ticket=f"{text}{said}", language="ja", clock=clock)


def assigned(receipt: Receipt, *, clock: Clock = NOON, days: int = 14) -> Voice:
    """The letter, given to 市民課."""
    assign_voice(
        voice=receipt.public_id,
        division="shimin",
        category="town",
        days=days,
        hand=OFFICE,
        clock=clock,
    )
    return Voice.objects.get(public_id=receipt.public_id)


def answered(receipt: Receipt, text: str = "直しました。", *, clock: Clock = NOON) -> Voice:
    """The letter, answered by 市民課."""
    voice = assigned(receipt, clock=clock)
    key = voice.public_id
    draft_answer(voice=key, text=text, base="", ask=True, hand=CLERK, clock=clock)
    newest = voice.drafts.get().public_id
    decide_answer(voice=key, draft=newest, approve=True, comment="", hand=HEAD, clock=clock)
    send_answer(voice=key, hand=CLERK, clock=clock)
    return Voice.objects.get(pk=voice.pk)


def typed_call(**said: Any) -> CallTyped:
    """A call as its form gives it: open in June 2026."""
    typed: dict[str, Any] = {
        "title": "みどりの計画（案）",
        "summary": "公園を10年でどう育てるかの計画です。",
        "why": "",
        "use": "",
        "who": "",
        "contact": "市民課 窓口",
        "parts": "第1章 基本の考え方\n第2章 公園",
        "opens": date(2026, 6, 1),
        "closes": date(2026, 6, 30),
        "short_reason": "",
        "asks_name": False,
        "asks_address": False,
        "kept_days": 180,
    }
    return CallTyped(**typed | said)


def call(*, clock: Clock = NOON, approved: bool = True, **said: Any) -> Call:
    """A call of 市民課 with a document, approved by its head."""
    key = write_call(call="", typed=typed_call(**said), version=0, hand=CLERK, clock=clock)
    upload = SimpleUploadedFile("an.pdf", PDF)
    add_document(call=key, title="計画の案", upload=upload, hand=CLERK, clock=clock)
    if approved:
        ask_call(call=key, publish_at=None, hand=CLERK, clock=clock)
        decide_call(call=key, version=1, approve=True, comment="", hand=HEAD, clock=clock)
    return Call.objects.get(public_id=key)


def open_now(**said: Any) -> Call:
    """A call that is open on the system's clock."""
    today = japan_day(system_clock())
    days = {"opens": today - timedelta(days=5), "closes": today + timedelta(days=40)}
    return call(clock=system_clock, **days | said)


def opinion(about: Call, text: str, *, clock: Clock = NOON, **said: str) -> Receipt:
    """An opinion that somebody sent."""
    typed = OpinionTyped(text=text, **said)
    return send_opinion(call=about.public_id, typed=typed, ticket=text, language="ja", clock=clock)


def page_of(client: Client, address: str) -> str:
    """The text of a page that answers."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()
