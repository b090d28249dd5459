"""A mail server of the tests' own: what the site sends arrives here and goes nowhere else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.ports import kept_port

PATIENCE = 60.0
"""Seconds within which a letter must arrive; far above what it takes."""


class Letterbox(Message):
    """Keeps every letter that arrives, in order. `address` is what TSUNAGARI_MAIL_URL is to say."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[EmailMessage] = []
        self.address = ""

    def prepare_message(self, session: Any, envelope: Any) -> EmailMessage:  # noqa: ARG002 - the library's signature
        """A letter as today's library reads it, with those to whom it was given."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        letter["X-RcptTo"] = ", ".join(envelope.rcpt_tos)
        return letter

    def handle_message(self, message: Any) -> None:
        """Keep it."""
        self.letters.append(message)

    def letter_to(self, receiver: str, about: str) -> EmailMessage:
        """The last letter to an address whose subject has these words; waits until one arrives."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = [
                each
                for each in self.letters
                if receiver in str(each["X-RcptTo"]) and about in str(each["Subject"])
            ]
            if found:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(
            f"no letter to {receiver} about {about} arrived; there are {len(self.letters)}"
        )


@contextmanager
def opened_letterbox() -> Iterator[Letterbox]:
    """A letterbox on a port that nobody else is given."""
    box = Letterbox()
    keeper = kept_port()
    port = int(keeper.getsockname()[1])
    keeper.close()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.address = f"smtp://127.0.0.1:{port}"
    try:
        yield box
    finally:
        controller.stop()
