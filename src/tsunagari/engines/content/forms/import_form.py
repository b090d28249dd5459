"""What the office says when it brings an old site over."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.content.actions.ask_import import ImportRefused
from tsunagari.engines.content.models import Published
from tsunagari.engines.content.models.blocks import division_choices
from tsunagari.kernel.files.declare import LARGEST


def _places() -> list[tuple[int, str]]:
    """Topics and pages of the first two levels, below which drafts may stand."""
    found = Published.objects.filter(kind__in=("topic", "page"), depth__lte=2)
    rows = found.order_by("language", "order").values_list("page_id", "title", "language", "path")
    return [(page, f"{title}（{path}）" if lang == "ja" else f"{title}（{lang}/{path}）") for page, title, lang, path in rows]  # fmt: skip


class ImportForm(forms.Form):
    """A ZIP or an export, and where its pages shall stand."""

    file = forms.FileField(
        label=_("ファイル（ZIPかCSV）"),
        help_text=_(
            "保存したページ（.html）と、そのページの画像・PDFが入ったフォルダーをZIPにしたもの、またはSHIRASAGIから書き出したCSVです。15 MBまで。"
        ),
        error_messages={"required": _("取り込むファイルを選んでください。")},
    )
    address = forms.URLField(
        label=_("古いサイトのアドレス"),
        required=False,
        assume_scheme="https",
        help_text=_(
            "例：https://www.city.example.jp/　保存したフォルダーの名前がサイトのアドレスなら、書かなくてかまいません。"
        ),
    )
    below = forms.TypedChoiceField(label=_("どのページの下に置くか"), coerce=int, choices=_places)
    division = forms.ChoiceField(label=_("担当する課"), choices=division_choices)

    def clean_file(self) -> "UploadedFile[Any]":
        """Not larger than what reaches the server in one message."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(
                gettext(
                    "ファイルが大きすぎます（15 MBまで）。分けるか、情報システムの担当に「tsunagari content import」で取り込んでもらってください。"
                )
            )
        return upload

    def refuse(self, refused: ImportRefused) -> None:
        """Say beside the field why nothing can be taken from the file."""
        self.add_error("file", gettext(str(refused)))
