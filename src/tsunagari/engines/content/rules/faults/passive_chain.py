"""Who does something is told; passives do not follow each other."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.reading import sentences
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_PASSIVE = re.compile("(?<!行な)(?:[かさたなまらわばが]れ|られ|され)(?:る|た|て|ま|な|、|ず)")
_CHAIN = 3


def find(page: Page) -> Iterator[Found]:
    """Three passives or more in one sentence, or される…とされる."""
    for sentence in sentences(page):
        count = len(_PASSIVE.findall(sentence.text))
        if count >= _CHAIN:
            yield Found(
                place=sentence.passage.at(sentence.start, sentence.end),
                found=excerpt(sentence.text),
                said=say(
                    N_(
                        "1文に「〜される」が%(count)s回あります（%(text)s）。「市が〜します」のように、だれがするのかを書いてください。"
                    ),
                    count=count,
                    text=excerpt(sentence.text),
                ),
            )


RULE = Rule(
    id="passive_chain",
    title=N_("受け身の続く文"),
    level="advice",
    why=N_("だれが何をするのか分からず、自分がすることを見落とします。"),
    source="公用文作成の考え方（令和4年1月 文化審議会）",
    languages=("ja", "easy"),
    find=find,
)
