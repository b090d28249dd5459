"""Forms of a division's workbook: a file, and the consent to what it would change."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.actions.load_sheets import CellChange
from tsunagari.engines.cycle.rules.workbook_reading import (
    LARGEST,
    FilledBook,
    FilledCell,
    Place,
    read_book,
)
from tsunagari.kernel.design import consent
from tsunagari.kernel.i18n.tabular import TableRefused

LONGEST: Final = 2_000_000
"""Letters of the longest consent: a longer one would not come back through a form."""
_PURPOSE: Final = "cycle.sheets"


class WorkbookForm(forms.Form):
    """A workbook that was written by the console and filled in."""

    file = forms.FileField(
        label=_("調書のExcel"),
        help_text=_("「Excelに書き出す」で作ったファイルに書いたもの（.xlsx）。"),
        error_messages={
            "required": _("読み込むファイルを選んでください。"),
            "empty": _("ファイルが空です。中身のあるファイルを選んでください。"),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = FilledBook(cells=(), faults=())

    def clean_file(self) -> "UploadedFile[Any]":
        """Read the file; what is wrong with all of it is said beside the field."""
        uploaded: UploadedFile[Any] = self.cleaned_data["file"]
        if (uploaded.size or 0) > LARGEST:
            sentence = gettext(
                "ファイルが大きすぎます（%(size)d MBまで）。書き出したファイルに、画像などを加えずに書いてください。"
            )
            raise forms.ValidationError(sentence % {"size": LARGEST // (1024 * 1024)})
        try:
            self.book = read_book(uploaded.read())
        except TableRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return uploaded

    @property
    def name(self) -> str:
        """The file's name."""
        return self.cleaned_data["file"].name or ""


def sealed(
    *, actor: str, cycle: str, cells: Sequence[FilledCell], changes: Sequence[CellChange]
) -> str:
    """The cells that change something, for this clerk's consent to this year. "" where the text would be too
    long to come back."""
    places = {(each.sheet, each.key) for each in changes}
    kept = [asdict(each) for each in cells if (each.sheet, each.key) in places]
    text = consent.sealed(_PURPOSE, actor, cycle, shown=[consent.print_of(changes), kept])
    return text if len(text) <= LONGEST else ""


def opened(previewed: str, *, actor: str, cycle: str) -> tuple[list[FilledCell], str]:
    """The cells and the print of their changes. Raises consent.NotConsented."""
    shown, kept = consent.opened(previewed, _PURPOSE, actor, cycle)
    return [_cell(each) for each in kept], shown


def _cell(held: dict[str, Any]) -> FilledCell:
    return FilledCell(**{**held, "place": Place(**held["place"])})
