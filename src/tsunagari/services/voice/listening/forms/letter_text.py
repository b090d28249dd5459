"""Fields that hold what somebody wrote: cleaned, counted in letters as people count, without personal numbers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from tsunagari.services.voice.listening.rules.personal_numbers import holds_personal_number
from tsunagari.services.voice.listening.rules.plain_text import plain_text


class PlainField(forms.CharField):
    """A text of `longest` letters at most, without signs that no screen shows. The browser is told no length:
    it would count an emoji twice, and cut off what was pasted."""

    def __init__(self, *, longest: int, rows: int = 0, **kwargs: Any) -> None:
        """`rows` is the height of a text of several lines, 0 for one line."""
        self.longest, self.rows = longest, rows
        if rows and "widget" not in kwargs:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows, "data-longest": longest})
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """The cleaned text, on one line where the field has one."""
        text = plain_text(str(value or ""))
        return text if self.rows else " ".join(text.split("\n"))

    def validate(self, value: str) -> None:
        """Say by how many letters a text is too long."""
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(
                gettext(
                    "%(over)d文字 多すぎます。%(longest)d文字までに短くしてください（いまは%(now)d文字）。"
                )
                % {
                    "over": len(value) - self.longest,
                    "longest": self.longest,
                    "now": len(value),
                }
            )


class LetterField(PlainField):
    """A text that residents write: a personal number in it is refused."""

    def validate(self, value: str) -> None:
        """Refuse what holds a personal number."""
        super().validate(value)
        if holds_personal_number(value):
            raise ValidationError(
                gettext(
                    "マイナンバー（12桁の個人番号）のような番号があります。番号を消してから、進んでください。"
                )
            )
