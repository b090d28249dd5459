"""What clerks type: answers, what is published, calls for comments, groups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from tsunagari.kernel.design.forms import EraDateField
from tsunagari.kernel.i18n.days import day_start
from tsunagari.services.voice.listening.forms.letter_text import PlainField
from tsunagari.services.voice.listening.rules.calls import KEPT_DAYS
from tsunagari.services.voice.listening.rules.choices import ANSWERS, CATEGORIES, LONGEST_TEXT
from tsunagari.services.voice.listening.rules.typed import (
    CallTyped,
    GroupTyped,
    PublishedTyped,
)
from tsunagari.services.voice.listening.rules.voice_states import MOST_DAYS, USUAL_DAYS

CALL_TEXTS = (
    "title",
    "summary",
    "why",
    "use",
    "who",
    "contact",
    "parts",
    "short_reason",
)


class AssignForm(forms.Form):
    """Which division answers a letter, in how many business days, in which category."""

    division = forms.ChoiceField(
        label=gettext_lazy("担当の課"),
        error_messages={"required": gettext_lazy("担当の課を選んでください。")},
    )
    category = forms.ChoiceField(
        label=gettext_lazy("分野"),
        choices=[
            ("", gettext_lazy("選んでください")),
            *((k, gettext_lazy(v)) for k, v in CATEGORIES.items()),
        ],
        error_messages={"required": gettext_lazy("分野を選んでください。")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("回答までの開庁日数"),
        initial=USUAL_DAYS,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
    )

    def __init__(self, *args: Any, divisions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """With the divisions of today."""
        super().__init__(*args, **kwargs)
        choices = [("", gettext("選んでください")), *divisions]
        self.fields["division"].choices = choices  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """The answer to a letter; `base` is the draft that she had before her."""

    text = PlainField(
        longest=LONGEST_TEXT,
        rows=14,
        label=gettext_lazy("回答"),
        help_text=gettext_lazy("このまま差出人に届きます。個人の名前は書かないでください。"),
        error_messages={"required": gettext_lazy("回答を書いてください。")},
    )
    base = forms.CharField(required=False, max_length=22, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """A letter and its answer, in the city's wording."""

    title = PlainField(
        longest=100,
        label=gettext_lazy("見出し"),
        help_text=gettext_lazy("何についての声かが、一目で分かる短い言葉で書いてください。"),
        error_messages={"required": gettext_lazy("見出しを書いてください。")},
    )
    question = PlainField(
        longest=LONGEST_TEXT,
        rows=8,
        label=gettext_lazy("届いた声（公開する文）"),
        help_text=gettext_lazy(
            "届いた文をそのまま使わず、だれが書いたか分からないように書き直してください。"
        ),
        error_messages={"required": gettext_lazy("公開する文を書いてください。")},
    )
    answer = PlainField(
        longest=LONGEST_TEXT,
        rows=10,
        label=gettext_lazy("市の回答（公開する文）"),
        error_messages={"required": gettext_lazy("公開する回答を書いてください。")},
    )
    category = forms.ChoiceField(
        label=gettext_lazy("分野"),
        choices=[(k, gettext_lazy(v)) for k, v in CATEGORIES.items()],
    )

    @property
    def typed(self) -> PublishedTyped:
        """What was typed, of a form that holds."""
        return PublishedTyped(**self.cleaned_data)


