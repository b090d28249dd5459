"""Numbers that do not belong in a letter: the personal number (マイナンバー), and telephone numbers."""

import re
import unicodedata
from typing import Final

_TWELVE: Final = re.compile(r"(?<!\d)\d{4}[ ・.\-‐−–—ー]?\d{4}[ ・.\-‐−–—ー]?\d{4}(?!\d)")
_TELEPHONE: Final = re.compile(r"(?<!\d)0\d{1,4}[-−–—ー(]?\d{1,4}[-−–—ー)]?\d{4}(?!\d)")
_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
"""Of the first eleven digits, from the left (行政手続における特定の個人を識別するための番号の利用等に関する
法律の規定による通知カード及び個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の提供等に
関する省令 第5条)."""


def holds_personal_number(text: str) -> bool:
    """Whether twelve digits stand in a text whose last one is the right check digit of a personal number."""
    narrow = unicodedata.normalize("NFKC", text)
    return any(_is_valid(re.sub(r"\D", "", found)) for found in _TWELVE.findall(narrow))


def holds_telephone(text: str) -> bool:
    """Whether something in a text looks like a telephone number."""
    return bool(_TELEPHONE.search(unicodedata.normalize("NFKC", text)))


def _is_valid(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)
