"""The words of a text as the search counts them: one key for all writings, with reading and place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tsunagari.kernel.i18n.kana import to_hiragana
from tsunagari.kernel.i18n.morphemes import Morpheme, morphemes
from tsunagari.kernel.search.rules.folding import LATIN, english_stem, fold, word_key

LONGEST: Final = 80
_ENGLISH_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
_TELLING: Final = frozenset(
    {"名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "接頭辞", "接尾辞", "感動詞", "連体詞"}
)
_JOINING: Final = frozenset({"名詞", "接頭辞", "接尾辞", "形状詞"})
_NOT_TELLING: Final = frozenset(
    ["する", "為る", "ある", "有る", "居る", "いる", "なる", "成る", "出来る", "できる", "下さる", "ください", "貰う", "もらう", "呉れる", "くれる", "遣る", "やる", "行う", "おこなう", "良い", "いい", "よい", "欲しい", "ほしい", "無い", "ない", "どう", "どんな", "どの", "どれ", "どこ", "何処", "何時", "いつ", "誰", "だれ", "何", "なに", "なん", "幾ら", "いくら", "如何", "いかが", "何故", "なぜ", "こと", "事", "もの", "物", "ため", "為", "ところ", "所", "とき", "時", "よう", "様", "そう", "これ", "それ", "あれ", "この", "その", "あの", "ここ", "そこ", "此れ", "其れ", "教える", "おしえる", "知る", "調べる", "方法", "やり方", "仕方", "しかた", "やりかた", "場合", "私", "わたし", "自分", "お", "御", "ご", "願う", "お願い", "たい", "です", "ます", "さん", "等", "など", "的", "用", "件", "度", "つい", "就く", "於く", "掛かる", "かかる", "要る", "いる", "必要", "わかる", "分かる", "可能", "入る", "言う", "いう", "思う", "困る"]
)  # fmt: skip
_ENGLISH_NOT_TELLING: Final = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "can", "city", "do", "does", "for", "from", "get", "have", "how", "i", "if", "in", "into", "is", "it", "my", "me", "need", "of", "on", "or", "our", "should", "that", "the", "their", "there", "this", "to", "want", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your"]
)  # fmt: skip


_PLACE: Final = ("接尾辞", "所")
"""What makes 避難所 of 避難; alone (ところ) it tells nothing."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its key, how it is written and read (hiragana), where it stands, whether it is a name of
    something (else a doing or a manner), and the keys of its parts."""

    key: str
    surface: str
    reading: str
    begin: int
    end: int
    noun: bool
    parts: tuple["Word", ...] = ()


def words_of(text: str, language: str) -> list[Word]:
    """The telling words of a text, in its order."""
    if language == "en":
        return list(_english(text))
    return [word for each in morphemes(text) if (word := _japanese(each)) is not None]


def is_telling(key: str, language: str) -> bool:
    """Whether a word says what a text is about."""
    return bool(key) and key not in (_ENGLISH_NOT_TELLING if language == "en" else _NOT_TELLING)


def _english(text: str) -> Iterator[Word]:
    for found in _ENGLISH_WORD.finditer(text):
        plain = fold(found.group()).replace("’", "'").removesuffix("'s")
        if plain not in _ENGLISH_NOT_TELLING and plain:
            key = english_stem(plain)[:LONGEST]
            yield Word(key, found.group(), "", found.start(), found.end(), noun=True)


def _japanese(each: Morpheme) -> Word | None:
    kind = each.part[0]
    if kind not in _TELLING or (kind == "代名詞" and each.normalized in _NOT_TELLING):
        return None
    word = _word(each)
    if not re.search(r"\w", word.key):
        return None
    if not is_telling(word.key, "ja") and (kind, word.key) != _PLACE:
        return None
    return word


def _word(each: Morpheme) -> Word:
    key = word_key(each.normalized)
    if LATIN.fullmatch(key):
        key = english_stem(key)
    return Word(
        key[:LONGEST],
        each.surface,
        to_hiragana(each.reading),
        each.begin,
        each.end,
        each.part[0] in _JOINING,
        tuple(_word(part) for part in each.parts),
    )


def chains(words: list[Word]) -> list[list[Word]]:
    """Names of things that stand side by side belong together (介護 保険 料); everything else stands alone."""
    if not words:
        return []
    found = [[words[0]]]
    for before, word in pairwise(words):
        if before.noun and word.noun and before.end == word.begin:
            found[-1].append(word)
        else:
            found.append([word])
    return found


def joined(words: list[Word]) -> Word:
    """Several neighbouring words as one."""
    key = word_key("".join(word.surface for word in words)) if len(words) > 1 else words[0].key
    return Word(
        key[:LONGEST],
        "".join(word.surface for word in words),
        "".join(word.reading or to_hiragana(fold(word.surface)) for word in words),
        words[0].begin,
        words[-1].end,
        noun=True,
    )


def compounds(words: list[Word]) -> Iterator[Word]:
    """What chains make together: each two neighbours, and the whole chain."""
    for chain in chains(words):
        if len(chain) > 1:
            yield from (joined(list(pair)) for pair in pairwise(chain))
            if len(chain) > 2:
                yield joined(chain)
