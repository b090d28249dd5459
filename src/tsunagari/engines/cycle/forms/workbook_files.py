"""Forms of a division's workbook: a file, and the consent to what it would change."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.actions.load_sheets import CellChange, LoadRefused
from tsunagari.engines.cycle.rules.workbook_reading import (
    LARGEST,
    FilledBook,
    FilledCell,
    Place,
    read_book,
)
from tsunagari.kernel.i18n.tabular import TableRefused

VALID_FOR: Final = 60 * 60
"""Seconds that a shown preview may be confirmed."""
LONGEST: Final = 2_000_000
"""Letters of the longest consent: a longer one would not come back through a form."""
_SALT: Final = "cycle.sheets"


class WorkbookForm(forms.Form):
    """A workbook that was written by the console and filled in."""

    file = forms.FileField(
        label=_("調書のExcel"),
        help_text=_("「調書をExcelに書き出す」で作ったファイルに書いたもの（.xlsx）。"),
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


class SheetsConsentForm(forms.Form):
    """What was previewed, signed, so that it is taken in exactly as it was shown."""

    previewed = forms.CharField(widget=forms.HiddenInput, strip=False)

    @staticmethod
    def sealed(
        *, actor: str, cycle: str, cells: Sequence[FilledCell], changes: Sequence[CellChange]
    ) -> str:
        """The cells that change something, as a text that only this installation can make, for this clerk
        and this year. "" where it would be too long to come back."""
        places = {(each.sheet, each.key) for each in changes}
        kept = [_plain(each) for each in cells if (each.sheet, each.key) in places]
        held = [actor, cycle, SheetsConsentForm.print_of(changes), kept]
        sealed = signing.dumps(held, salt=_SALT, compress=True)
        return sealed if len(sealed) <= LONGEST else ""

    @staticmethod
    def print_of(changes: Sequence[CellChange]) -> str:
        """A print of what a workbook changes, by which the same outcome is known again."""
        return hashlib.sha256(repr(tuple(changes)).encode()).hexdigest()

    def opened(self, *, actor: str, cycle: str) -> tuple[list[FilledCell], str]:
        """The cells and the print of their changes; LoadRefused when too old, or not this clerk's."""
        again = gettext(
            "確認の画面を開いてから時間がたちました。もう一度ファイルを選んでください。"
        )
        if not self.is_valid():
            raise LoadRefused(again)
        try:
            held = signing.loads(self.cleaned_data["previewed"], salt=_SALT, max_age=VALID_FOR)
        except signing.BadSignature as bad:
            raise LoadRefused(again) from bad
        if held[:2] != [actor, cycle]:
            raise LoadRefused(again)
        return [_cell(each) for each in held[3]], held[2]


def _plain(cell: FilledCell) -> dict[str, Any]:
    return asdict(cell)


def _cell(held: dict[str, Any]) -> FilledCell:
    return FilledCell(**{**held, "place": Place(**held["place"])})
