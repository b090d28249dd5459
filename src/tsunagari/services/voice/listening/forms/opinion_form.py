"""The form of an opinion on a draft, as residents fill it in and as clerks type in what came on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from tsunagari.kernel.design.forms import EraDateField
from tsunagari.services.voice.listening.forms.letter_text import LetterField, PlainField
from tsunagari.services.voice.listening.forms.ticket import TicketForm
from tsunagari.services.voice.listening.models import Call
from tsunagari.services.voice.listening.rules.choices import AGES, LONGEST_OPINION, TIES
from tsunagari.services.voice.listening.rules.typed import OpinionTyped
from tsunagari.services.voice.listening.service import CHANNELS


class OpinionForm(TicketForm):
    """An opinion. The call says which parts its draft has, and whether a name and an address are needed."""

    text = LetterField(
        longest=LONGEST_OPINION,
        rows=12,
        label=gettext_lazy("意見"),
        help_text=gettext_lazy(
            "5,000文字までです。理由もあわせて書いてあると、検討しやすくなります。"
        ),
        error_messages={"required": gettext_lazy("意見を書いてください。")},
    )
    part = forms.ChoiceField(required=False, label=gettext_lazy("どの部分についてですか"))
    mail = forms.EmailField(
        required=False,
        max_length=254,
        label=gettext_lazy("メールアドレス"),
        help_text=gettext_lazy("書いてあると、受付番号の控えを送ります。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("メールアドレスの形で書いてください（例：hanako@example.jp）。")
        },
    )
    name = PlainField(
        longest=100,
        required=False,
        label=gettext_lazy("名前（団体のときは団体名）"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("名前を書いてください。")},
    )
    address = PlainField(
        longest=200,
        required=False,
        label=gettext_lazy("住所"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("住所を書いてください。")},
    )
    tie = forms.ChoiceField(
        required=False,
        label=gettext_lazy("市との関わり"),
        choices=[("", gettext_lazy("答えない")), *((k, gettext_lazy(v)) for k, v in TIES.items())],
    )
    age = forms.ChoiceField(
        required=False,
        label=gettext_lazy("年齢"),
        choices=[("", gettext_lazy("答えない")), *((k, gettext_lazy(v)) for k, v in AGES.items())],
    )
    field_order: Sequence[str] = ("part", "text", "mail", "name", "address", "tie", "age")

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        """With the parts of the call's draft."""
        super().__init__(*args, **kwargs)
        parts = [line.strip() for line in call.parts.split("\n") if line.strip()]
        choices = [("", gettext("全体について")), *((part, part) for part in parts)]
        self.fields["part"].choices = choices  # type: ignore[attr-defined]
        self.fields["part"].widget.attrs["lang"] = "ja"
        if not parts:
            del self.fields["part"]
        self.fields["name"].required = call.asks_name
        self.fields["address"].required = call.asks_address
        if not call.asks_address:
            del self.fields["address"]

    @property
    def typed(self) -> OpinionTyped:
        """What was typed, of a form that holds."""
        said = self.cleaned_data
        names = ("text", "part", "name", "address", "mail", "age", "tie")
        return OpinionTyped(**{name: said.get(name, "") for name in names})


class PaperForm(OpinionForm):
    """An opinion that came by another way: clerks type what stands there, and no more is required."""

    channel = forms.ChoiceField(
        label=gettext_lazy("届き方"),
        choices=[(k, gettext_lazy(v)) for k, v in CHANNELS.items() if k != "web"],
    )
    came_on = EraDateField(label=gettext_lazy("届いた日"))
    field_order = ("channel", "came_on", "part", "text", "name", "address", "mail", "tie", "age")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Paper is kept as it came, with a name or without."""
        super().__init__(*args, **kwargs)
        for name in ("name", "address"):
            if name in self.fields:
                self.fields[name].required = False
        self.fields["mail"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """A clerk is no programme: she may be quick."""
        return self.cleaned_data
