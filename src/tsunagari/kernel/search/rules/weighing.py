"""What a word says in an entry: title before keywords before summary before text."""

from dataclasses import dataclass, field
from math import log
from typing import Final

from tsunagari.kernel.i18n.kana import to_hiragana
from tsunagari.kernel.i18n.morphemes import reading
from tsunagari.kernel.search.declare import Entry
from tsunagari.kernel.search.rules.folding import KANA, bigrams, fold, sound
from tsunagari.kernel.search.rules.words import LONGEST, Word, compounds, is_telling, words_of

TITLE, KEYWORDS, SUMMARY, BODY = 400, 260, 90, 30
MOST: Final = 2000
LONGEST_BODY: Final = 50_000
"""Characters of a text that are read into the index."""
KIND, FACET, PAIR, ALL = "\x01kind=", "\x01facet:", "\x02", "\x01all"
"""How keys that are no words begin: kinds, facets, pairs of letters, the count of all entries."""


@dataclass(slots=True)
class Said:
    """A word of an entry: how much it says (0 to 2000), how it is read and written, and whether title or
    keywords hold it."""

    impact: float = 0.0
    reading: str = ""
    writings: set[str] = field(default_factory=set)
    told: bool = False


def weighed(entry: Entry) -> dict[str, Said]:
    """Every key under which an entry is found."""
    found: dict[str, Said] = {}
    title = words_of(entry.title, entry.language)
    _say(found, title, TITLE / (1 + 0.07 * max(len(title) - 1, 0)), told=True)
    for keyword in entry.keywords:
        _say(found, words_of(keyword, entry.language), KEYWORDS, told=True)
        if entry.language != "en" and KANA.fullmatch(kana := fold(keyword)):
            _say_in_kana(found, to_hiragana(kana))
    _say(found, words_of(entry.summary, entry.language), SUMMARY, told=False)
    _count(found, words_of(entry.body[:LONGEST_BODY], entry.language))
    for said in found.values():
        said.impact = min(said.impact * entry.weight, MOST)
    _narrow_by(found, entry)
    return {key: said for key, said in found.items() if key}


def _say(found: dict[str, Said], words: list[Word], impact: float, *, told: bool) -> None:
    """Each word once, with its parts, and what neighbours make together."""
    once: dict[str, tuple[Word, float]] = {}
    for word in words:
        once.setdefault(word.key, (word, impact))
        for part in word.parts:
            if is_telling(part.key, "ja"):
                once.setdefault(part.key, (part, impact / 2))
    for word in compounds(words):
        once.setdefault(word.key, (word, impact))
    for word, much in once.values():
        _note(found, word, much, told=told)
    if told:
        for word in words:
            for pair in bigrams(fold(word.surface)):
                said = found.setdefault(PAIR + pair, Said())
                said.impact = max(said.impact, impact / 4)


def _say_in_kana(found: dict[str, Said], kana: str) -> None:
    """A keyword that says how people write a name in kana (ひなんじょ) is found so, however it is cut into words."""
    said = found.setdefault(kana[:LONGEST], Said(reading=kana, writings={kana}))
    said.impact = max(said.impact, KEYWORDS)


def _count(found: dict[str, Said], words: list[Word]) -> None:
    """What stands in the text often says a little more."""
    times: dict[str, tuple[Word, int]] = {}
    for word in words:
        for each in (word, *word.parts):
            if each is word or is_telling(each.key, "ja"):
                times[each.key] = (each, times.get(each.key, (each, 0))[1] + 1)
    for word, number in times.values():
        _note(found, word, BODY * (1 + log(number)) / 2, told=False)


def _note(found: dict[str, Said], word: Word, impact: float, *, told: bool) -> None:
    said = found.setdefault(word.key, Said())
    said.impact += impact
    said.reading = said.reading or word.reading
    said.told = said.told or told
    if len(said.writings) < 4:
        said.writings.add(fold(word.surface))


def _narrow_by(found: dict[str, Said], entry: Entry) -> None:
    impact = min(100 * entry.weight, MOST)
    found[KIND + entry.kind] = Said(impact=impact)
    for name, held in entry.facets.items():
        for value in held:
            found[f"{FACET}{name}={value}"[:80]] = Said(impact=impact)


def title_reading(entry: Entry) -> str:
    """How a title begins when it is said, in hiragana; for suggestions."""
    said = entry.reading or (reading(entry.title[:80]) if entry.language != "en" else entry.title)
    return to_hiragana(fold(said)).replace(" ", "")[:200]


def sound_of(said: Said, key: str) -> str:
    """How a word sounds; a word without a reading as it is written."""
    return sound(said.reading or key)[:160]
