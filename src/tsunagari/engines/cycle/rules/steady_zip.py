"""Packed files (.xlsx) whose bytes follow from their content alone, not from the moment they were made."""

import io
import re
import zipfile
from datetime import datetime
from typing import Final

_PROPERTIES: Final = "docProps/core.xml"
_MOMENT: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_PACKED_AT: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a packed file can name."""


def steady(data: bytes, *, made_at: datetime) -> bytes:
    """The same workbook, saying that it was made at `made_at`, with parts that name no moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in sorted(given.namelist(), key=_first_parts):
            held = given.read(name)
            if name == _PROPERTIES:
                moment = f"{made_at:%Y-%m-%dT%H:%M:%SZ}".encode()
                held = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", held)
            part = zipfile.ZipInfo(name, date_time=_PACKED_AT)
            part.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(part, held)
    return out.getvalue()


def _first_parts(name: str) -> tuple[bool, str]:
    """What a file's kind is known by comes first, as programs write it."""
    return name != "[Content_Types].xml", name
