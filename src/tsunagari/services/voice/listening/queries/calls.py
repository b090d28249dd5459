"""Reads of calls for comments."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from tsunagari.kernel.files.declare import Kept
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.services.voice.listening.models import (
    Call,
    CallDocument,
    Group,
    Letter,
    Opinion,
)
from tsunagari.services.voice.listening.rules.calls import SEEN, Phase, days_left, phase_of
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.service import CHANNELS


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A call with its phase now; `left` counts the days until its last one."""

    call: Call
    phase: Phase
    left: int
    division: str


def phase_at(call: Call, now: datetime) -> Phase:
    """The phase of a call at a moment."""
    return phase_of(
        decision=call.decision,
        publish_at=call.publish_at,
        opens=call.opens,
        closes=call.closes,
        results_at=call.results_at if call.results_decision == "approved" else None,
        now=now,
    )


def public_calls(*, now: datetime, language: str) -> list[Listed]:
    """Calls that residents see: open ones first (the next to close before others), then announced ones, then
    those being sorted, then results, newest first."""
    rows = Call.objects.filter(decision="approved")
    listed = [each for each in listed_calls(rows, now=now, language=language) if each.phase in SEEN]
    order = {"open": 0, "announced": 1, "sorting": 2, "published": 3}
    newest = sorted(listed, key=lambda each: each.call.closes, reverse=True)
    return sorted(newest, key=lambda each: (order[each.phase], _soonest(each)))


def _soonest(each: Listed) -> date:
    return each.call.closes if each.phase in ("open", "announced") else date.min


def listed_calls(rows: QuerySet[Call], *, now: datetime, language: str) -> list[Listed]:
    """Calls with phase and the names of their divisions, or of who took over. Three queries."""
    calls = list(rows)
    codes = {call.division for call in calls}
    names = identity.names_of_heirs(codes, FiscalYear.at(now), language) if codes else {}
    return [
        Listed(
            call=call,
            phase=phase_at(call, now),
            left=days_left(call.closes, now),
            division="・".join(names.get(call.division, ())),
        )
        for call in calls
    ]


def public_call(public_id: str, *, now: datetime, language: str) -> Listed | None:
    """One call that residents see; None for any other."""
    rows = Call.objects.filter(public_id=public_id, decision="approved")
    found = listed_calls(rows, now=now, language=language)
    return found[0] if found and found[0].phase in SEEN else None


@dataclass(frozen=True, kw_only=True)
class ResultGroup:
    """A group as it is published, with how many opinions say it."""

    title: str
    summary: str
    kind: str
    answer: str
    opinions: int


@dataclass(frozen=True, kw_only=True)
class Results:
    """What came in on a call: people, opinions, opinions by the way they came, groups with answers."""

    people: int
    opinions: int
    channels: tuple[tuple[str, int], ...]
    groups: tuple[ResultGroup, ...]


def results_of(call: Call) -> Results:
    """Count what came in. Three queries."""
    ways = call.letters.values("channel").annotate(people=Count("pk", distinct=True))
    counted = {way["channel"]: way["people"] for way in ways.order_by()}
    groups = call.groups.annotate(said=Count("opinions"))
    return Results(
        people=sum(counted.values()),
        opinions=Opinion.objects.filter(letter__call=call).count(),
        channels=tuple((way, counted[way]) for way in CHANNELS if way in counted),
        groups=tuple(
            ResultGroup(
                title=each.title,
                summary=each.summary,
                kind=each.kind,
                answer=each.answer,
                opinions=each.said,
            )
            for each in groups
        ),
    )


def documents_of(call: Call, phase: str) -> list[CallDocument]:
    """The documents that residents see: those of the results once these are published."""
    rows = call.documents.all()
    return [each for each in rows if phase == "published" or not each.of_results]


def kept_file(document: CallDocument) -> Kept:
    """A document as the store of files knows it."""
    return Kept(
        stored=document.stored,
        file_name=document.file_name,
        content_type=document.content_type,
        size=document.size,
        sha256=document.sha256,
    )


def readable_calls(hand: Hand, *, now: datetime) -> QuerySet[Call]:
    """The calls that a clerk works on: all for the office, else those of her division today."""
    if not hand.staff:
        return Call.objects.none()
    if hand.office:
        return Call.objects.all()
    codes = Call.objects.values_list("division", flat=True).distinct().order_by()
    heirs = identity.heirs(codes, FiscalYear.at(now))
    return Call.objects.filter(
        division__in=[code for code, after in heirs.items() if hand.division in after]
    )


def call_for(hand: Hand, public_id: str, *, now: datetime) -> Call | None:
    """One call; None where it is not hers."""
    return readable_calls(hand, now=now).filter(public_id=public_id).first()


@dataclass(frozen=True, kw_only=True)
class OpinionsAsked:
    """What a list of opinions is narrowed to. `group` is a group's public id, "none" or ""."""

    group: str = ""
    channel: str = ""
    words: str = ""


def opinions_of(call: Call, asked: OpinionsAsked) -> QuerySet[Opinion]:
    """Opinions of a call with their letters and groups."""
    found = Opinion.objects.filter(letter__call=call)
    if asked.group == "none":
        found = found.filter(groups=None)
    elif asked.group:
        found = found.filter(groups__public_id=asked.group)
    if asked.channel:
        found = found.filter(letter__channel=asked.channel)
    for word in asked.words.split()[:10]:
        found = found.filter(Q(text__icontains=word) | Q(letter__number=word.upper()))
    return found.select_related("letter").prefetch_related("groups")


def groups_of(call: Call) -> QuerySet[Group]:
    """Groups of a call with how many opinions each holds, as `said`."""
    return call.groups.annotate(said=Count("opinions"))


def loose_opinions(call: Call) -> int:
    """How many opinions stand in no group."""
    return Opinion.objects.filter(letter__call=call, groups=None).count()


def letters_of(call: Call) -> QuerySet[Letter]:
    """Letters of a call with their opinions and groups."""
    return call.letters.prefetch_related("opinions__groups")


def answers_to(letter: Letter) -> list[ResultGroup]:
    """The groups in which a letter's opinions stand, once the results are published."""
    groups = Group.objects.filter(opinions__letter=letter).distinct()
    return [
        ResultGroup(
            title=each.title,
            summary=each.summary,
            kind=each.kind,
            answer=each.answer,
            opinions=0,
        )
        for each in groups
    ]


@dataclass(frozen=True, kw_only=True)
class CallsWaiting:
    """How many calls wait for a clerk."""

    to_approve: int = 0
    to_sort: int = 0
    close_soon: int = 0


def calls_waiting(hand: Hand, *, now: datetime) -> CallsWaiting:
    """What waits for this clerk: approvals for a head; results to be written, and calls that close within
    three days, of her own division."""
    if not hand.staff:
        return CallsWaiting()
    own = [
        (call, phase_at(call, now))
        for call in readable_calls(hand, now=now)
        if call.division == hand.division or not hand.office
    ]
    asked = sum(
        call.decision == "asked" or (phase == "sorting" and call.results_decision == "asked")
        for call, phase in own
    )
    return CallsWaiting(
        to_approve=asked if hand.role == "head" else 0,
        to_sort=sum(phase == "sorting" and call.results_decision == "draft" for call, phase in own),
        close_soon=sum(
            phase == "open" and (call.closes - japan_day(now)).days <= 3 for call, phase in own
        ),
    )
