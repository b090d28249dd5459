"""The number and the code with which somebody without an account asks what became of a letter.

The code is made from the city's secret key and the letter's public id, so that the mail and a second click
tell the same one; the database keeps only its print. Who reads the database cannot make it.
"""

import hashlib
import hmac
import re
import unicodedata
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that are not mistaken for each other: no 0 and O, no 1 and I."""

_LENGTH: Final = 12
"""60 bits: with ten attempts an hour nobody guesses one."""

_SALT: Final = "listening.receipt"


def code_of(public_id: str) -> str:
    """The code of a letter, in three groups: 7KQ2-M9XA-3FHD."""
    digest = salted_hmac(_SALT, public_id, algorithm="sha256").digest()
    signs = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_LENGTH])
    return "-".join(signs[at : at + 4] for at in range(0, _LENGTH, 4))


def code_print(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"{_SALT}:{plain_code(code)}".encode()).hexdigest()


def fits(code: str, kept: str) -> bool:
    """Whether a typed code is the one of which `kept` is the print."""
    return constant_time_compare(code_print(code), kept)


def plain_code(typed: str) -> str:
    """A code as it was typed, in any width, with or without strokes."""
    narrow = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[^0-9A-Z]", "", narrow)[:40]


def plain_number(typed: str) -> str:
    """A receipt number as it was typed: ２０２６ー12 is 2026-12, p2026-0003 is P2026-3."""
    narrow = unicodedata.normalize("NFKC", typed).upper()[:40]
    found = re.fullmatch(r"\s*(P?)\s*(\d{4})\s*[-‐−–—ー]\s*(\d{1,9})\s*", narrow)
    return f"{found[1]}{found[2]}-{int(found[3])}" if found else ""


def number_of(kind: str, year: int, serial: int) -> str:
    """The number of the `serial`-th letter of a fiscal year: 2026-12; of an opinion P2026-12."""
    return f"{kind}{year}-{serial}"


def submission_print(*parts: str) -> str:
    """What tells a second click from a second letter: the ticket of the form with everything that was typed."""
    told = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(b"listening.submission", told, hashlib.sha256).hexdigest()
