"""Keep a file or picture that came with an old page: one that is here already is not kept twice."""

from hashlib import sha1
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction

from tsunagari.engines.content.models import Attachment, Picture
from tsunagari.engines.content.rules.uploads.files import file_ending
from tsunagari.engines.content.rules.uploads.pictures import clean_picture
from tsunagari.engines.content.rules.uploads.videos import clean_video, is_video


@transaction.atomic
def keep_picture(data: bytes, *, title: str, alt: str) -> int:
    """The primary key of the picture with this content. UploadRefused as `clean_picture`."""
    clean = clean_picture(data)
    same = _print(clean.data)
    found = Picture.objects.filter(file_hash=same).values_list("pk", flat=True).first()
    if found is not None:
        return int(found)
    picture = Picture(
        title=title[:255], description=alt[:255], width=clean.width, height=clean.height
    )
    picture.file = ContentFile(clean.data, name=f"a{clean.ending}")
    picture.file_hash, picture.file_size = same, len(clean.data)
    picture.save()
    return int(picture.pk)


@transaction.atomic
def keep_attachment(data: bytes, *, name: str, title: str) -> int:
    """The primary key of the file with this content. UploadRefused as `file_ending`, and for a PDF that cannot be opened."""
    data = _clean(data)
    same = _print(data)
    found = Attachment.objects.filter(file_hash=same).values_list("pk", flat=True).first()
    if found is not None:
        return int(found)
    attachment = Attachment(title=title[:255])
    attachment.file = ContentFile(data, name=f"a{file_ending(data, name)}")
    attachment._set_document_file_metadata()  # noqa: SLF001 - Wagtail's name for what every way of keeping calls
    attachment.save()
    return int(attachment.pk)


def _clean(data: bytes) -> bytes:
    """A video without what is told beside it; anything else as it came."""
    if not is_video(data[:12]):
        return data
    file = BytesIO(data)
    clean_video(file)
    return file.getvalue()


def _print(data: bytes) -> str:
    """As Wagtail tells files apart."""
    return sha1(data, usedforsecurity=False).hexdigest()
