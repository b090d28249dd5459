"""A sentence ends before its beginning is forgotten."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.reading import sentences
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_BRACKETS = re.compile("（[^（）]*）|\\([^()]*\\)")
_EASY = 40
_ENGLISH_WORDS = 35


def find(page: Page) -> Iterator[Found]:
    """More than 100 letters (40 in easy Japanese; 35 words in English); what stands in brackets is not counted."""
    language = page.knowledge.language
    most = {"easy": _EASY, "en": _ENGLISH_WORDS}.get(language, page.knowledge.longest_sentence)
    for sentence in sentences(page):
        counted = _BRACKETS.sub("", sentence.text)
        length = len(counted.split()) if language == "en" else len(counted)
        if length > most:
            words = (
                N_("1文が%(count)s語あります（%(text)s）。%(most)s語までに分けてください。")
                if language == "en"
                else N_(
                    "1文が%(count)s文字あります（%(text)s）。%(most)s文字までに分けてください。"
                )
            )
            yield Found(
                place=sentence.passage.at(sentence.start, sentence.end),
                found=excerpt(sentence.text),
                said=say(words, count=length, most=most, text=excerpt(sentence.text)),
            )


RULE = Rule(
    id="sentence_long",
    title=N_("長い文"),
    level="advice",
    why=N_("長い文は、読み返さないと分かりません。聞いて読む人は、途中で始めを忘れます。"),
    source="JIS X 8341-3:2016 3.1.5 / 在留支援のためのやさしい日本語ガイドライン（2020年8月）",
    find=find,
)
