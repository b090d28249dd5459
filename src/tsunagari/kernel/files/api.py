"""What other rooms may ask of the store of files: keep one, take one away, hand one out.

Whoever hands a file out has checked first who asks. Files are not searched for personal numbers or
viruses: what comes in is told by kind alone, and nothing is ever shown inside a page of ours.
"""

from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from tsunagari.kernel.files import keyring, store
from tsunagari.kernel.files.declare import (
    ENDINGS,
    LARGEST,
    FileMissing,
    FileRefused,
    Kept,
    Kind,
)
from tsunagari.kernel.files.keyring import keys_folder, make_key
from tsunagari.kernel.files.kinds import clean_name, kind_of
from tsunagari.kernel.files.store import discard, files_folder, unseal

__all__ = [
    "ENDINGS",
    "LARGEST",
    "FileMissing",
    "FileRefused",
    "Kept",
    "check",
    "discard",
    "files_folder",
    "hand_out",
    "keep",
    "keys_folder",
    "make_key",
    "newest_key",
    "unseal",
]


def check(upload: "UploadedFile[Any]") -> Kind:
    """The kind of an uploaded file; FileRefused, in a sentence, where it would not be kept."""
    if (upload.size or 0) > LARGEST:
        raise FileRefused(
            gettext("ファイルが大きすぎます（%(size)d MBまで）。分けるか、小さくしてください。")
            % {"size": LARGEST // (1024 * 1024)}
        )
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    return kind_of(data, clean_name(upload.name or ""))


def keep(upload: "UploadedFile[Any]") -> Kept:
    """Seal an uploaded file and keep it. FileRefused as `check`.

    The store knows no transactions: whoever keeps a file and then fails discards it.
    """
    kind = check(upload)
    data = upload.read()
    return Kept(
        stored=store.seal(data),
        file_name=clean_name(upload.name or ""),
        content_type=kind.content_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
    )


def hand_out(kept: Kept) -> StreamingHttpResponse:
    """An answer that saves the file under its own name and never opens it inside our pages.

    Raises FileMissing where it cannot be opened.
    """
    response = StreamingHttpResponse(unseal(kept.stored), content_type=kept.content_type)
    response.headers["Content-Length"] = str(kept.size)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=kept.file_name) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def newest_key() -> int:
    """Number of the key that seals now."""
    return keyring.newest()[0]
