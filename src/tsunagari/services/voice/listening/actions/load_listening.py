"""Tells what people said to an invented town: letters with answers, and calls for comments in different states.

A pack tells them in `listening.yaml`, in days before (or after) today, so that a trial always has a call that is
open. Each goes through the same actions as a person's, with the clock of its day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import business_day_from, day_start, japan_day
from tsunagari.kernel.i18n.mapping_file import mapping_in
from tsunagari.kernel.identity import api as identity
from tsunagari.services.voice.listening.actions.assign_voice import assign_voice
from tsunagari.services.voice.listening.actions.decide_answer import decide_answer
from tsunagari.services.voice.listening.actions.decide_call import (
    ask_call,
    ask_results,
    decide_call,
    decide_results,
    write_results,
)
from tsunagari.services.voice.listening.actions.draft_answer import draft_answer
from tsunagari.services.voice.listening.actions.publish_voice import publish_voice
from tsunagari.services.voice.listening.actions.send_answer import send_answer
from tsunagari.services.voice.listening.actions.send_opinion import send_opinion
from tsunagari.services.voice.listening.actions.send_voice import send_voice
from tsunagari.services.voice.listening.actions.sort_opinions import gather, write_group
from tsunagari.services.voice.listening.actions.write_call import add_document, write_call
from tsunagari.services.voice.listening.models import Call, Opinion, Voice
from tsunagari.services.voice.listening.rules.calls import KEPT_DAYS
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.typed import (
    CallTyped,
    GroupTyped,
    OpinionTyped,
    PublishedTyped,
    VoiceTyped,
)
from tsunagari.services.voice.listening.service import service

MORNING = timedelta(hours=10)


@transaction.atomic
def load_listening(pack: Path, *, clock: Clock) -> int:
    """Tell what the pack's listening.yaml says; how many letters and calls. 0 where the pack tells nothing, or
    where there is a letter or a call already: what people did since stands.

    Raises KeyError, TypeError and ValueError for a file that lacks something or says what no action takes.
    """
    file = pack / "listening.yaml"
    if not file.is_file() or Voice.objects.exists() or Call.objects.exists():
        return 0
    said = mapping_in(file)
    today = japan_day(clock())
    for at, letter in enumerate(said["voices"]):
        _voice(letter, at, today)
    for call in said["calls"]:
        _call(call, today)
    return len(said["voices"]) + len(said["calls"])


def _at(day: date) -> Clock:
    """Ten in the morning in Japan."""
    moment: datetime = day_start(day) + MORNING
    return lambda: moment


def _hand(login: str, division: str, *, head: bool = False) -> Hand:
    return Hand(
        actor=identity.demo_actor(login),
        division=division,
        role="head" if head else "member",
        offices=(service.division,),
    )


def _voice(said: Mapping[str, Any], at: int, today: date) -> None:
    came = today - timedelta(days=said["days_ago"])
    typed = VoiceTyped(
        text=said["text"].strip(),
        wants_answer=said.get("wants_answer", True),
        may_publish="published" in said,
    )
    sent = send_voice(typed=typed, ticket=f"pack-{at}", language="ja", clock=_at(came))
    key, office = sent.public_id, _hand("koho", service.division)
    if "division" not in said:
        return
    assign_voice(
        voice=key,
        division=said["division"],
        category=said["category"],
        days=said.get("days", 14),
        hand=office,
        clock=_at(came + timedelta(days=1)),
    )
    if "answer" not in said:
        return
    then = _at(business_day_from(came + timedelta(days=said.get("answered_after", 9))))
    clerk = _hand(said.get("by", "koho"), said["division"])
    draft_answer(voice=key, text=said["answer"].strip(), base="", ask=True, hand=clerk, clock=then)
    if said.get("waits"):
        return
    newest = Voice.objects.get(public_id=key).drafts.get().public_id
    head = _hand(said.get("head", "koho-kacho"), said["division"], head=True)
    decide_answer(voice=key, draft=newest, approve=True, comment="", hand=head, clock=then)
    send_answer(voice=key, hand=clerk, clock=then)
    if published := said.get("published"):
        words = PublishedTyped(
            title=published["title"],
            question=published["question"].strip(),
            answer=said["answer"].strip(),
            category=said["category"],
        )
        publish_voice(voice=key, typed=words, hand=office, clock=then)


def _call(said: Mapping[str, Any], today: date) -> None:
    opens = today + timedelta(days=said["opens_in"])
    closes = opens + timedelta(days=said["lasts"] - 1)
    before = _at(min(opens - timedelta(days=7), today - timedelta(days=1)))
    division = said["division"]
    clerk, head = _hand("koho", division), _hand("koho-kacho", division, head=True)
    typed = CallTyped(
        title=said["title"],
        summary=said["summary"].strip(),
        why=said.get("why", "").strip(),
        use=said.get("use", "").strip(),
        who=said.get("who", "").strip(),
        contact=said["contact"].strip(),
        parts="\n".join(said.get("parts", ())),
        opens=opens,
        closes=closes,
        short_reason="",
        asks_name=False,
        asks_address=False,
        kept_days=KEPT_DAYS,
    )
    key = write_call(call="", typed=typed, version=0, hand=clerk, clock=before)
    for document in said["documents"]:
        upload = SimpleUploadedFile(f"{document['title']}.txt", document["text"].encode())
        add_document(call=key, title=document["title"], upload=upload, hand=clerk, clock=before)
    ask_call(call=key, publish_at=None, hand=clerk, clock=before)
    decide_call(call=key, version=1, approve=True, comment="", hand=head, clock=before)
    _opinions(key, said.get("opinions", ()), opens)
    if "results" in said:
        _results(key, said["results"], closes, clerk, head)


def _opinions(call: str, said: Sequence[Mapping[str, Any]], opens: date) -> None:
    for at, each in enumerate(said):
        typed = OpinionTyped(
            text=each["text"].strip(), part=each.get("part", ""), tie=each.get("tie", "")
        )
        send_opinion(
            call=call,
            typed=typed,
            ticket=f"pack-{at}",
            language="ja",
            clock=_at(opens + timedelta(days=each["day"])),
        )


def _results(call: str, said: Mapping[str, Any], closes: date, clerk: Hand, head: Hand) -> None:
    then = _at(closes + timedelta(days=said["after"]))
    opinions = list(Opinion.objects.filter(letter__call__public_id=call))
    for each in said["groups"]:
        typed = GroupTyped(
            title=each["title"],
            summary=each["summary"].strip(),
            kind=each["kind"],
            answer=each["answer"].strip(),
        )
        group = write_group(call=call, group="", typed=typed, version=0, hand=clerk, clock=then)
        chosen = [opinions[number - 1].public_id for number in each["opinions"]]
        gather(call=call, group=group, opinions=chosen, put=True, hand=clerk, clock=then)
    write_results(
        call=call,
        text=said["text"].strip(),
        changed_parts=said["changed"].strip(),
        version=1,
        hand=clerk,
        clock=then,
    )
    ask_results(call=call, hand=clerk, clock=then)
    decide_results(call=call, approve=True, comment="", publish_at=None, hand=head, clock=then)
