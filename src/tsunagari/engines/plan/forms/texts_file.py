"""A workbook of a plan's texts, and the consent to what it was seen to change."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.actions.load_texts import TextChange
from tsunagari.engines.plan.forms.desk import ReasonForm
from tsunagari.engines.plan.rules.measure_sheet import TextRow, read_rows
from tsunagari.kernel.design import consent
from tsunagari.kernel.i18n.tabular import TableRefused
from tsunagari.kernel.i18n.workbook import read_file

LARGEST: Final = 2 * 1024 * 1024
_PURPOSE: Final = "plan.texts"


class TextsFileForm(ReasonForm):
    """A workbook as it was written here; after it is valid, `rows` and the file's `name`."""

    file = forms.FileField(
        label=_("取組のファイル"),
        help_text=_(
            "「Excelに書き出す」で作ったファイル（.xlsx）を直したもの。CSVに保存したものも読めます。2MBまで。"
        ),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("中身のないファイルです。書き出したファイルを選んでください。"),
        },
    )
    field_order = ("file", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: list[TextRow] = []
        self.name = ""

    def clean_file(self) -> Any:
        """Read the file; what is wrong with it as a whole is said beside the field."""
        uploaded = self.cleaned_data["file"]
        self.name = uploaded.name
        try:
            self.rows = read_rows(read_file(uploaded.read(LARGEST + 1), largest=LARGEST))
        except TableRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return uploaded


def sealed(
    *, actor: str, plan: str, rows: Sequence[TextRow], changes: Sequence[TextChange], reason: str
) -> str:
    """The rows that change something, with the reason, for this clerk's consent."""
    kept = [asdict(row) for row in rows]
    return consent.sealed(_PURPOSE, actor, plan, shown=[consent.print_of(changes), reason, kept])


def opened(previewed: str, *, actor: str, plan: str) -> tuple[list[TextRow], str, str]:
    """The rows, the print of what was shown and the reason. Raises consent.NotConsented."""
    shown, reason, rows = consent.opened(previewed, _PURPOSE, actor, plan)
    return [TextRow(**row) for row in rows], shown, reason
