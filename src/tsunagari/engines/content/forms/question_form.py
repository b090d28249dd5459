"""The form of a question to which no answer was found: one text, no name, no session."""

from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext, gettext_lazy

from tsunagari.engines.content.models.unanswered import LONGEST_QUESTION
from tsunagari.engines.content.rules.asked_text import plain_question, refusal
from tsunagari.kernel.i18n.clock import Clock

QUICKEST: Final = 3
"""Seconds that a person needs at least; programmes are quicker."""
LONGEST_OPEN: Final = 24 * 3600
"""Seconds after which a form that stood open is given a new ticket."""
_SALT: Final = "content.question"


class QuestionForm(forms.Form):
    """A text, a field that stays empty, and a ticket that says when the form was given out."""

    text = forms.CharField(
        label=gettext_lazy("聞きたかったこと"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-longest": LONGEST_QUESTION}),
        help_text=gettext_lazy(
            "300文字まで。名前や電話番号は書かないでください。お返事は送れませんが、答えをこのサイトに載せます。"
        ),
    )
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
        self._clock = clock
        self._age = self._age_of(str(self.data.get("ticket", ""))) if self.is_bound else None
        if self._age is None:
            fresh = signing.dumps(int(clock().timestamp()), salt=_SALT)
            self.initial["ticket"] = fresh
            if self.is_bound:
                self.data = {**{name: self.data[name] for name in self.data}, "ticket": fresh}

    def _age_of(self, ticket: str) -> float | None:
        try:
            given = signing.loads(ticket, salt=_SALT)
            age = self._clock().timestamp() - int(given)
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return age if age < LONGEST_OPEN else None

    def clean_text(self) -> str:
        """Words of some length, without what tells who asks."""
        text = plain_question(self.cleaned_data["text"])
        if why := refusal(text, longest=LONGEST_QUESTION):
            raise forms.ValidationError(gettext(why))
        return text

    def clean_website(self) -> str:
        """Whatever stands there was written by a programme, or by a browser that fills in everything."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("この欄は空のままにしてください。"))
        return ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was sent too soon to be a person's."""
        said = super().clean() or {}
        if self._age is None or self._age < QUICKEST:
            raise forms.ValidationError(
                gettext("送信が早すぎました。内容を確かめて、もう一度「送る」を押してください。")
            )
        return said
