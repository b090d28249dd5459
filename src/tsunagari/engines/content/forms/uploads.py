"""Pictures and files as clerks put them up, in every form of the console: judged by content, pictures written anew."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html_join
from django.utils.translation import gettext
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from tsunagari.engines.content.rules.uploads.files import NAMED_WRONG, file_ending
from tsunagari.engines.content.rules.uploads.pdf import pdf_facts
from tsunagari.engines.content.rules.uploads.pictures import LARGEST, clean_picture
from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.engines.content.rules.uploads.videos import MP4, clean_video, is_video

MEGABYTE = 1024 * 1024
LONGEST_TITLE = 255


class PictureField(WagtailImageField):
    """A picture that is kept as `clean_picture` writes it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.help_text = gettext(
            "JPEG、PNG、WebP、AVIF、GIF。%(size)d MBまで。撮った場所などの記録は取り除きます。動く画像は、最初の1枚になります。"
        ) % {"size": self.max_upload_size // MEGABYTE}

    def to_python(self, data: Any) -> Any:
        """The upload itself, with a clean picture in it: whoever keeps it by another way keeps that, too."""
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        _refuse_large(upload, min(self.max_upload_size, LARGEST))
        upload.seek(0)
        try:
            clean = clean_picture(upload.read())
        except UploadRefused as refused:
            raise ValidationError(refused.said.told(gettext), code="refused") from refused
        _replace(upload, clean.data, clean.ending)
        return super().to_python(upload)


class AttachmentField(WagtailDocumentField):
    """A file that `file_ending` takes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.help_text = gettext(
            "PDF、Word、Excel、PowerPoint、OpenDocument、CSV、テキスト、ZIP、字幕（VTT）は%(size)d MBまで。動画（MP4）は%(video)d MBまでで、撮った場所などの記録は取り除きます。"
        ) % {
            "size": self.max_upload_size // MEGABYTE,
            "video": settings.LARGEST_VIDEO // MEGABYTE,
        }

    def to_python(self, data: Any) -> Any:
        """The upload. Refused: a kind that is not taken, a PDF that nobody can open."""
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        upload.seek(0)
        if is_video(upload.read(12)):
            return _video(upload)
        _refuse_large(upload, self.max_upload_size)
        upload.seek(0)
        content = upload.read()
        upload.seek(0)
        try:
            if file_ending(content, upload.name or "") == ".pdf":
                pdf_facts(content)
        except UploadRefused as refused:
            raise ValidationError(refused.said.told(gettext), code="refused") from refused
        return upload


def _video(upload: Any) -> Any:
    """The upload itself, without what is told beside the video; read in pieces, for it may be large."""
    _refuse_large(upload, settings.LARGEST_VIDEO)
    if not (upload.name or "").lower().endswith(MP4):
        raise ValidationError(gettext(NAMED_WRONG) % {"ending": MP4}, code="refused")
    try:
        clean_video(upload.file)
    except UploadRefused as refused:
        raise ValidationError(refused.said.told(gettext), code="refused") from refused
    upload.seek(0)
    return upload


def _refuse_large(upload: "File[Any]", most: int) -> None:
    if upload.size > most:
        sentence = gettext(
            "ファイルが大きすぎます（%(size)d MBまで）。分けるか、小さくしてください。"
        )
        raise ValidationError(sentence % {"size": most // MEGABYTE}, code="too_large")


def _replace(upload: Any, data: bytes, ending: str) -> None:
    file = upload.file
    file.seek(0)
    file.truncate()
    file.write(data)
    file.flush()
    file.seek(0)
    upload.size = len(data)
    upload.name = f"{PurePosixPath(upload.name).stem[:100] or 'picture'}{ending}"


class _NamedByItsFile(forms.ModelForm[Any]):
    """A fresh file without a title takes its name: a browser forgets the file of a form that is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False

    def clean(self) -> dict[str, Any]:
        """A title is asked for only where no file has come."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "title" not in cleaned or cleaned["title"]:
            return cleaned
        file = cleaned.get("file")
        if isinstance(file, UploadedFile) and file.name:
            cleaned["title"] = PurePosixPath(file.name).stem[:LONGEST_TITLE]
        elif "file" not in self.errors:
            self.add_error("title", forms.Field.default_error_messages["required"])
        return cleaned


class PictureForm(_NamedByItsFile, BaseImageForm):
    """Every form of a picture in the console."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _as(PictureField, self.fields["file"])


class AttachmentForm(_NamedByItsFile, BaseDocumentForm):
    """Every form of a file in the console; what hinders readers of a PDF is said under its title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _as(AttachmentField, self.fields["file"])
        if "title" in self.fields:
            self.fields["title"].help_text = gettext(
                "読む人に見える名前です。何のファイルかを書きます（例：児童手当 認定請求書）。"
            )
        told = [(each.told(gettext),) for each in self.instance.warnings]
        if told and "title" in self.fields:
            self.fields["title"].help_text = format_html_join(" ", "{}", told)


def _as(kind: type[forms.FileField], field: Any) -> forms.FileField:
    return kind(label=field.label, required=field.required, widget=field.widget)
