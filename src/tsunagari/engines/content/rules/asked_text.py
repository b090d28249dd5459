"""What may be sent as a question: words of some length, and nothing by which a person is known."""

import re
import unicodedata
from typing import Final

from tsunagari.engines.content.rules.persons import digits_of, is_my_number, plain_digits
from tsunagari.kernel.i18n.texts import N_

SHORTEST: Final = 5

_TWELVE = re.compile(r"(?<![0-9])[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9])")
_TELEPHONE = re.compile(
    r"(?<![0-9])(?:\+81[ \-]?[1-9]|0[1-9])[0-9]{0,3}[ \-()]{0,2}[0-9]{1,4}[ \-()]{0,2}[0-9]{4}(?![0-9])"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
_CONTROL = re.compile(r"[^\S ]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain_question(text: str) -> str:
    """The question on one line, without signs that no screen shows."""
    one_line = _CONTROL.sub(" ", text)
    kept = "".join(
        sign for sign in one_line if unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def refusal(text: str, *, longest: int) -> str:
    """Why a question is not taken, as a sentence marked with N_; "" for one that is."""
    plain = plain_digits(unicodedata.normalize("NFKC", text))
    if len(text) < SHORTEST:
        return N_("質問を、もう少しくわしく書いてください（5文字以上）。")
    if len(text) > longest:
        return N_("300文字までで書いてください。")
    if any(is_my_number(digits_of(each[0])) for each in _TWELVE.finditer(plain)):
        return N_("マイナンバー（12桁の個人番号）のような番号があります。番号を消してください。")
    if _MAIL.search(plain):
        return N_("メールアドレスがあります。消してください。ここでは、お返事は送れません。")
    if any(10 <= len(digits_of(each[0])) <= 12 for each in _TELEPHONE.finditer(plain)):
        return N_(
            "電話番号のような数字があります。消してください。ここでは、電話での回答はできません。"
        )
    return ""
