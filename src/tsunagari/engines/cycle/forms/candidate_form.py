"""The form of one candidate: what a driver asks for, where it leads, and whether it is taken up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tsunagari.engines.cycle.rules.candidates import LONGEST, STATES, Fault, Weighed
from tsunagari.kernel.i18n.said import said

NEW = "new"
"""What stands for something new among the measures."""


class CandidateForm(forms.Form):
    """`measures` are public ids with what is shown; `weighed` is how the candidate reads now."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("次の年度にすること"),
        required=False,
        help_text=gettext_lazy("この背景から、市が何をすることになるのかを書きます。"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )
    state = forms.CharField(
        label=gettext_lazy("扱い"),
        required=False,
        widget=forms.RadioSelect(choices=[(key, key) for key in STATES]),
    )
    measure = forms.CharField(
        label=gettext_lazy("どの取組で行うか"),
        required=False,
        help_text=gettext_lazy(
            "「新しい取組」で取り上げると、見直しの決定で、この内容から新規の取組を作れます。"
        ),
        widget=forms.Select,
    )
    reason = forms.CharField(
        label=gettext_lazy("取り上げる理由・取り上げない理由"),
        required=False,
        help_text=gettext_lazy("検討中のあいだは、書かなくてもかまいません。"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, measures: Sequence[tuple[str, str]], *, weighed: Weighed | None, data: Any = None
    ) -> None:
        initial: dict[str, Any] = {"state": "open", "measure": NEW}
        if weighed:
            initial = {**vars(weighed), "measure": weighed.measure or NEW, "seen": weighed.seen}
        super().__init__(data, initial=initial)
        words = [(code, said(title)) for code, title in STATES.items()]
        self.fields["state"].widget = forms.RadioSelect(choices=words)
        choices = [(NEW, _("新しい取組")), *measures]
        self.fields["measure"].widget = forms.Select(choices=choices)

    def weighed(self) -> Weighed:
        """What was typed."""
        measure = self._text("measure")
        return Weighed(
            text=self._text("text"),
            measure="" if measure == NEW else measure,
            state=self._text("state"),
            reason=self._text("reason"),
        )

    def _text(self, key: str) -> str:
        return str(self[key].data or "").replace("\r\n", "\n").strip()

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Say each fault beside its field."""
        self.is_valid()
        for key, sentence in faults:
            self.add_error(key if key in self.fields else None, sentence)
