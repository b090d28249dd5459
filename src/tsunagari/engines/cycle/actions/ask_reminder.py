"""Asks for a mail to a division about a step; whoever asks, one a day goes out."""

from datetime import datetime

from django.db import transaction

from tsunagari.engines.cycle.declare import ReminderAsked
from tsunagari.engines.cycle.models import Cycle, Reminder
from tsunagari.engines.cycle.queries.waiting import is_out
from tsunagari.engines.cycle.queries.working import answered_now
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS, PHASES_OF, reminds_on
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.ledger import api as ledger


@transaction.atomic
def ask_reminder(
    *, cycle: Cycle, step: str, division: str, asked_by: str, now: datetime
) -> str | None:
    """Keep that a division is to be reminded of a step today; returns the reminder's public id, None when
    one was asked for today already. A listener lets the job send it. `asked_by` is "" for the calendar.

    One of today that reached nobody is none: who has meanwhile given the division a clerk asks again.
    """
    today = cycle.reminders.filter(step=step, division=division, day=japan_day(now))
    today.filter(sent_at__isnull=False, receivers=0).delete()
    reminder, new = Reminder.objects.get_or_create(
        cycle=cycle,
        step=step,
        division=division,
        day=japan_day(now),
        defaults={"asked_by": asked_by, "asked_at": now},
    )
    if not new:
        return None
    ledger.record(
        ReminderAsked(subject=reminder.public_id, actor=asked_by, division=division, step=step)
    )
    return reminder.public_id


def ask_due_reminders(*, now: datetime) -> tuple[str, ...]:
    """Ask for every reminder that the calendar wants today (rules/reminders.py); their public ids.

    Safe to run twice: a reminder of today stays the one of today.
    """
    asked: list[str | None] = []
    for cycle in Cycle.objects.exclude(phase="frozen").prefetch_related("deadlines"):
        due = [
            each.step
            for each in cycle.deadlines.all()
            if cycle.phase in PHASES_OF[each.step] and reminds_on(each.day, japan_day(now))
        ]
        for step in due:
            asked += [
                ask_reminder(cycle=cycle, step=step, division=code, asked_by="", now=now)
                for code in _divisions(cycle, step, now)
            ]
    return tuple(each for each in asked if each)


def _divisions(cycle: Cycle, step: str, now: datetime) -> list[str]:
    """Who is asked for a step; "" stands for those who do it beside the divisions."""
    if step not in OF_DIVISIONS:
        return [""]
    answered = answered_now(cycle.sheets.all(), now)
    return [code for code, own in answered.items() if any(is_out(each, step) for each in own)]
