"""The ticket of a public form: a random word by which a second click is known, and when the form was given out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ids import new_public_id

SHORTEST: Final = 3
"""Seconds that a person needs at least to fill a form in; programmes are quicker."""

_SALT: Final = "listening.ticket"


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A ticket as it came back: its word, and how many seconds ago it was given out."""

    word: str
    age: float


def new_ticket(clock: Clock) -> str:
    """A ticket for a form that is shown now."""
    return signing.dumps([new_public_id(), int(clock().timestamp())], salt=_SALT)


def read_ticket(text: str, clock: Clock) -> Ticket | None:
    """The ticket that a form brought; None for one that is none of ours."""
    try:
        word, given = signing.loads(text, salt=_SALT)
        return Ticket(word=str(word), age=clock().timestamp() - int(given))
    except (signing.BadSignature, TypeError, ValueError):
        return None


class TicketForm(forms.Form):
    """A form that keeps programmes out without asking people anything: a field that stays empty, and a ticket
    that has some age."""

    website = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("この欄には何も書かないでください"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        """A form without a good ticket is given a new one, so that the next try counts."""
        super().__init__(*args, **kwargs)
        self.clock = clock
        self.read: Ticket | None = None
        if self.is_bound:
            self.read = read_ticket(str(self.data.get("ticket", "")), clock)
        if self.read is None:
            self.fresh = new_ticket(clock)
            if self.is_bound:
                self.data = {**_plain(self.data), "ticket": self.fresh}
            self.initial["ticket"] = self.fresh

    def clean_website(self) -> str:
        """Whatever stands there was written by a programme, or by somebody whose browser fills in everything."""
        if self.cleaned_data["website"]:
            raise ValidationError(
                gettext(
                    "この欄は空のままにしてください。書いてあるものを消してから、進んでください。"
                )
            )
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent too soon to be a person's."""
        cleaned = super().clean() or {}
        if not self.errors and (self.read is None or self.read.age < SHORTEST):
            raise ValidationError(
                gettext("送信が早すぎました。内容を確かめて、もう一度ボタンを押してください。")
            )
        return cleaned

    @property
    def word(self) -> str:
        """The random word of the ticket of a form that holds."""
        return self.read.word if self.read else ""


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, the last value of each name."""
    return {name: data[name] for name in data}
