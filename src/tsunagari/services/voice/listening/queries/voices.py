"""Reads of letters for clerks and for their senders."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.services.voice.listening.models import Letter, Voice
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.receipts import fits, plain_number
from tsunagari.services.voice.listening.rules.voice_states import OPEN, SOON
from tsunagari.services.voice.listening.service import service


def hand_for(actor: identity.Actor, *, now: datetime) -> Hand:
    """Who has the pen, with the divisions that run the service today. Two queries."""
    return Hand(
        actor=actor.public_id,
        division=actor.division,
        role=actor.post.role if actor.post else "",
        offices=identity.successors(service.division, FiscalYear.at(now)),
    )


def readable(hand: Hand, *, now: datetime) -> QuerySet[Voice]:
    """The letters that a clerk may read: all for the office, else those that her division answers today."""
    if not hand.staff:
        return Voice.objects.none()
    if hand.office:
        return Voice.objects.all()
    return Voice.objects.filter(division__in=answered_by(hand.division, now=now))


def answered_by(division: str, *, now: datetime) -> list[str]:
    """Codes of divisions, of any time, whose letters a division answers today."""
    codes = Voice.objects.exclude(division="").values_list("division", flat=True).distinct()
    heirs = identity.heirs(codes.order_by(), FiscalYear.at(now))
    return [code for code, after in heirs.items() if division in after]


@dataclass(frozen=True, kw_only=True)
class VoicesAsked:
    """What a list of letters is narrowed to. `state` is a state, "open", "late" or "" for all; `year` a
    fiscal year of the receipt."""

    state: str = "open"
    division: str = ""
    category: str = ""
    year: int | None = None
    words: str = ""


def voices_asked(
    readable_ones: QuerySet[Voice], asked: VoicesAsked, *, now: datetime
) -> QuerySet[Voice]:
    """Narrow letters to what was asked."""
    found = readable_ones
    if asked.state == "open":
        found = found.filter(state__in=OPEN)
    elif asked.state == "late":
        found = found.filter(state__in=OPEN, due__lt=japan_day(now))
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.division:
        found = found.filter(division=asked.division)
    if asked.category:
        found = found.filter(category=asked.category)
    if asked.year is not None:
        year = FiscalYear(asked.year)
        found = found.filter(received_at__gte=year.start, received_at__lt=year.end)
    for word in asked.words.split()[:10]:
        number = plain_number(word)
        found = found.filter(
            Q(text__icontains=word) | Q(answer__icontains=word) | Q(number=number or word)
        )
    return found


def voice_for(hand: Hand, public_id: str, *, now: datetime) -> Voice | None:
    """One letter; None where it is not hers to read."""
    found = readable(hand, now=now).select_related("merged_into", "published")
    return found.filter(public_id=public_id).first()


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many letters wait for a clerk, by what is to be done with them."""

    to_assign: int = 0
    to_answer: int = 0
    late: int = 0
    soon: int = 0
    to_approve: int = 0
    to_send: int = 0


def waiting(hand: Hand, *, now: datetime) -> Waiting:
    """What waits for this clerk now. To answer, to send and late ones are those of her own division."""
    if not hand.staff:
        return Waiting()
    today = japan_day(now)
    mine = Q(division__in=answered_by(hand.division, now=now))
    counts = Voice.objects.aggregate(
        to_assign=Count("pk", filter=Q(state="received")),
        to_answer=Count("pk", filter=mine & Q(state="assigned")),
        late=Count("pk", filter=mine & Q(state__in=OPEN, due__lt=today)),
        soon=Count("pk", filter=mine & Q(state__in=OPEN, due__range=(today, today + SOON))),
        to_approve=Count("pk", filter=mine & Q(state="asked")),
        to_send=Count("pk", filter=mine & Q(state="approved")),
    )
    if not hand.office:
        counts["to_assign"] = 0
    if hand.role != "head":
        counts["to_approve"] = 0
    return Waiting(**counts)


def like_it(voice: Voice, hand: Hand) -> list[Voice]:
    """Open letters of the last 30 days in whose words this one begins or that begin as it does: the same,
    sent twice. For the office only."""
    if not hand.office or not voice.text:
        return []
    start = voice.text[:40]
    return list(
        Voice.objects.filter(state__in=OPEN, text__startswith=start).exclude(pk=voice.pk)[:5]
    )


def voice_by_receipt(number: str, code: str) -> Voice | None:
    """The letter of a receipt; None where number or code is wrong."""
    plain = plain_number(number)
    found = Voice.objects.select_related("merged_into").filter(number=plain).first()
    return found if found and fits(code, found.code_print) else None


def letter_by_receipt(number: str, code: str) -> Letter | None:
    """The opinion of a receipt; None where number or code is wrong."""
    plain = plain_number(number)
    found = Letter.objects.select_related("call").filter(number=plain).first()
    return found if found and found.code_print and fits(code, found.code_print) else None


def division_choices(
    codes: Collection[str], *, clock: Clock, language: str
) -> list[tuple[str, str]]:
    """Divisions of today as choices; of `codes` those that are none of today's as well."""
    listed = identity.divisions(FiscalYear.at(clock()), language)
    return [(each.code, each.name) for each in listed if not codes or each.code in codes]


def received_this_year(now: datetime) -> int:
    """How many letters came in this fiscal year."""
    year = FiscalYear.at(now)
    return Voice.objects.filter(received_at__gte=day_start(year.first_day)).count()
