"""What the worker does for a plan's year: reminders by mail, files of closed years."""

from datetime import time

from tsunagari.engines.cycle.actions.ask_reminder import ask_due_reminders
from tsunagari.engines.cycle.actions.keep_file import keep_file
from tsunagari.engines.cycle.actions.send_reminder import send_reminder
from tsunagari.engines.cycle.declare import ReminderAsked, YearFrozen
from tsunagari.engines.cycle.queries.files import KINDS
from tsunagari.engines.cycle.rules.yearbook import LANGUAGES
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import daily, enqueue_once, job
from tsunagari.kernel.ledger.declare import Listener, Recorded

IN_THE_MORNING = time(8, 30)

PATIENCE = 48
"""Attempts: with an hour between the later ones, two days of a mail server that is down."""


@job(attempts=PATIENCE, title=N_("期限のお知らせメールを送る"))
def send(reminder: str) -> int:
    """Send one reminder, by its public id; to how many clerks it went."""
    return send_reminder(reminder=reminder, clock=system_clock)


def send_later(recorded: Recorded) -> None:
    """Let the worker send a reminder that was asked for; heard twice, it is sent once."""
    enqueue_once(send, recorded.subject, recorded.subject)


@job(title=N_("確定した年度のファイルを作る"))
def keep_files(version: str) -> int:
    """Make every file of a closed year's version that nobody has asked for yet; how many there are."""
    for kind in KINDS:
        for language in LANGUAGES:
            keep_file(version=version, kind=kind, language=language, clock=system_clock)
    return len(KINDS) * len(LANGUAGES)


def keep_later(recorded: Recorded) -> None:
    """Let the worker make the files of a version that was sealed."""
    enqueue_once(keep_files, recorded.subject, recorded.subject)


LISTENERS = (
    Listener(id="cycle.send_reminder", to=(ReminderAsked.name,), hear=send_later),
    Listener(id="cycle.keep_files", to=(YearFrozen.name,), hear=keep_later),
)


@daily(at=IN_THE_MORNING, title=N_("期限のお知らせを用意する"))
def remind() -> int:
    """Ask for the reminders that the calendar wants today; how many there are."""
    return len(ask_due_reminders(now=system_clock()))
