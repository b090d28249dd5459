"""What a question tells of a person: such a question is not kept."""

import re
from itertools import pairwise
from typing import Final

from tsunagari.kernel.i18n.morphemes import morphemes

_MAIL: Final = re.compile(r"\S@\S")
_DIGITS: Final = re.compile(r"\d(?:[\s()-]*\d){6,}")
"""Seven digits or more, with strokes or spaces between: telephones, cards, accounts, My Number, birthdays."""
_TITLE: Final = re.compile(r"(?:様|さま|さん|君|くん|ちゃん|氏)$")
_FAMILY, _GIVEN = "姓", "名"


def is_personal(words: str) -> bool:
    """Whether a question holds a mail address, a long number, or what looks like somebody's name.

    A family name alone may be a place (田無, 保谷); with a given name, a number or 様 it is a person.
    """
    if _MAIL.search(words) or _DIGITS.search(words):
        return True
    found = [each for each in morphemes(words) if each.part[0] != "空白"]
    kinds = [each.part[3] if each.part[2:3] == ("人名",) else "" for each in found]
    if _FAMILY in kinds or _GIVEN in kinds:
        if any(each.part[:2] == ("名詞", "数詞") for each in found):
            return True
        if any(_TITLE.search(each.surface) for each in found):
            return True
    return any(pair == (_FAMILY, _GIVEN) for pair in pairwise(kinds))
