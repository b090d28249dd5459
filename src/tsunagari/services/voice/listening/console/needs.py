"""What waits for a clerk, on the console's start page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tsunagari.kernel.design.needs import Need, tells_needs
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity.api import actor_of
from tsunagari.services.voice.listening.console.inbox import inbox_at
from tsunagari.services.voice.listening.queries.calls import calls_waiting
from tsunagari.services.voice.listening.queries.voices import hand_for, waiting
from tsunagari.services.voice.listening.rules.hands import Hand


@tells_needs
def needs_of_listening(request: HttpRequest) -> Iterator[Need]:
    """Letters to be assigned, answered, approved and sent; calls to be approved and sorted."""
    actor = actor_of(request)
    if actor is None or actor.kind != "staff":
        return
    hand = hand_for(actor, now=system_clock())
    if hand.staff:
        yield from _of_voices(hand)
        yield from _of_calls(hand)


def _of_voices(hand: Hand) -> Iterator[Need]:
    waits = waiting(hand, now=system_clock())
    detail = gettext("市民の声")
    if n := waits.to_assign:
        words = ngettext(
            "割り振りを待つ市民の声が%(n)d件あります", "割り振りを待つ市民の声が%(n)d件あります", n
        )
        yield Need(
            title=words % {"n": n},
            detail=detail,
            address=inbox_at("received"),
            action=gettext("割り振る"),
        )
    if n := waits.late:
        words = ngettext(
            "回答の期限を過ぎた市民の声が%(n)d件あります",
            "回答の期限を過ぎた市民の声が%(n)d件あります",
            n,
        )
        yield Need(
            title=words % {"n": n},
            detail=detail,
            address=inbox_at("late"),
            action=gettext("確かめる"),
            urgent=True,
        )
    if n := waits.to_answer:
        words = ngettext(
            "回答を書く市民の声が%(n)d件あります", "回答を書く市民の声が%(n)d件あります", n
        )
        soon = gettext("3日以内に期限が来るものが%(n)d件あります") % {"n": waits.soon}
        yield Need(
            title=words % {"n": n},
            detail=soon if waits.soon else detail,
            address=inbox_at("assigned"),
            action=gettext("回答を書く"),
            urgent=bool(waits.soon),
        )
    if n := waits.to_approve:
        words = ngettext("承認を待つ回答が%(n)d件あります", "承認を待つ回答が%(n)d件あります", n)
        yield Need(
            title=words % {"n": n},
            detail=detail,
            address=inbox_at("asked"),
            action=gettext("回答を確かめる"),
        )
    if n := waits.to_send:
        words = ngettext(
            "承認が済み、送るだけの回答が%(n)d件あります",
            "承認が済み、送るだけの回答が%(n)d件あります",
            n,
        )
        yield Need(
            title=words % {"n": n},
            detail=detail,
            address=inbox_at("approved"),
            action=gettext("回答を送る"),
        )


def _of_calls(hand: Hand) -> Iterator[Need]:
    waits, address = calls_waiting(hand, now=system_clock()), reverse("listening_calls")
    detail = gettext("パブリックコメント")
    if n := waits.to_approve:
        words = ngettext(
            "承認を待つパブリックコメントが%(n)d件あります",
            "承認を待つパブリックコメントが%(n)d件あります",
            n,
        )
        yield Need(
            title=words % {"n": n}, detail=detail, address=address, action=gettext("確かめる")
        )
    if n := waits.close_soon:
        words = ngettext(
            "まもなく締め切るパブリックコメントが%(n)d件あります",
            "まもなく締め切るパブリックコメントが%(n)d件あります",
            n,
        )
        yield Need(
            title=words % {"n": n}, detail=detail, address=address, action=gettext("意見を見る")
        )
    if n := waits.to_sort:
        words = ngettext(
            "意見を整理するパブリックコメントが%(n)d件あります",
            "意見を整理するパブリックコメントが%(n)d件あります",
            n,
        )
        yield Need(
            title=words % {"n": n}, detail=detail, address=address, action=gettext("整理する")
        )
