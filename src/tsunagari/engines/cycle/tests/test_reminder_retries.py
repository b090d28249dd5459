"""A mail server that is down for a day loses no reminder, and nobody gets two."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core.mail import EmailMessage
from tests.cast import make_clerk

from tsunagari.engines.cycle.actions.ask_reminder import ask_reminder
from tsunagari.engines.cycle.models import Reminder
from tsunagari.engines.cycle.tests.years import at, moved_to, opened
from tsunagari.kernel.jobs.api import run_due
from tsunagari.kernel.ledger import api as ledger


class Server:
    """A mail server that refuses some attempts."""

    def __init__(self, *, refuses: int) -> None:
        self.refuses = refuses
        self.sent: list[EmailMessage] = []

    def send_messages(self, messages: list[EmailMessage]) -> int:
        """Refuse, or take what is sent."""
        if self.refuses:
            self.refuses -= 1
            raise SMTPException
        self.sent += messages
        return len(messages)


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_for_a_day_loses_no_reminder(
    monkeypatch: pytest.MonkeyPatch, policy: None
) -> None:
    server = Server(refuses=24)
    monkeypatch.setattr(EmailMessage, "get_connection", lambda *_a, **_k: server)
    cycle = moved_to(opened(), "checking")
    make_clerk("shimin", "田無 一郎", "shimin")
    now = datetime.now(UTC)
    asked = ask_reminder(cycle=cycle, step="check", division="shimin", asked_by="", now=now)
    ledger.catch_up()
    ledger.catch_up()
    for moment in _hours(now, 40):
        run_due(clock=at(moment))
    assert [mail.to for mail in server.sent] == [["shimin@city.example.jp"]]
    assert Reminder.objects.get(public_id=asked).receivers == 1


def _hours(start: datetime, count: int) -> Iterator[datetime]:
    """A look at the jobs every 65 minutes."""
    for hour in range(count):
        yield start + timedelta(minutes=65 * hour)
