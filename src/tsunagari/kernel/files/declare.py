"""What the store of files says to others: the kinds it takes, what was kept, and why one was refused."""

from dataclasses import dataclass
from typing import Final

from tsunagari.kernel.i18n.texts import N_

LARGEST: Final = 15 * 1024 * 1024
"""Bytes of the largest file that is kept: with its form it fits into the largest message of kernel/edge."""

LONGEST_NAME: Final = 150
"""Letters of a file's name; the ending is kept."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of file by its content: its content type, the endings its name may have, words for it."""

    content_type: str
    endings: tuple[str, ...]
    title: str


PDF: Final = Kind(content_type="application/pdf", endings=(".pdf",), title=N_("PDF"))
XLSX: Final = Kind(
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    endings=(".xlsx",),
    title=N_("Excel"),
)
DOCX: Final = Kind(
    content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    endings=(".docx",),
    title=N_("Word"),
)
PNG: Final = Kind(content_type="image/png", endings=(".png",), title=N_("PNG画像"))
JPEG: Final = Kind(content_type="image/jpeg", endings=(".jpg", ".jpeg"), title=N_("JPEG画像"))
CSV: Final = Kind(content_type="text/csv", endings=(".csv",), title=N_("CSV"))
TEXT: Final = Kind(content_type="text/plain", endings=(".txt",), title=N_("テキスト"))

KINDS: Final = (PDF, XLSX, DOCX, CSV, TEXT, PNG, JPEG)
ENDINGS: Final = tuple(ending for kind in KINDS for ending in kind.endings)
"""Every ending that a kept file's name may have."""


class FileRefused(ValueError):
    """The file is not kept; its message is a sentence for the person who chose it."""


class FileMissing(LookupError):
    """The store has no such file, or it cannot be opened: taken away, damaged, or its key is gone."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file in the store. `stored` is its random name there, `file_name` the one it came with.

    `size` counts bytes, `sha256` is the print of its content in hexadecimal digits.
    """

    stored: str
    file_name: str
    content_type: str
    size: int
    sha256: str
