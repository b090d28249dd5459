"""Full and half width: digits and letters become plain, everything else stays as it was written.

Unicode's NFKC would also replace old forms of characters (神 U+FA19 becomes 神), wave dashes (～) and
signs (①), so it is not used on what people wrote: names must come back as they were given.
"""

import re
from decimal import Decimal
from typing import Final
from unicodedata import normalize

import jaconv
from django.utils.translation import gettext

_LETTERS: Final = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_SIGNS: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5E)} | {
    0x3000: 0x20,
    0xFFE5: 0xA5,
}
_HALF_KANA: Final = re.compile(r"[\uFF61-\uFF9F]+")
_SPLIT_MARKS: Final = re.compile(r"[\u3041-\u30FF][\u3099\u309A]")
_MISSING: Final = frozenset({"", "-", "‐", "‑", "‒", "–", "—", "―", "−", "ー", "…", "...", "‥"})
_NUMBER: Final = re.compile(
    r"(?P<sign>[-−‐▲△+]?)[¥]?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?P<unit>(?:k?m[23]|[^\W\d百千万億兆]|[%‰㎡㎥℃°])(?:[^\W\d百千万億兆]|[/・%])*)?"
)


class NumberRefused(ValueError):
    """A text that cannot be read as a figure; its message is a sentence for the person who wrote it."""


def narrow(text: str) -> str:
    """Full-width digits and Latin letters made plain, half-width kana made full; all else survives.

    Kana whose voicing mark stands apart (かﾞ, as some systems save file names) are joined.
    """
    wide_kana = _HALF_KANA.sub(lambda found: str(jaconv.h2z(found.group(), kana=True)), text)
    joined = _SPLIT_MARKS.sub(lambda found: normalize("NFC", found.group()), wide_kana)
    return joined.translate(_LETTERS)


def narrow_signs(text: str) -> str:
    """As `narrow`, with full-width signs and spaces made plain too (（）：，　…, but not ～): for codes and figures."""
    return narrow(text).translate(_SIGNS)


def parse_number(text: str) -> Decimal | None:
    """A figure as people write it in tables: "１６３，０００枚", "163,000件", "▲5", "26.6％".

    A unit after it is dropped; ▲ △ − mean less than zero; "", "－" and "…" mean that there is no
    figure: None, never 0. Counting words (16万件), dates and half-written commas (16,30) are refused
    with NumberRefused rather than guessed.
    """
    plain = re.sub(r"\s", "", narrow_signs(text)).replace("、", ",")
    if plain in _MISSING:
        return None
    found = _NUMBER.fullmatch(plain)
    if found is None:
        sentence = gettext(
            "「%(text)s」を数値として読めません。163000 や 163,000件 のように数字で書いてください（無い値は －）。"
        )
        raise NumberRefused(sentence % {"text": text.strip()[:40]})
    number = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    return -number if found["sign"] in tuple("-−‐▲△") else number
