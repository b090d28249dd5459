"""The form of an announcement: one screen, three languages side by side."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from tsunagari.engines.content.rules.announcing import (
    LONGEST,
    Announcement,
    AnnouncementRefused,
    check_address,
    cleaned,
)
from tsunagari.engines.content.rules.emergency_file import LANGUAGES, PARTS

LABELS = {
    "title": gettext_lazy("題名"),
    "text": gettext_lazy("起きていること"),
    "todo": gettext_lazy("いま すること"),
}


class EmergencyForm(forms.Form):
    """Texts in three languages, the page to read on, and what it is: in earnest or a drill, with a light home or not."""

    earnest = forms.ChoiceField(
        label=gettext_lazy("本番か訓練か"),
        choices=[
            ("yes", pgettext_lazy("of an announcement", "本番（本当に起きています）")),
            (
                "drill",
                pgettext_lazy("of an announcement", "訓練（すべてのことばで「訓練」と出ます）"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("本番か訓練かを選んでください。")},
    )
    address = forms.CharField(
        label=gettext_lazy("くわしいページのアドレス"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "「/」で始まるこのサイトのページか、https:// で始まるページ。ほかのことばのページがあれば、それぞれに案内します。"
        ),
    )
    light = forms.BooleanField(
        label=gettext_lazy("ホームを緊急ページにする"),
        required=False,
        help_text=gettext_lazy(
            "電波が弱くても読める、文字だけの軽いページになります。ふだんのホームへの入口も出ます。"
        ),
    )

    def __init__(self, *args: Any, rewording: bool = False, **kwargs: Any) -> None:
        """`rewording`: whether it is a drill was decided before."""
        super().__init__(*args, **kwargs)
        if rewording:
            del self.fields["earnest"]
        for language in LANGUAGES:
            for part in PARTS:
                self.fields[f"{part}_{language}"] = self._field(part, language)

    @staticmethod
    def _field(part: str, language: str) -> forms.CharField:
        needed = language == "ja" and part != "todo"
        words = {"title": gettext_lazy("日本語の題名を書いてください。"), "text": gettext_lazy("日本語の「起きていること」を書いてください。")}  # fmt: skip
        return forms.CharField(
            label=LABELS[part],
            required=needed,
            max_length=LONGEST[part],
            widget=forms.TextInput if part == "title" else forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": words[part]} if needed else None,
        )

    def clean_address(self) -> str:
        """An address that leads somewhere."""
        try:
            return check_address(self.cleaned_data["address"])
        except AnnouncementRefused as refused:
            raise forms.ValidationError(gettext(str(refused))) from refused

    def clean(self) -> dict[str, Any]:
        """The texts together."""
        said = super().clean() or {}
        try:
            if not self.errors:
                cleaned(self._texts(said))
        except AnnouncementRefused as refused:
            raise forms.ValidationError(gettext(str(refused))) from refused
        return said

    @staticmethod
    def _texts(said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        return {
            language: {part: said.get(f"{part}_{language}", "") for part in PARTS}
            for language in LANGUAGES
        }

    def announcement(self, *, drill: bool | None = None) -> Announcement:
        """What was typed, of a form that holds."""
        said = self.cleaned_data
        return Announcement(
            texts=cleaned(self._texts(said)),
            address=said["address"],
            light=said["light"],
            drill=said.get("earnest") == "drill" if drill is None else drill,
        )

    @property
    def in_languages(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language."""
        return [
            (language, [self[f"{part}_{language}"] for part in PARTS]) for language in LANGUAGES
        ]


def typed_in(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Texts as the form's first values."""
    return {
        f"{part}_{language}": parts.get(part, "")
        for language, parts in texts.items()
        for part in PARTS
    }
