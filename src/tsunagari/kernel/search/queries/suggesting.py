"""What to offer while somebody types."""

import re

from django.db import connection
from django.db.models import Q

from tsunagari.kernel.search.declare import Suggestion
from tsunagari.kernel.search.models import Document, Term
from tsunagari.kernel.search.rules.asking import normalized
from tsunagari.kernel.search.rules.folding import KANA, LATIN, kana_of, word_key

LAST = "\U0010ffff"
STEM_ENDS = frozenset("かがさただなばまらわっん")
"""How the stem of a doing ends that cannot stand alone: 盗ま(れた), 取っ(た)."""


def suggest(text: str, *, language: str, limit: int) -> tuple[Suggestion, ...]:
    """See api.suggest. Two questions to the database."""
    typed = normalized(text)
    if not typed:
        return ()
    begun = typed.rstrip("abcdefghijklmnopqrstuvwxyz") if not typed.isascii() else typed
    kana = word_key(begun) if KANA.fullmatch(begun) else _romaji(begun)
    words = _words(begun, kana, language, limit // 2)
    texts = [Suggestion(text=each) for each in words]
    titles = [
        Suggestion(text=title, address=address)
        for title, address in _titles(begun, kana, language, limit)
    ]
    return (*texts, *[each for each in titles if each.text not in words][: limit - len(texts)])


def _romaji(letters: str) -> str:
    """Latin letters as kana, without the consonant of a sound that is still being typed."""
    return kana_of(re.sub(r"[^aiueon]+$", "", letters)) if LATIN.fullmatch(letters) else ""


def _begins(field: str, beginning: str) -> Q:
    """PostgreSQL has an index for beginnings; SQLite's plain one serves a range."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": beginning})
    return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + LAST})


def _words(begun: str, kana: str, language: str, limit: int) -> list[str]:
    wanted = _begins("word", begun) | (_begins("reading", kana) if kana else Q(pk__in=[]))
    rows = Term.objects.filter(wanted, language=language, told=True, number__gt=0)
    found: dict[str, None] = {}
    found_rows = rows.order_by("-number", "pk").values_list("word", "writings")
    for word, writings in found_rows[: limit * 3]:
        offered = _offered(word, writings)
        if len(offered) > 1:
            found.setdefault(offered)
    return list(found)[:limit]


def _offered(word: str, writings: list[str]) -> str:
    """A word as residents may go on with it: a doing as dictionaries have it (盗む), where texts write its stem.
    "" for none."""
    written = writings[0] if writings else ""
    if written == word or written[:-1] != word[:-1]:
        return written
    softened = written[-1:] == "い" and word[-1:] in ("く", "ぐ")  # 抜い(た)
    return word if softened or written[-1:] in STEM_ENDS else written


def _titles(begun: str, kana: str, language: str, limit: int) -> list[tuple[str, str]]:
    wanted = _begins("title", begun) | (_begins("reading", kana) if kana else Q(pk__in=[]))
    rows = Document.objects.filter(wanted, language=language).order_by("-weight", "pk")
    return list(rows.values_list("title", "address")[:limit])


def nearest(text: str, *, language: str, limit: int) -> tuple[str, ...]:
    """Words of titles that begin as the question does; at most three questions to the database."""
    typed = normalized(text)
    for begun in dict.fromkeys(typed[:length] for length in (3, 2, 1) if typed):
        kana = word_key(begun) if KANA.fullmatch(begun) else _romaji(begun)
        if found := _words(begun, kana, language, limit):
            return tuple(found)
    return ()
