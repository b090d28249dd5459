"""Looks into a packed workbook before anything parses it.

A packed file says itself how large its parts are. A small one can hold gigabytes under a false size, cells that
keep a process busy for minutes, or entities that unfold without end.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from tsunagari.kernel.i18n.tabular import TableRefused

_COUNTED: Final = re.compile(rb"<(?:\w+:)?(?:c|row|mergeCell)[\s/>]")
_NO_CELLS: Final = re.compile(rb"<!|<\?(?!xml\s)")
"""What no program writes into a sheet, and where anything may stand: comments, entities, instructions."""
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
"""How a text of wide letters begins; no program writes a part of a workbook so."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a workbook may hold: bytes of all parts once they are unpacked, cells and joined ranges of all its
    sheets together. `sentence` is said of one that holds more, "" for words that fit any table."""

    unpacked: int = 100 * 1024 * 1024
    cells: int = 2_000_000
    sentence: str = ""


LIMITS: Final = Limits()
"""Those of a table of any kind."""


def honest(data: bytes, limits: Limits) -> bytes:
    """The same workbook packed anew, of what was looked at. TableRefused in one sentence where it is none, or
    holds more than its limits."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as again:
            _copy(packed, again, limits)
    except TableRefused:
        raise
    except Exception as broken:  # whatever the parsers of packed files raise
        raise TableRefused(no_workbook()) from broken
    return out.getvalue()


def _copy(packed: zipfile.ZipFile, again: zipfile.ZipFile, limits: Limits) -> None:
    """Sheets are known by what is in them: a file may keep them under any name."""
    room, count = limits.unpacked, 0
    for part in packed.infolist():
        with packed.open(part) as opened:
            content = opened.read(room + 1)
        room -= len(content)
        is_sheet = b"sheetData" in content
        if is_sheet:
            count += sum(1 for _ in _COUNTED.finditer(content))
        if room < 0 or count > limits.cells:
            raise TableRefused(limits.sentence or _too_much())
        if content.startswith(_WIDE) or (is_sheet and _NO_CELLS.search(content)):
            raise TableRefused(no_workbook())
        again.writestr(part.filename, content)


def _too_much() -> str:
    return gettext("中身が大きすぎるファイルです。表だけを新しいブックに写し、分けてください。")


def no_workbook() -> str:
    """What is said of a file that is no workbook."""
    return gettext(
        "Excelのファイルとして読み取れません。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
    )