class CallForm(forms.Form):
    """A call for comments."""

    title = PlainField(
        longest=120,
        label=gettext_lazy("案の名前"),
        error_messages={"required": gettext_lazy("案の名前を書いてください。")},
    )
    summary = PlainField(
        longest=LONGEST_TEXT,
        rows=6,
        label=gettext_lazy("案のあらまし"),
        help_text=gettext_lazy("資料を開かなくても、何が変わるかが分かるように書いてください。"),
        error_messages={"required": gettext_lazy("案のあらましを書いてください。")},
    )
    why = PlainField(
        longest=LONGEST_TEXT, rows=4, required=False, label=gettext_lazy("なぜ意見を募集するか")
    )
    parts = PlainField(
        longest=LONGEST_TEXT,
        rows=4,
        required=False,
        label=gettext_lazy("案の部分"),
        help_text=gettext_lazy(
            "1行に1つ書くと、どの部分への意見かを選べます（例：第1章 基本の考え方）。"
        ),
    )
    opens = EraDateField(label=gettext_lazy("募集を始める日"))
    closes = EraDateField(
        label=gettext_lazy("締め切りの日"),
        help_text=gettext_lazy("この日の23時59分に、自動で締め切ります。"),
    )
    short_reason = PlainField(
        longest=1000,
        rows=2,
        required=False,
        label=gettext_lazy("期間が30日より短い理由"),
        help_text=gettext_lazy(
            "募集の期間は30日以上にします。短いときだけ書いてください。公開されます。"
        ),
    )
    who = PlainField(longest=1000, rows=3, required=False, label=gettext_lazy("意見を出せる方"))
    use = PlainField(longest=2000, rows=3, required=False, label=gettext_lazy("意見の扱い"))
    contact = PlainField(
        longest=1000,
        rows=4,
        label=gettext_lazy("問い合わせと、ほかの出し方"),
        help_text=gettext_lazy(
            "電話番号と、郵便・ファクス・窓口で出すときのあて先を書いてください。"
        ),
        error_messages={"required": gettext_lazy("問い合わせ先を書いてください。")},
    )
    asks_name = forms.BooleanField(required=False, label=gettext_lazy("名前を必ず書いてもらう"))
    asks_address = forms.BooleanField(required=False, label=gettext_lazy("住所を必ず書いてもらう"))
    kept_days = forms.IntegerField(
        label=gettext_lazy("名前や連絡先を消すまでの日数"),
        help_text=gettext_lazy("結果を公表した日から数えます。"),
        initial=KEPT_DAYS,
        min_value=1,
        max_value=3650,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
    )
    version = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)

    @property
    def typed(self) -> CallTyped:
        """What was typed, of a form that holds."""
        said = {name: held for name, held in self.cleaned_data.items() if name != "version"}
        return CallTyped(**said)


class MomentForm(forms.Form):
    """From when on something is public: empty for at once."""

    day = EraDateField(
        required=False,
        label=gettext_lazy("公開する日"),
        help_text=gettext_lazy("空のときは、課長が承認したらすぐに公開します。"),
    )

    @property
    def moment(self) -> datetime | None:
        """The first moment of the day; None for at once."""
        day = self.cleaned_data.get("day")
        return day_start(day) if day else None


class GroupForm(forms.Form):
    """A group of opinions with the city's answer."""

    title = PlainField(
        longest=120,
        label=gettext_lazy("まとまりの名前"),
        error_messages={"required": gettext_lazy("まとまりの名前を書いてください。")},
    )
    summary = PlainField(
        longest=LONGEST_TEXT,
        rows=4,
        label=gettext_lazy("意見の要旨"),
        error_messages={"required": gettext_lazy("意見の要旨を書いてください。")},
    )
    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("市の考え方の種類"),
        choices=[
            ("", gettext_lazy("まだ決めていない")),
            *((k, gettext_lazy(v)) for k, v in ANSWERS.items()),
        ],
    )
    answer = PlainField(
        longest=LONGEST_TEXT, rows=6, required=False, label=gettext_lazy("市の考え方")
    )
    version = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)

    @property
    def typed(self) -> GroupTyped:
        """What was typed, of a form that holds."""
        names = ("title", "summary", "kind", "answer")
        return GroupTyped(**{name: self.cleaned_data[name] for name in names})


class ResultsForm(forms.Form):
    """What stands above the groups of the results."""

    results_text = PlainField(
        longest=LONGEST_TEXT,
        rows=5,
        required=False,
        label=gettext_lazy("結果についての説明"),
    )
    changed_parts = PlainField(
        longest=LONGEST_TEXT,
        rows=5,
        required=False,
        label=gettext_lazy("意見を受けて直したところ"),
    )
    version = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)
