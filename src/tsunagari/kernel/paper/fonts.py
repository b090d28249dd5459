"""The letters of a document: Noto Sans JP in two weights, from the package in settings.PAPER_FONTS.

No font of the machine is used, so that a document is the same wherever it is made.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import typst
from django.conf import settings

WEIGHTS: Final = ("400Regular", "700Bold")
"""The folders of the package whose files are used."""


class FontsMissing(RuntimeError):
    """The fonts are not installed; the message is one sentence with the mend."""


@cache
def fonts() -> typst.Fonts:
    """The fonts, read once in a process. FontsMissing where their files are not."""
    _files()
    folders = [str(_folder() / weight) for weight in WEIGHTS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def drawable() -> frozenset[int]:
    """The code points that every weight has a letter for; without marks that show nothing (Cf: directions,
    soft hyphens), which Typst 0.15 stumbles over in links, and private ones (Co), by which every machine
    means another letter."""
    each = [frozenset(_code_points(path.read_bytes())) for path in _files()]
    return frozenset(
        point
        for point in frozenset.intersection(*each)
        if unicodedata.category(chr(point)) not in ("Cc", "Cf", "Co")
    )


def _folder() -> Path:
    return Path(settings.PAPER_FONTS)


def _files() -> list[Path]:
    files = [next((_folder() / weight).glob("*.ttf"), None) for weight in WEIGHTS]
    found = [path for path in files if path is not None]
    if len(found) < len(WEIGHTS):
        raise FontsMissing(
            f"{_folder()} has no TTF in each of {', '.join(WEIGHTS)}; run bin/prepare, which installs the npm packages."
        )
    return found


def _code_points(font: bytes) -> Iterator[int]:
    """The code points of a font's table "cmap" (OpenType 1.9, subtable format 12, which holds them all)."""
    for start, ends in _groups(font, _table(font, b"cmap")):
        yield from range(start, ends + 1)


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, at)
        if tag == name:
            return int(offset)
    raise FontsMissing(f"A font without its table {name.decode()} is broken; run npm ci.")


def _groups(font: bytes, table: int) -> Iterator[tuple[int, int]]:
    (subtables,) = struct.unpack_from(">H", font, table + 2)
    for at in range(table + 4, table + 4 + 8 * subtables, 8):
        start = table + struct.unpack_from(">I", font, at + 4)[0]
        if struct.unpack_from(">H", font, start)[0] == 12:
            (groups,) = struct.unpack_from(">I", font, start + 12)
            for group in range(start + 16, start + 16 + 12 * groups, 12):
                yield struct.unpack_from(">II", font, group)
            return
    raise FontsMissing("The fonts have no table of all their letters (cmap, format 12).")
