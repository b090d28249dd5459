"""A text as people type it: line ends as one sign, no signs that no screen shows, no blanks around."""

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile(r"\r\n?|\u2028|\u2029")
_KEPT: Final = ("\n", "\t")
_JOINERS: Final = ("\u200c", "\u200d")
"""They hold emoji and some scripts together."""


def plain_text(text: str) -> str:
    """The text without control signs and without letters that turn the writing round; old characters and
    their variants stay."""
    lines = _LINE_ENDS.sub("\n", text)
    kept = (letter for letter in lines if letter in _KEPT or letter in _JOINERS or _shown(letter))
    return "".join(kept).strip()


def _shown(letter: str) -> bool:
    kind = unicodedata.category(letter)
    # Cf: turning signs and soft hyphens, but also the tags of flags, which stand above U+E0000.
    return kind not in ("Cc", "Cs") and (kind != "Cf" or ord(letter) > 0xE0000)
