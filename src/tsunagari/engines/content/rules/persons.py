"""Numbers that belong to a person: what they look like, whatever the width of digits and hyphens."""

import re
from typing import Final

_PLAIN: Final = str.maketrans("０１２３４５６７８９－−‐‑–—ー―＠．　", "0123456789--------@. ")


def plain_digits(text: str) -> str:
    """The same letters with plain digits and hyphens; as long as before, so that offsets hold."""
    return text.translate(_PLAIN)


def digits_of(text: str) -> str:
    """Only the digits."""
    return re.sub(r"\D", "", plain_digits(text))


def is_my_number(digits: str) -> bool:
    """Whether 12 digits bear the check digit of an individual number (総務省令 平成26年第85号 第5条)."""
    if len(digits) != 12 or len(set(digits)) == 1:
        return False
    numbers = [int(digit) for digit in reversed(digits)]
    rest = (
        sum(each * (n + 1 if n <= 6 else n - 5) for n, each in enumerate(numbers[1:], start=1)) % 11
    )
    return numbers[0] == (0 if rest <= 1 else 11 - rest)
