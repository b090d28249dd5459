"""One writing for what people hear as the same: widths, kana, long and small sounds, Latin letters."""

import re
from typing import Final
from unicodedata import normalize

import jaconv

from tsunagari.kernel.i18n.kana import to_hiragana

_SURROGATES: Final = re.compile("[\ud800-\udfff\x00]")
KANA: Final = re.compile(r"[ぁ-ゖァ-ヺー・]+")
LATIN: Final = re.compile(r"[a-z][a-z'-]*")
_SMALL: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎぢづを", "あいうえおつやゆよわじずお")
_LONG: Final = re.compile(
    r"(?<=[おこそとのほもよろごぞどぼぽうくすつぬふむゆるぐずぶぷ])う|(?<=[えけせてねへめれげぜでべぺ])い"
    r"|(?<=[あかさたなはまやらわがざだばぱ])あ|(?<=[いきしちにひみりぎじびぴ])い"
    r"|(?<=[えけせてねへめれげぜでべぺ])え|(?<=[おこそとのほもよろごぞどぼぽ])お"
)


def fold(text: str) -> str:
    """Widths and capitals made one, what no database keeps taken out."""
    return normalize("NFKC", _SURROGATES.sub(" ", text)).lower()


def word_key(normalized: str) -> str:
    """The key of a word: kana of both kinds are one (ゴミ, ごみ)."""
    folded = fold(normalized).strip()
    return to_hiragana(folded) if KANA.fullmatch(folded) else folded


def sound(reading: str) -> str:
    """How a reading sounds to somebody who does not care for length: じゅうみんひょう and じゅみんひょ are
    one. Small sounds are large, long ones short."""
    plain = to_hiragana(fold(reading)).translate(_SMALL).replace("ー", "").replace("・", "")
    return _LONG.sub("", plain)


def kana_of(letters: str) -> str:
    """Latin letters as kana, as far as they are read so (gomi, juuminhyou); "" where they are none."""
    said = to_hiragana(str(jaconv.alphabet2kana(letters.replace("-", "").replace("'", ""))))
    return said if KANA.fullmatch(said) else ""


def bigrams(word: str) -> set[str]:
    """Pairs of neighbouring letters; for words that no dictionary knows."""
    return {word[at : at + 2] for at in range(len(word) - 1)}


def english_stem(word: str) -> str:
    """A light stem: plurals and -ing, -ed fall away (moving, moves → mov; applies → apply)."""
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            stem = word[: -len(ending)] + instead
            return (
                stem[:-1]
                if len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] not in "ls"
                else stem
            )
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
