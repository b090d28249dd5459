"""Somebody sends an opinion on a call; clerks type in what came on paper, or load many from a file."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import day_start, japan_day
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger import api as ledger
from tsunagari.services.voice.listening.actions.held_call import (
    held_call,
    only_working,
    phase_now,
    sorting_or_refuse,
    touch_results,
)
from tsunagari.services.voice.listening.actions.next_number import next_number
from tsunagari.services.voice.listening.actions.refused import Refused, TooLate
from tsunagari.services.voice.listening.actions.send_voice import Receipt
from tsunagari.services.voice.listening.models import Call, Letter, Opinion
from tsunagari.services.voice.listening.rules.hands import Hand
from tsunagari.services.voice.listening.rules.receipts import (
    code_of,
    code_print,
    submission_print,
)
from tsunagari.services.voice.listening.rules.typed import OpinionTyped
from tsunagari.services.voice.listening.service import OpinionReceived


def send_opinion(
    *, call: str, typed: OpinionTyped, ticket: str, language: str, clock: Clock
) -> Receipt:
    """Take in an opinion from the web. `ticket` as in `send_voice`: a second click is the same letter.

    Raises Call.DoesNotExist, and TooLate where opinions are not taken (any more).
    """
    submission = submission_print(call, ticket, *typed.told)
    letter = Letter.objects.filter(submission=submission).first()
    if letter is None:
        try:
            letter = _take_in_web(call, typed, submission, language, clock)
        except IntegrityError:  # the other click was first
            letter = Letter.objects.get(submission=submission)
    return Receipt(public_id=letter.public_id, number=letter.number, code=code_of(letter.public_id))


@transaction.atomic
def type_opinion(
    *,
    call: str,
    typed: OpinionTyped,
    channel: str,
    came_on: date,
    ticket: str,
    hand: Hand,
    clock: Clock,
) -> str:
    """Keep an opinion that came by another way on a day within the call's period; gives its number.

    Raises Call.DoesNotExist, NotYours, Refused.
    """
    held = _held_for_typing(call, hand, clock)
    _check_day(held, came_on, clock)
    submission = submission_print(call, "typed", ticket, *typed.told)
    before = Letter.objects.filter(submission=submission).first()
    if before is not None:
        return before.number
    return _keep(held, typed, submission, channel, came_on=came_on, hand=hand, clock=clock).number


@transaction.atomic
def load_opinions(
    *,
    call: str,
    rows: Sequence[tuple[str, date, OpinionTyped]],
    file_print: str,
    hand: Hand,
    clock: Clock,
) -> int:
    """Keep the opinions of a file (channel, day, what was typed), all or none; how many are new. A file that
    was loaded before adds nothing.

    Raises Call.DoesNotExist, NotYours, Refused.
    """
    held = _held_for_typing(call, hand, clock)
    new = 0
    for place, (channel, came_on, typed) in enumerate(rows):
        _check_day(held, came_on, clock)
        submission = submission_print(call, "file", file_print, str(place))
        if not Letter.objects.filter(submission=submission).exists():
            _keep(held, typed, submission, channel, came_on=came_on, hand=hand, clock=clock)
            new += 1
    return new


def _held_for_typing(call: str, hand: Hand, clock: Clock) -> Call:
    held = held_call(call)
    only_working(held, hand, clock)
    sorting_or_refuse(held, clock)
    touch_results(held)
    return held


def _check_day(call: Call, day: date, clock: Clock) -> None:
    if not call.opens <= day <= call.closes:
        raise Refused(
            _("届いた日が募集の期間の外です。期間の中に届いた意見だけを登録してください。")
        )
    if day > japan_day(clock()):
        raise Refused(_("届いた日が、今日より後になっています。"))


@transaction.atomic
def _take_in_web(
    call: str, typed: OpinionTyped, submission: str, language: str, clock: Clock
) -> Letter:
    held = held_call(call)
    if phase_now(held, clock) != "open":
        raise TooLate(_("いまは、意見を受け付けていません。"))
    letter = _create(held, typed, submission, "web", language=language, clock=clock)
    ledger.record(
        OpinionReceived(
            subject=letter.public_id,
            channel="web",
            call=held.public_id,
            mailed=bool(typed.mail),
        ),
        clock=clock,
    )
    return letter


def _keep(
    call: Call,
    typed: OpinionTyped,
    submission: str,
    channel: str,
    *,
    came_on: date,
    hand: Hand,
    clock: Clock,
) -> Letter:
    letter = _create(call, typed, submission, channel, language="ja", clock=clock)
    # Noon: paper comes on a day, at no moment.
    letter.received_at = min(clock(), day_start(came_on) + timedelta(hours=12))
    letter.save(update_fields=["received_at"])
    ledger.record(
        OpinionReceived(
            subject=letter.public_id,
            actor=hand.actor,
            division=hand.division,
            channel=channel,
            call=call.public_id,
            mailed=False,
        ),
        clock=clock,
    )
    return letter


def _create(
    call: Call,
    typed: OpinionTyped,
    submission: str,
    channel: str,
    *,
    language: str,
    clock: Clock,
) -> Letter:
    public_id = new_public_id()
    letter = Letter.objects.create(
        public_id=public_id,
        call=call,
        number=next_number("P", clock=clock),
        code_print=code_print(code_of(public_id)),
        submission=submission,
        channel=channel,
        received_at=clock(),
        language=language,
        part=typed.part,
        text=typed.text,
        name=typed.name,
        address=typed.address,
        mail=typed.mail,
        age=typed.age,
        tie=typed.tie,
    )
    Opinion.objects.create(letter=letter, text=typed.text)
    return letter
