"""Signs that only some devices have are written in letters."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import PLATFORM
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_SIGNS = re.compile("[" + "".join(map(re.escape, PLATFORM)) + "]+")


def find(page: Page) -> Iterator[Found]:
    """㈱, ①, Ⅳ, ㎡, ℡ …; neighbours are found and mended together."""
    for passage in page.passages:
        for match in _SIGNS.finditer(passage.text):
            right = "".join(PLATFORM[sign] for sign in match.group())
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_("機種依存文字「%(text)s」があります。「%(right)s」のように書いてください。"),
                    text=excerpt(match.group()),
                    right=excerpt(right),
                ),
                mends=(
                    passage.mend(
                        say(N_("「%(right)s」にする"), right=excerpt(right)), *match.span(), right
                    ),
                ),
            )


RULE = Rule(
    id="platform_characters",
    title=N_("機種依存文字"),
    level="AA",
    why=N_("読み上げで飛ばされたり、別の字に化けたりします。丸数字の項目は、順番が伝わりません。"),
    source="みんなの公共サイト運用ガイドライン（2024年版）/ JIS X 0208",
    find=find,
)
