"""Characters that a reader's device or voice may not have, and what is written instead of them.

Unicode's NFKC is not used: it would also replace old forms of names (﨑, 神) and signs that are in order.
"""

import re
from typing import Final
from unicodedata import normalize

from tsunagari.kernel.i18n.widths import narrow

HALF_KANA: Final = re.compile(r"[\uFF61-\uFF9F]+")
UNSEEN: Final = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u00ad\\u200b\\u2028\\u2029\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
    "\\ufff9-\\uffff\\ue000-\\uf8ff\\U000f0000-\\U0010ffff]+"
)
"""Control letters, zero-width spaces, marks of the direction of writing, private letters (外字)."""
WIDE: Final = re.compile(r"[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]+")

_WORDS: Final = {
    "㈱": "株式会社", "㈲": "有限会社", "㈳": "社団法人", "㈵": "（特）", "㈶": "財団法人", "㈻": "学校法人",
    "㈼": "（監）", "㈽": "（企）", "㈹": "（代）", "㈰": "（日）", "㈪": "（月）", "㈫": "（火）",
    "㈬": "（水）", "㈭": "（木）", "㈮": "（金）", "㈯": "（土）", "㊤": "上", "㊥": "中", "㊦": "下",
    "㊧": "左", "㊨": "右", "㊙": "秘", "㊟": "注", "㊞": "印", "㊗": "祝", "℡": "電話", "☎": "電話",
    "☏": "電話", "✆": "電話", "📞": "電話", "№": "No.", "㏍": "株式会社", "㍾": "明治", "㍽": "大正",
    "㍼": "昭和", "㍻": "平成", "㋿": "令和", "㎡": "平方メートル", "㎥": "立方メートル",
    "㎢": "平方キロメートル", "㎝": "センチメートル", "㎜": "ミリメートル", "㎞": "キロメートル",
    "㎏": "キログラム", "㎎": "ミリグラム", "㏄": "cc", "㎖": "ミリリットル", "ℓ": "リットル",
    "㎗": "デシリットル", "㍍": "メートル", "㌔": "キロ", "㌢": "センチ", "㍉": "ミリ", "㌘": "グラム",
    "㌧": "トン", "㌃": "アール", "㌶": "ヘクタール", "㍑": "リットル", "㍗": "ワット", "㌍": "カロリー",
    "㌦": "ドル", "㌣": "セント", "㌫": "パーセント", "㍊": "ミリバール", "㌻": "ページ",
    "㍿": "株式会社", "㏋": "馬力", "㎰": "ピコ秒", "✉": "メール", "📧": "メール", "📠": "ファクス",
    "℻": "ファクス", "〝": "「", "〟": "」", "㏘": "午後", "㏂": "午前",
}  # fmt: skip
_ROMAN: Final = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_COMMON: Final = frozenset("塡剝頰𠮟")
"""Letters for everyday use (常用漢字表) that older sets lack; they are read everywhere today."""


def _numbers() -> dict[str, str]:
    """Numbers in circles, brackets and with full stops, roman numbers, months and days in one sign."""
    signs = {chr(0x2460 + each): f"({each + 1})" for each in range(20)}
    signs |= {chr(0x3251 + each): f"({each + 21})" for each in range(15)}
    signs |= {chr(0x32B1 + each): f"({each + 36})" for each in range(15)}
    signs |= {chr(0x2474 + each): f"({each + 1})" for each in range(20)}
    signs |= {chr(0x2488 + each): f"{each + 1}." for each in range(20)}
    signs |= {chr(0x2776 + each): f"({each + 1})" for each in range(10)}
    signs |= {chr(0x249C + each): f"({chr(97 + each)})" for each in range(26)}
    signs |= {chr(0x24B6 + each): f"({chr(65 + each)})" for each in range(26)}
    signs |= {chr(0x24D0 + each): f"({chr(97 + each)})" for each in range(26)}
    signs |= {chr(0x2160 + each): word for each, word in enumerate(_ROMAN)}
    signs |= {chr(0x2170 + each): word.lower() for each, word in enumerate(_ROMAN)}
    signs |= {chr(0x32C0 + each): f"{each + 1}月" for each in range(12)}
    signs |= {chr(0x33E0 + each): f"{each + 1}日" for each in range(31)}
    signs |= {chr(0x3358 + each): f"{each}時" for each in range(25)}
    return signs


PLATFORM: Final[dict[str, str]] = _WORDS | _numbers()
"""Signs that some devices show otherwise or voices leave out, with what to write (①: (1), ㎡: 平方メートル)."""


def is_rare(letter: str) -> bool:
    """Whether a kanji is missing in JIS X 0208, so that some devices cannot show or type it (髙, 﨑)."""
    if letter in _COMMON or not (
        "\u4e00" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or letter >= "\U00020000"
    ):
        return False
    try:
        letter.encode("shift_jis")
    except UnicodeEncodeError:
        return letter < "\U00032000"
    return False


def seen(text: str) -> str:
    """The text without what nobody sees, and without spaces around it."""
    return UNSEEN.sub("", text).strip()


def plain_characters(text: str) -> str:
    """Half-width kana, wide digits and letters, and signs of one platform as everybody can read them."""
    return "".join(PLATFORM.get(sign, sign) for sign in narrow(normal_marks(text)))


def normal_marks(text: str) -> str:
    """Letters whose voicing mark stands apart, joined."""
    return re.sub(
        r"[\u3041-\u30FF][\u3099\u309A]", lambda found: normalize("NFC", found.group()), text
    )
