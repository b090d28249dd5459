"""The form of a letter to the city, and that of a receipt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from tsunagari.services.voice.listening.forms.letter_text import LetterField, PlainField
from tsunagari.services.voice.listening.forms.ticket import TicketForm
from tsunagari.services.voice.listening.rules.choices import AGES, LONGEST
from tsunagari.services.voice.listening.rules.typed import VoiceTyped

REPLIES = {
    "mail": gettext_lazy("メールで受け取る"),
    "receipt": gettext_lazy("受付番号を使って、このサイトで読む"),
    "none": gettext_lazy("回答はいらない"),
}


class VoiceForm(TicketForm):
    """A letter to the city. `divisions` are choices (code, name)."""

    text = LetterField(
        longest=LONGEST,
        rows=10,
        label=gettext_lazy("伝えたいこと"),
        help_text=gettext_lazy(
            "意見、提案、困っていることを、そのまま書いてください。2,000文字までです。名前や電話番号は、ここには書かなくてかまいません。"
        ),
        error_messages={"required": gettext_lazy("伝えたいことを書いてください。")},
    )
    about = forms.ChoiceField(
        required=False,
        label=gettext_lazy("どの課についてですか"),
        help_text=gettext_lazy("分からないときは、そのままでかまいません。市で担当を決めます。"),
    )
    reply = forms.ChoiceField(
        label=gettext_lazy("回答"),
        choices=list(REPLIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("回答の受け取り方を選んでください。")},
    )
    mail = forms.EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("メールアドレス"),
        help_text=gettext_lazy("受付番号の控えも、このアドレスに送ります。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("メールアドレスの形で書いてください（例：hanako@example.jp）。")
        },
    )
    may_publish = forms.ChoiceField(
        label=gettext_lazy("ホームページでの公開"),
        help_text=gettext_lazy(
            "公開するときは、だれが書いたか分からないように、市の言葉で書き直します。"
        ),
        choices=[
            ("yes", gettext_lazy("公開してよい")),
            ("no", gettext_lazy("公開しないでほしい")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("公開してよいかを選んでください。")},
    )
    name = PlainField(
        longest=100,
        required=False,
        label=gettext_lazy("名前"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    age = forms.ChoiceField(
        required=False,
        label=gettext_lazy("年齢"),
        choices=[("", gettext_lazy("答えない")), *((k, gettext_lazy(v)) for k, v in AGES.items())],
    )
    field_order = ("text", "about", "reply", "mail", "may_publish", "name", "age")

    def __init__(self, *args: Any, divisions: list[tuple[str, str]], **kwargs: Any) -> None:
        """With the divisions of today."""
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", gettext("分からない")), *divisions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An answer by mail needs an address."""
        cleaned = super().clean()
        wants_mail = cleaned.get("reply") == "mail"
        if wants_mail and not cleaned.get("mail") and "mail" not in self.errors:
            self.add_error(
                "mail",
                ValidationError(
                    gettext("メールで受け取るときは、メールアドレスを書いてください。")
                ),
            )
        return cleaned

    @property
    def typed(self) -> VoiceTyped:
        """What was typed, of a form that holds."""
        said = self.cleaned_data
        return VoiceTyped(
            about=said["about"],
            text=said["text"],
            wants_answer=said["reply"] != "none",
            mail=said["mail"],
            name=said["name"],
            age=said["age"],
            may_publish=said["may_publish"] == "yes",
        )


class ReceiptForm(forms.Form):
    """Number and code of a receipt."""

    number = forms.CharField(
        max_length=40,
        label=gettext_lazy("受付番号"),
        help_text=gettext_lazy("例：2026-12、P2026-3"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("受付番号を入力してください。")},
    )
    code = forms.CharField(
        max_length=40,
        label=gettext_lazy("確認コード"),
        help_text=gettext_lazy("12文字の英数字です。大文字と小文字、線のあるなしは区別しません。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("確認コードを入力してください。")},
    )
