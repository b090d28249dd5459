"""What a question asks for: its pieces, each a chain of words that belong together."""

import re
from dataclasses import dataclass, replace
from typing import Final

from tsunagari.kernel.i18n.kana import to_hiragana
from tsunagari.kernel.search.rules.folding import KANA, LATIN, fold, kana_of
from tsunagari.kernel.search.rules.words import Word, chains, words_of

LONGEST_QUESTION: Final = 200
MOST_PIECES: Final = 8
_BESIDE: Final = frozenset(
    {
        "町",
        "街",
        "市",
        "市内",
        "まち",
        "此の",
        "其の",
        "来る",
        "くる",
        "行く",
        "いく",
        "居る",
        "今",
        "今度",
    }
)
"""Words that say nothing beside another: every page is about this town, and somebody who moves here comes."""
_PAUSE: Final = re.compile(r"[\s、。,，?？!！・「」『』()（）\[\]/]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together. `hard` ones must be found; a soft one (出せますか) only helps. `kana` is
    the piece in hiragana where it was written in kana or may be meant as kana (gomi)."""

    text: str
    words: tuple[Word, ...]
    hard: bool = True
    kana: str = ""


def normalized(text: str) -> str:
    """A question in one writing, for counting it: widths, capitals and spaces made one."""
    return " ".join(fold(text).split())[:LONGEST_QUESTION]


def pieces(text: str, language: str) -> list[Piece]:
    """The pieces of a question; where it names things, doings and manners are soft."""
    found: list[Piece] = []
    for part in _PAUSE.split(normalized(text)):
        if part:
            found += _of_part(part, language)
    telling = [
        piece
        for piece in found
        if not piece.words or any(word.key not in _BESIDE for word in piece.words)
    ]
    found = list({piece.text: piece for piece in telling or found}.values())[:MOST_PIECES]
    if not any(piece.hard for piece in found):
        return [replace(piece, hard=True) for piece in found]
    return found


def _of_part(part: str, language: str) -> list[Piece]:
    if language == "en":
        return [Piece(word.surface, (word,)) for word in words_of(part, "en")]
    if KANA.fullmatch(part) and len(part) > 1:
        kana = to_hiragana(part)
        return [Piece(part, tuple(words_of(part, "ja")), kana=kana)]
    if LATIN.fullmatch(part) and len(part) > 2:
        return [Piece(part, tuple(words_of(part, "ja")), kana=kana_of(part))]
    return [_piece(part, chain) for chain in chains(words_of(part, "ja"))]


def _piece(part: str, chain: list[Word]) -> Piece:
    text = part[chain[0].begin : chain[-1].end]
    kana = to_hiragana(text) if KANA.fullmatch(text) else ""
    return Piece(text, tuple(chain), hard=any(word.noun for word in chain), kana=kana)


def spans(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Every stretch of neighbouring words, up to six, the longest first."""
    size = len(words)
    found = [(a, b) for a in range(size) for b in range(a + 1, min(a + 6, size) + 1)]
    return sorted(found, key=lambda span: span[0] - span[1])


GLUE: Final = frozenset(
    {"の", "を", "は", "が", "に", "で", "と", "も", "へ", "や", "か", "から", "まで"}
)


def cuts(kana: str, known: set[str]) -> list[str]:
    """A question in kana cut into known readings, particles between them left out; what is not known is
    kept in one. The cut with the fewest unknown letters, then with the fewest words."""
    best: list[tuple[int, int, tuple[tuple[str, bool], ...]]] = [(0, 0, ())]
    for end in range(1, len(kana) + 1):
        unknown, words, cut = best[end - 1]
        choices = [(unknown + 1, words + 1, (*cut, (kana[end - 1], False)))]
        for begin in range(max(0, end - 16), end):
            part, (unknown, words, cut) = kana[begin:end], best[begin]
            if part in known:
                choices.append((unknown, words + 1, (*cut, (part, True))))
            elif part in GLUE and begin and end < len(kana):
                choices.append((unknown, words + 1, (*cut, ("", True))))
        best.append(min(choices, key=lambda choice: choice[:2]))
    return _gathered(best[-1][2])


def _gathered(cut: tuple[tuple[str, bool], ...]) -> list[str]:
    found: list[str] = []
    loose = False
    for part, is_known in cut:
        if not is_known and loose:
            found[-1] += part
        elif part:
            found.append(part)
        loose = not is_known
    return found
