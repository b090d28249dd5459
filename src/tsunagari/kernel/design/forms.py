"""Django forms in our look, and a date one types as people write it: era, year, month, day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language, gettext, gettext_lazy

from tsunagari.kernel.i18n.eras import ERAS, DateRefused, era_of, parse_day
from tsunagari.kernel.i18n.texts import N_

ERA_NAMES = (N_("令和"), N_("平成"), N_("昭和"), N_("大正"), N_("明治"))
"""The eras' names, marked for the other language: Reiwa, Heisei …"""


class Renderer(TemplatesSetting):
    """Settings.FORM_RENDERER: {{ form }} draws every field with the component form-field."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"


def era_choices() -> list[tuple[str, str]]:
    """Letters and names of the eras, newest first, then the western calendar ("")."""
    return [*((era.letter, gettext(era.name)) for era in reversed(ERAS)), ("", gettext("西暦"))]


class EraDateWidget(forms.MultiWidget):
    """Era and three boxes, drawn like the component date-input; a standing date is shown with its era in
    Japanese, with the year of the calendar in other languages."""

    template_name = "design/forms/era_date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Era as a list, year, month and day as numbers typed in any width."""
        numbers = [
            forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}) for _ in range(3)
        ]
        super().__init__(
            [forms.Select(choices=CallableChoiceIterator(era_choices)), *numbers], attrs
        )

    def decompress(self, value: date | None) -> list[Any]:
        """A date as era letter, year of the era, month and day."""
        western = (get_language() or "ja") != "ja"
        if value is None:
            return ["" if western else ERAS[-1].letter, None, None, None]
        if western:
            return ["", value.year, value.month, value.day]
        try:
            era, year = era_of(value)
        except DateRefused:
            return ["", value.year, value.month, value.day]
        return [era.letter, year, value.month, value.day]


class EraDateField(forms.MultiValueField):
    """A date from era, year, month and day; 元 and digits of any width are read."""

    widget = EraDateWidget
    default_error_messages: ClassVar = {
        "required": gettext_lazy("日付を入力してください（例：昭和 30年 4月 1日）"),
        "incomplete": gettext_lazy("年・月・日をすべて入力してください（例：昭和 30年 4月 1日）"),
    }

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every field takes."""
        parts = (
            forms.CharField(required=False),
            *(forms.CharField(max_length=4) for _ in range(3)),
        )
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> date | None:
        """The date that was meant; ValidationError says what to write instead."""
        if not any(data_list[1:]):
            return None
        era, year, month, day = data_list
        try:
            return parse_day(f"{era}{year}.{month}.{day}")
        except DateRefused as refused:
            raise ValidationError(str(refused)) from refused
