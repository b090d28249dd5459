"""Forms of the table of figures: a file, and the consent to what it would change."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.actions.load_values import ValueChange
from tsunagari.engines.plan.rules.value_sheet import SheetRow, read_rows, row_of
from tsunagari.kernel.design import consent
from tsunagari.kernel.i18n.tabular import TableRefused
from tsunagari.kernel.i18n.workbook import read_file

LARGEST: Final = 2 * 1024 * 1024
_PURPOSE: Final = "plan.values"


class ValuesFileForm(forms.Form):
    """A workbook or CSV file that was written by the console and filled in."""

    file = forms.FileField(
        label=_("ExcelかCSVのファイル"),
        help_text=_(
            "この画面から書き出した表に入力したもの（.xlsx か .csv）。文字コードはUTF-8でもShift_JISでも読めます。"
        ),
        error_messages={
            "required": _("読み込むファイルを選んでください。"),
            "empty": _("ファイルが空です。中身のあるファイルを選んでください。"),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[SheetRow] = []
        self.faults: list[tuple[int, str]] = []
        self.quiet = 0

    def clean_file(self) -> "UploadedFile[Any]":
        """Read the file; what is wrong with all of it is said beside the field."""
        uploaded: UploadedFile[Any] = self.cleaned_data["file"]
        if (uploaded.size or 0) > LARGEST:
            raise forms.ValidationError(
                gettext("ファイルが大きすぎます（2MBまで）。年度で分けてください。")
            )
        try:
            table = read_file(uploaded.read(), largest=LARGEST)
            self.rows, self.faults, self.quiet = read_rows(table)
        except TableRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return uploaded

    @property
    def name(self) -> str:
        """The file's name."""
        return self.cleaned_data["file"].name or ""


def sealed(*, actor: str, rows: Sequence[SheetRow], changes: Sequence[ValueChange]) -> str:
    """The rows that change something, for this clerk's consent."""
    return consent.sealed(
        _PURPOSE, actor, shown=[consent.print_of(changes), [row.plain() for row in rows]]
    )


def opened(previewed: str, *, actor: str) -> tuple[list[SheetRow], str]:
    """The rows and the print of their changes. Raises consent.NotConsented."""
    shown, rows = consent.opened(previewed, _PURPOSE, actor)
    return [row_of(each) for each in rows], shown
