"""Readings on a page: furigana over the kanji of an HTML text, and a readable address in Latin letters."""

import re
from collections.abc import Iterator
from typing import Final

import jaconv

from tsunagari.kernel.i18n.kana import to_hiragana, to_katakana
from tsunagari.kernel.i18n.morphemes import Morpheme, morphemes
from tsunagari.kernel.i18n.widths import narrow

_KANJI: Final = r"[々〆ヶ〇㐀-\u9fff豈-\ufaff\U00020000-\U0003ffff]"
_RUNS: Final = re.compile(f"({_KANJI}+)")
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヶー]+")
_LEFT_ALONE: Final = frozenset(
    [
        "code",
        "kbd",
        "math",
        "option",
        "pre",
        "rp",
        "rt",
        "ruby",
        "samp",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    ]
)
_MARKUP: Final = re.compile(
    r"(?s)<!--.*?(?:-->|$)|</?([a-zA-Z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*(?:>|$)|<[!?][^>]*(?:>|$)|<[/a-zA-Z].*$|&[#\w]+;?"
)
"""Comments, tags with their name, declarations, references; what is not closed reaches to the end."""
_LOANED: Final = {
    "てぃ": "ti",
    "でぃ": "di",
    "とぅ": "tu",
    "どぅ": "du",
    "でゅ": "dyu",
    "うぃ": "wi",
    "うぇ": "we",
    "しぇ": "she",
    "ちぇ": "che",
    "じぇ": "je",
}
"""Sounds of foreign words that the library takes for two."""
LONGEST_SLUG: Final = 60
"""Letters of a slug."""


def ruby(html: str) -> str:
    """The same HTML with readings over its kanji: <ruby>引<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby>っ越….

    Tags, attributes and entities stay as they are written; code, scripts, form fields and what has ruby
    already stay without. A word whose reading is not known stays without, too.
    """
    out: list[str] = []
    alone: list[str] = []
    place = 0
    for found in _MARKUP.finditer(html):
        text = html[place : found.start()]
        out += [text if alone else _over_text(text), found.group()]
        _note(found, alone)
        place = found.end()
    rest = html[place:]
    return "".join([*out, rest if alone else _over_text(rest)])


def _note(found: re.Match[str], alone: list[str]) -> None:
    """Keep in `alone` which of the elements that are left alone are open."""
    name = (found[1] or "").lower()
    if name not in _LEFT_ALONE or found.group().endswith("/>"):
        return
    if not found.group().startswith("</"):
        alone.append(name)
    elif name in alone:
        while alone.pop() != name:
            pass


def romaji_slug(text: str) -> str:
    """An address made from how the text is read: "tennyuu-todoke-no-tetsuzuki". Small letters, digits and
    "-", at most 60, cut between words where it can be; "" where nothing can be read."""
    words = [word for each in morphemes(text) if (word := _latin(each))]
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug


def _latin(word: Morpheme) -> str:
    written = narrow(word.surface)
    if written.isascii() or not word.reading or word.part[0] in ("補助記号", "記号", "空白"):
        said = written
    else:
        said = to_hiragana(word.reading).replace("ー", "")
        for kana, letters in _LOANED.items():
            said = said.replace(kana, letters)
        said = str(jaconv.kana2alphabet(said))
    return re.sub(r"[^a-z0-9]+", "", said.lower())


def _over_text(text: str) -> str:
    if not _RUNS.search(text):
        return text
    return "".join(
        _over_word(text[each.begin : each.end], each.reading) for each in morphemes(text)
    )


def _over_word(surface: str, reading: str) -> str:
    runs = [run for run in _RUNS.split(surface) if run]
    kanji = [bool(_RUNS.fullmatch(run)) for run in runs]
    if not any(kanji) or not _KANA.fullmatch(reading):
        return surface
    readings = _shared_out(runs, kanji, reading)
    if readings is None:
        return _annotated(surface, to_hiragana(reading)) if _plain(surface) else surface
    return "".join(
        _annotated(run, next(readings)) if is_kanji else run
        for run, is_kanji in zip(runs, kanji, strict=True)
    )


def _plain(surface: str) -> bool:
    return not any(sign in surface for sign in "<>&")


def _shared_out(runs: list[str], kanji: list[bool], reading: str) -> Iterator[str] | None:
    """Which part of the reading belongs to each run of kanji; None where its kana do not fit."""
    pattern = "".join(
        "(.+?)" if is_kanji else re.escape(to_katakana(run))
        for run, is_kanji in zip(runs, kanji, strict=True)
    )
    found = re.fullmatch(pattern, to_katakana(reading))
    return iter([to_hiragana(part) for part in found.groups()]) if found else None


def _annotated(kanji: str, kana: str) -> str:
    return f"<ruby>{kanji}<rp>(</rp><rt>{kana}</rt><rp>)</rp></ruby>"
