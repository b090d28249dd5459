"""What the worker does for letters: receipts and answers by mail, erasing what is over."""

from datetime import time

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import JobTask, daily, enqueue_once, job
from tsunagari.kernel.ledger.declare import Listener, Recorded
from tsunagari.services.voice.listening.actions import mail_letters
from tsunagari.services.voice.listening.actions.erase_senders import erase_senders
from tsunagari.services.voice.listening.service import (
    OpinionReceived,
    VoiceAnswered,
    VoiceReceived,
)

AT_NIGHT = time(3, 40)

PATIENCE = 48
"""Attempts: with an hour between the later ones, two days of a mail server that is down."""


@job(attempts=PATIENCE, title=N_("市民の声の受付メールを送る"))
def mail_voice_receipt(voice: str) -> bool:
    """Mail number and code to the sender of a letter, by its public id."""
    return mail_letters.mail_voice_receipt(voice=voice, clock=system_clock)


@job(attempts=PATIENCE, title=N_("意見の受付メールを送る"))
def mail_letter_receipt(letter: str) -> bool:
    """Mail number and code to the sender of an opinion, by its public id."""
    return mail_letters.mail_letter_receipt(letter=letter, clock=system_clock)


@job(attempts=PATIENCE, title=N_("市民の声の回答メールを送る"))
def mail_answer(voice: str) -> bool:
    """Mail the answer to the sender of a letter, by its public id."""
    return mail_letters.mail_answer(voice=voice, clock=system_clock)


_MAILS: dict[str, JobTask[[str], bool]] = {
    VoiceReceived.name: mail_voice_receipt,
    OpinionReceived.name: mail_letter_receipt,
    VoiceAnswered.name: mail_answer,
}


def mail_later(recorded: Recorded) -> None:
    """Let the worker mail what somebody waits for; heard twice, it goes once."""
    if recorded.data.get("mailed"):
        task = _MAILS[recorded.name]
        enqueue_once(task, recorded.public_id, recorded.subject)


LISTENERS = (Listener(id="listening.mail", to=tuple(_MAILS), hear=mail_later),)


@daily(at=AT_NIGHT, title=N_("市民の声と意見の差出人を消す"))
def erase() -> int:
    """Erase what tells who had written where its time is over; how many people."""
    return erase_senders(clock=system_clock)
