"""Files to download: which kinds are taken, told by what is in them."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.engines.content.rules.uploads.videos import (
    MP4,
    VTT,
    check_captions,
    clean_video,
    is_captions,
    is_video,
)
from tsunagari.kernel.files import api as files
from tsunagari.kernel.i18n.texts import N_

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 300 * 1024 * 1024
"""Bytes of everything in a packed file once it is unpacked."""

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_KNOWN: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
_OFFICE: Final = {
    "word/document.xml": ".docx",
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
}
_OPEN: Final = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
_PROGRAM: Final = re.compile(
    r"\.(?:exe|com|scr|bat|cmd|msi|ps1|vbs|js|jse|wsf|hta|jar|lnk|dll|app|sh|html?|svg|iso|zip|lzh|rar|7z)$",
    re.IGNORECASE,
)

NO_FILE: Final = N_(
    "この種類のファイルは登録できません。登録できるのは PDF、Word（.docx）、Excel（.xlsx）、PowerPoint（.pptx）、OpenDocument（.odt、.ods）、CSV、テキスト、ZIP、動画（.mp4）、字幕（.vtt）です。"
)
PICTURE: Final = N_("画像です。「画像」として登録してください。")
NAMED_WRONG: Final = N_(
    "ファイルの名前と中身が合いません。中身に合わせて、名前の終わりを %(ending)s にしてください。"
)
MACROS: Final = N_(
    "マクロの入ったファイルは登録できません。開いた人に害が及ぶおそれがあります。マクロのない形式（.docx、.xlsx、.pptx）かPDFで保存し直してください。"
)
BOMB: Final = N_(
    "中身が大きすぎるか多すぎるため、安全に開けません。いらないものを除いて、分けてください。"
)
PROGRAMS: Final = N_(
    "ZIPの中に、入れられない種類のファイルがあります（%(name)s）。プログラム、HTML、圧縮ファイルを除いて作り直してください。"
)
LOCKED_ZIP: Final = N_("パスワードのかかったZIPは登録できません。パスワードを外してください。")
BROKEN_ZIP: Final = N_("ファイルが壊れていて開けません。元のファイルから保存し直してください。")


def file_ending(data: bytes, name: str) -> str:
    """The ending that fits the content (".pdf"), which the name has, too. UploadRefused in a sentence."""
    ending = _ending_of(data, name)
    if not name.lower().endswith(ending):
        raise UploadRefused(NAMED_WRONG, ending=ending)
    return ending


def _ending_of(data: bytes, name: str) -> str:
    if data.startswith(_ZIP):
        return _packed(data)
    if is_video(data[:12]):
        clean_video(BytesIO(data))
        return MP4
    if is_captions(data, name):
        check_captions(data)
        return VTT
    return _plain(data, name)


def _plain(data: bytes, name: str) -> str:
    try:
        kind = files.check(SimpleUploadedFile(name, data))
    except files.FileRefused as refused:
        if _looks_wrong(data):
            raise UploadRefused(NO_FILE) from refused
        raise UploadRefused(str(refused)) from refused
    if kind.content_type.startswith("image/"):
        raise UploadRefused(PICTURE)
    return kind.endings[0]


def _looks_wrong(data: bytes) -> bool:
    """Whether it is no kind of text or office file at all: the store's own list of kinds is shorter than ours."""
    return b"\x00" in data[:2000] and not data.startswith(_KNOWN)


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return _kind_of(packed)
    except UploadRefused:
        raise
    except Exception as broken:  # each way of packing has errors of its own
        raise UploadRefused(BROKEN_ZIP) from broken


def _kind_of(packed: zipfile.ZipFile) -> str:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UploadRefused(BOMB)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UploadRefused(LOCKED_ZIP)
    _unpack_all(packed, parts)
    names = {part.filename.lower() for part in parts}
    ending = _office(packed, names)
    if ending:
        return ending
    for part in parts:
        if _PROGRAM.search(part.filename):
            raise UploadRefused(PROGRAMS, name=PurePosixPath(part.filename).name[:40])
    return ".zip"


def _office(packed: zipfile.ZipFile, names: set[str]) -> str:
    """The ending of an office file, "" for what is none. UploadRefused for macros."""
    contents = packed.read("[Content_Types].xml").lower() if "[content_types].xml" in names else b""
    opened = _OPEN.get(packed.read("mimetype").strip(), "") if "mimetype" in names else ""
    programs = ("basic/", "scripts/") if opened else ()
    if b"macroenabled" in contents or any(
        "vbaproject" in name or name.startswith(programs) for name in names
    ):
        raise UploadRefused(MACROS)
    found = (ending for part, ending in _OFFICE.items() if contents and part in names)
    return opened or next(found, "")


def _unpack_all(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Once through everything in small pieces: what a packed file says of its sizes may be false."""
    room = MOST_UNPACKED
    for part in parts:
        with packed.open(part) as opened:
            while piece := opened.read(1024 * 1024):
                room -= len(piece)
                if room < 0:
                    raise UploadRefused(BOMB)
