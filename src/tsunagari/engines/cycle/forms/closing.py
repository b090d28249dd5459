"""The forms with which a year is closed and corrected; what was typed survives every refusal."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy

from tsunagari.engines.cycle.actions.freeze_year import REASON
from tsunagari.engines.cycle.rules.corrections import Correction, field_at, places_of, text_at
from tsunagari.engines.cycle.rules.fields import Field
from tsunagari.engines.cycle.rules.typed import tidy
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearMeasure
from tsunagari.kernel.i18n.said import said

MOST: Final = 200
"""Corrections that one erratum may hold."""

_ROWS: Final = {2000: 5, 1000: 4, 500: 3}


class FreezeForm(forms.Form):
    """Why a year is closed although something is missing, and that one means it."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("足りないものがあるまま確定する理由"),
        help_text=gettext_lazy("内部の記録に残ります。公表はしません。"),
        required=False,
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("確定すると元に戻せないことを確かめました"),
        error_messages={"required": gettext_lazy("確かめたら、印を付けてください。")},
    )


class ReasonForm(forms.Form):
    """Why a closed year is corrected."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("訂正する理由"),
        help_text=gettext_lazy("市民に公表します。例：決算額の転記に誤りがあったため。"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("訂正する理由を入力してください。")},
    )


class CorrectionForm(forms.Form):
    """Every place of a measure as it reads, to be typed over where it is wrong."""

    use_required_attribute = False

    def __init__(
        self, measure: YearMeasure, year: int, *, drafted: Mapping[str, str], data: Any = None
    ) -> None:
        self.measure = measure
        standing = {place: text_at(measure, place) for place, _title in places_of(measure, year)}
        super().__init__(data, initial={**standing, **drafted})
        self.standing = standing
        for place, title in places_of(measure, year):
            self.fields[place] = _input(field_at(measure, place), title)

    def corrections(self) -> list[Correction]:
        """What was typed and reads otherwise than what stands."""
        typed = {place: self._typed(place) for place in self.standing if place in self.data}
        return [
            Correction(measure=self.measure.number, place=place, text=text)
            for place, text in typed.items()
            if text != self.standing[place]
        ]

    def _typed(self, place: str) -> str:
        text, field = str(self.data[place]), field_at(self.measure, place)
        return tidy(text, field) if field else text.strip()


def _input(field: Field | None, title: str) -> forms.Field:
    """What is wrong with a text, the rules say: the form takes everything."""
    if field is not None and field.choices:
        choices = [("", gettext("なし")), *((code, said(w)) for code, w in field.choices.items())]
        return forms.ChoiceField(label=title, required=False, choices=choices)
    long = field is not None and field.kind == "text"
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if long and field is not None:
        widget = forms.Textarea(attrs={"rows": _ROWS.get(field.longest, 3)})
    return forms.CharField(label=title, required=False, strip=False, widget=widget)


def draft_of(text: str, book: Yearbook) -> list[Correction]:
    """The corrections that a screen carries along, as it was given; nothing for what it never wrote."""
    try:
        rows = json.loads(text or "[]")
        found = [Correction(measure=str(m), place=str(p), text=str(t)) for m, p, t in rows]
    except (ValueError, TypeError):
        return []
    return [each for each in found[:MOST] if book.measure(each.measure)]


def draft_text(corrections: Sequence[Correction]) -> str:
    """What a screen carries along of corrections that are not published yet."""
    rows = [[each.measure, each.place, each.text] for each in corrections]
    return json.dumps(rows, ensure_ascii=False)
