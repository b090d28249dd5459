"""Where the words of a question stand in an entry: marks in the title, and the telling piece of its text."""

import re
from dataclasses import dataclass
from unicodedata import is_normalized

from tsunagari.kernel.i18n.kana import to_hiragana
from tsunagari.kernel.search.declare import By, Match
from tsunagari.kernel.search.rules.folding import KANA, fold

WIDTH = 110
"""Characters of an excerpt."""

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A word of the question, how it was taken, and how entries write it (folded)."""

    text: str
    by: By
    writings: tuple[str, ...]
    shown: str


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An entry's excerpt, its marks, and what matched how."""

    excerpt: str
    title_marks: Marks
    excerpt_marks: Marks
    matches: tuple[Match, ...]


def marked(title: str, summary: str, body: str, sought: list[Sought]) -> Marked:
    """Mark title and excerpt; the excerpt is the summary, or the piece of the text that holds most words."""
    writings = [writing for each in sought for writing in each.writings if writing]
    excerpt = _excerpt(summary, body, writings)
    return Marked(
        excerpt=excerpt,
        title_marks=_marks(title, writings),
        excerpt_marks=_marks(excerpt, writings),
        matches=tuple(_match(each, f"{title}\n{excerpt}") for each in sought),
    )


def _plain(text: str) -> str:
    """Folded letter by letter, so that places stay."""
    if is_normalized("NFKC", text) and len(lower := text.lower()) == len(text):
        return lower
    return "".join(single if len(single := fold(sign)) == 1 else sign for sign in text)


def _pattern(writings: list[str]) -> re.Pattern[str] | None:
    """Any of the writings; Latin words whole from their beginning."""
    longest = sorted(set(writings), key=len, reverse=True)
    parts = [rf"\b{re.escape(w)}\w*" if w.isascii() else re.escape(w) for w in longest]
    return re.compile("|".join(parts)) if parts else None


def _marks(text: str, writings: list[str]) -> Marks:
    pattern = _pattern(writings)
    if pattern is None:
        return ()
    return tuple(found.span() for found in pattern.finditer(_plain(text)) if found.group())


def _excerpt(summary: str, body: str, writings: list[str]) -> str:
    pattern = _pattern(writings)
    text = " ".join(body.split())
    if not text or (summary and (pattern is None or pattern.search(_plain(summary)))):
        return _cut(" ".join(summary.split()), 0)
    found = [each.start() for each in pattern.finditer(_plain(text[:20_000]))] if pattern else []
    if not found:
        return _cut(" ".join(summary.split()) or text, 0)
    best = max(found, key=lambda at: (sum(at <= other < at + WIDTH for other in found), -at))
    return _cut(text, max(best - 25, 0))


def _cut(text: str, begin: int) -> str:
    """A piece that begins at a sentence where one begins near."""
    if begin:
        stop = text.rfind("。", max(begin - 30, 0), begin + 25)
        begin = stop + 1 if stop >= 0 else begin
    end = begin + WIDTH
    return ("…" if begin else "") + text[begin:end].strip() + ("…" if end < len(text) else "")


def _match(sought: Sought, text: str) -> Match:
    """What stands in the entry: as it was asked where it does, else in another of its writings."""
    plain = _plain(text)
    asked = fold(sought.text)
    if sought.by in ("written", "other_writing", "reading") and asked in plain:
        return Match(sought=sought.text, found=sought.text, by="written")
    there = sorted((w for w in sought.writings if w in plain), key=len, reverse=True)
    found = there[0] if there else sought.shown
    by = sought.by
    if by in ("written", "other_writing"):
        by = "written" if fold(found) == asked else "other_writing"
    if by == "other_writing" and KANA.fullmatch(asked) and not KANA.fullmatch(to_hiragana(found)):
        by = "reading"
    return Match(sought=sought.text, found=found, by=by)
