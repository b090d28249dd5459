"""Tells a file's kind by what is in it; its name may only agree."""

import re
import unicodedata
import zipfile
from io import BytesIO
from typing import Final

from django.utils.translation import gettext

from tsunagari.kernel.files.declare import (
    CSV,
    DOCX,
    ENDINGS,
    JPEG,
    LONGEST_NAME,
    PDF,
    PNG,
    TEXT,
    XLSX,
    FileRefused,
    Kind,
)

_STARTS: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
)
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OFFICE: Final = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX))
_CONTENTS: Final = "[Content_Types].xml"
_MOST_CONTENTS: Final = 1024 * 1024
_MOST_PARTS: Final = 20_000
_MARKUP: Final = re.compile(
    r"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|xml|\?xml)\b|^\s*<\?xml|^\s*#!",
    re.IGNORECASE,
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_TEXTS: Final = ("utf-8-sig", "cp932")


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file. FileRefused for any other, for macros, and where name and content differ."""
    if not data:
        raise FileRefused(gettext("ファイルが空です。中身のあるファイルを選んでください。"))
    kind = _by_content(data, name)
    if not name.lower().endswith(kind.endings):
        raise FileRefused(
            gettext(
                "ファイルの名前と中身が合いません。中身は%(kind)sです。名前の終わりを %(ending)s にしてください。"
            )
            % {"kind": gettext(kind.title), "ending": kind.endings[0]}
        )
    return kind


def clean_name(name: str) -> str:
    """A file's name without folders, signs that no screen shows, and letters that turn the writing round."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _by_content(data: bytes, name: str) -> Kind:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(_ZIP):
        return _office(data)
    if data.startswith(_OLE):
        raise FileRefused(
            gettext(
                "古いOffice形式か、パスワードのかかったファイルです。パスワードを外し、新しい形式（.xlsx、.docx）かPDFで保存し直してください。"
            )
        )
    return _text(data, name)


def _office(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = set(packed.namelist()[:_MOST_PARTS])
            contents = b""
            if _CONTENTS in parts:
                with packed.open(_CONTENTS) as file:
                    contents = file.read(_MOST_CONTENTS)
    except Exception as broken:  # each way of packing has errors of its own
        raise FileRefused(_unknown()) from broken
    names = {part.lower() for part in parts}
    if b"macroenabled" in contents.lower() or any("vbaproject" in part for part in names):
        raise FileRefused(
            gettext(
                "マクロの入ったファイルは登録できません。マクロのない形式（.xlsx、.docx）かPDFで保存し直してください。"
            )
        )
    kind = next((kind for part, kind in _OFFICE if part in names and contents), None)
    if kind is None:
        raise FileRefused(_unknown())
    return kind


def _text(data: bytes, name: str) -> Kind:
    text = next((text for way in _ways(data) if (text := _decoded(data, way)) is not None), None)
    if text is None or _CONTROL.search(text):
        raise FileRefused(_unknown())
    if _MARKUP.search(text):
        raise FileRefused(
            gettext(
                "ウェブページや図（HTML、SVG、XML）、スクリプトは登録できません。PDFで保存し直してください。"
            )
        )
    return CSV if name.lower().endswith(CSV.endings) else TEXT


def _ways(data: bytes) -> tuple[str, ...]:
    return ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _TEXTS


def _decoded(data: bytes, way: str) -> str | None:
    try:
        return data.decode(way)
    except UnicodeDecodeError:
        return None


def _unknown() -> str:
    return gettext("この種類のファイルは登録できません。登録できるのは %(endings)s です。") % {
        "endings": "、".join(ENDINGS)
    }
