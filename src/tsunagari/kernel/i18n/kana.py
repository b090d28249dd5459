"""Kana: hiragana and katakana of any width, checks of readings, order of the syllabary."""

import re
from typing import Final

import jaconv
from django.utils.translation import gettext

from tsunagari.kernel.i18n.widths import narrow

_HIRAGANA: Final = re.compile(
    r"[\u3041-\u3096\u309D\u309Eー・]+(?:[ 　][\u3041-\u3096\u309D\u309Eー・]+)*"
)
_KATAKANA: Final = re.compile(
    r"[\u30A1-\u30FA\u30FD\u30FEー・]+(?:[ 　][\u30A1-\u30FA\u30FD\u30FEー・]+)*"
)
_SMALL: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOICED: Final = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ",
    "かきくけこさしすせそたちつてとはひふへほはひふへほう",
)
_ROWS: Final = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWEL: Final = {kana: vowel for vowel, row in _ROWS.items() for kana in row}


class KanaRefused(ValueError):
    """A reading in the wrong letters; its message is a sentence for the person who typed it."""


def to_hiragana(text: str) -> str:
    """Katakana of any width as hiragana; everything else stays."""
    return str(jaconv.kata2hira(narrow(text)))


def to_katakana(text: str) -> str:
    """Hiragana and half-width katakana as full-width katakana; everything else stays."""
    return str(jaconv.hira2kata(narrow(text)))


def check_hiragana(text: str) -> str:
    """The reading in hiragana, katakana of any width turned; KanaRefused if other letters remain.

    A form takes what a person could type and turns what can be turned; only what has no reading
    (kanji, Latin letters, digits) is sent back.
    """
    reading = to_hiragana(text).strip()
    if not _HIRAGANA.fullmatch(reading):
        raise KanaRefused(
            gettext("ふりがなは ひらがなで入力してください（例：にしとうきょう はなこ）。")
        )
    return reading


def check_katakana(text: str) -> str:
    """The reading in full-width katakana; KanaRefused if other letters than kana remain."""
    reading = to_katakana(text).strip()
    if not _KATAKANA.fullmatch(reading):
        raise KanaRefused(
            gettext("フリガナは カタカナで入力してください（例：ニシトウキョウ ハナコ）。")
        )
    return reading


def sort_key(reading: str) -> str:
    """A text that sorts readings in the order of the syllabary (五十音順), as a telephone book does.

    Voiced, small and long sounds sort beside the plain ones (はしもと, ばしょう; コーヒー as こおひい)
    and decide only between readings that are else the same.
    """
    hiragana = to_hiragana(reading).strip()
    plain = ""
    for kana in hiragana.translate(_SMALL).translate(_VOICED):
        plain += _VOWEL.get(plain[-1], "") if kana == "ー" and plain else kana
    return f"{plain}\t{hiragana}"
