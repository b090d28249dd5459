"""Easy Japanese has more kana than kanji."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.reading import sentences
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_KANJI = re.compile("[一-龠々]")
_LETTER = re.compile("[ぁ-んァ-ヶー一-龠々]")
_MOST = 40
_SHORTEST = 15


def find(page: Page) -> Iterator[Found]:
    """Sentences of 15 letters or more of which more than 40 in 100 are kanji."""
    for sentence in sentences(page):
        letters = len(_LETTER.findall(sentence.text))
        kanji = len(_KANJI.findall(sentence.text))
        if letters >= _SHORTEST and kanji * 100 > letters * _MOST:
            yield Found(
                place=sentence.passage.at(sentence.start, sentence.end),
                found=excerpt(sentence.text),
                said=say(
                    N_("漢字の多い文です（%(text)s）。短い言葉に言いかえてください。"),
                    text=excerpt(sentence.text),
                ),
            )


RULE = Rule(
    id="easy_kanji",
    title=N_("漢字の多いやさしい日本語"),
    level="advice",
    why=N_("ふりがなが付いていても、漢字の言葉は意味が分からないことがあります。"),
    source="在留支援のためのやさしい日本語ガイドライン（2020年8月）",
    languages=("easy",),
    find=find,
)
