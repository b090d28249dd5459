"""What staff type: a group of words that mean the same."""

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.search.declare import REFUSED_WORDS

LANGUAGES = (("ja", _("日本語")), ("en", _("英語")), ("easy", _("やさしい日本語")))
_BETWEEN = re.compile(r"[\n、,，;；]+")


class SynonymsForm(forms.Form):
    """Two to twelve words, one a line."""

    words = forms.CharField(
        label=_("同じ意味の言葉"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "1行に1つ、2つから12までです。どの言葉で探しても、ほかの言葉のページも見つかります。"
        ),
        strip=False,
    )
    language = forms.ChoiceField(label=_("ページの言語"), choices=LANGUAGES)

    def clean_words(self) -> list[str]:
        """The words without empty lines."""
        held = _BETWEEN.split(str(self.cleaned_data["words"]).replace("\x00", ""))
        return [" ".join(word.split()) for word in held if word.strip()]

    def refuse(self, why: str) -> None:
        """Say at the field what the search does not take."""
        sentences = {
            "few": gettext("言葉を2つ以上、1行に1つずつ書いてください。"),
            "many": gettext("言葉は%(most)dまでです。組を分けてください。")
            % {"most": REFUSED_WORDS},
            "long": gettext("40文字までの言葉にしてください。"),
        }
        self.add_error("words", sentences[why])
