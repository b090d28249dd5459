"""Forms of the console: a file of figures, and the consent to what it would change."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.design import consent
from tsunagari.kernel.metering.declare import Loaded
from tsunagari.kernel.metering.rules import MonthFigure, Refused, figures_in

LARGEST = 1024 * 1024
_PURPOSE = "metering.figures"


class FileForm(forms.Form):
    """A CSV file of monthly figures of one meter."""

    file = forms.FileField(
        label=_("CSVファイル"),
        help_text=_(
            "「年月」と数値の2列があるファイルです。文字コードはUTF-8でもShift_JISでも読めます。"
        ),
        error_messages={"required": _("取り込むファイルを選んでください。")},
    )

    def __init__(self, *args: Any, meter: Loaded, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meter = meter
        self.figures: list[MonthFigure] = []

    def clean_file(self) -> "UploadedFile[Any]":
        """Read the file; whatever is wrong with it is said beside the field."""
        uploaded: UploadedFile[Any] = self.cleaned_data["file"]
        if (uploaded.size or 0) > LARGEST:
            raise forms.ValidationError(
                gettext("ファイルが大きすぎます（1MBまで）。年ごとに分けてください。")
            )
        try:
            self.figures = figures_in(uploaded.read(), self.meter)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return uploaded


def sealed(*, meter: str, actor: str, name: str, figures: list[MonthFigure]) -> str:
    """The previewed figures of a file, for this clerk's consent."""
    rows = [[f"{each.month:%Y-%m}", f"{each.value:f}", each.note] for each in figures]
    return consent.sealed(_PURPOSE, meter, actor, shown=[name, rows])


def opened(previewed: str, *, meter: str, actor: str) -> tuple[str, list[MonthFigure]]:
    """The file's name and its figures as they were shown. Raises consent.NotConsented."""
    name, rows = consent.opened(previewed, _PURPOSE, meter, actor)
    return name, [
        MonthFigure(month=date.fromisoformat(f"{month}-01"), value=Decimal(value), note=note)
        for month, value, note in rows
    ]
