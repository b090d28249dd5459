"""What people typed, made fit for paper: letters without a drawing become 〓.

PDF/UA-1 (ISO 14289-1, 7.21) lets no letter stand that the embedded font cannot draw: one emoji in a comment
would stop a whole report. Japanese printers set 〓 (geta) where a letter is missing; so do we, and the
document says which letters they were. Old forms of letters that Unicode tells apart by variation selectors
alone (IVS) are drawn in their usual form.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

GETA: Final = "〓"

_JOINER: Final = "\u200d"
_KEPT: Final = frozenset("\n\u200b")
_INSTEAD: Final = {"Cc": "", "Cf": "", "Zl": "\n", "Zp": "\n", "Zs": " "}
"""What stands for letters that show nothing, by their category in Unicode."""


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


@dataclass(kw_only=True)
class Letters:
    """Makes texts fit for one document and remembers the letters that could not be drawn."""

    drawable: frozenset[int]
    missing: set[str] = field(default_factory=set)

    def fit(self, said: Any) -> Any:
        """Data with every text in it made fit; whatever is no text stays as it is."""
        if isinstance(said, str):
            return self.text(said)
        if isinstance(said, Mapping):
            return {key: self.fit(value) for key, value in said.items()}
        if isinstance(said, Sequence) and not isinstance(said, bytes | bytearray):
            return [self.fit(value) for value in said]
        return said

    def text(self, said: str) -> str:
        """A text whose letters can all be drawn."""
        plain = said.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        if all(ord(letter) in self.drawable for letter in plain):
            return plain
        return self._replaced(plain)

    def _replaced(self, said: str) -> str:
        done: list[str] = []
        joined = False
        for letter in said:
            if letter == _JOINER:
                joined = bool(done) and done[-1] == GETA
            elif _is_selector(letter):
                done += [letter] if done and done[-1] not in (GETA, "\n") else []
            elif letter in _KEPT or ord(letter) in self.drawable:
                done.append(letter)
                joined = False
            elif (instead := _INSTEAD.get(unicodedata.category(letter))) is not None:
                done.append(instead)
            else:
                self.missing.add(letter)
                done += [] if joined else [GETA]
                joined = False
        return "".join(done)

    def told(self) -> list[dict[str, str]]:
        """The missing letters by code point, with the name that Unicode gives them."""
        return [
            {"code": f"U+{ord(letter):04X}", "name": unicodedata.name(letter, "")}
            for letter in sorted(self.missing)
        ]
