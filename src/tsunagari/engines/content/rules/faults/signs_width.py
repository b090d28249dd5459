"""Brackets and signs have the width of the letters around them, and pair."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_MIXED = re.compile("（([^（）()\\n]{1,60})\\)|\\(([^（）()\\n]{1,60})）")
_WIDE = re.compile("(?<=[0-9A-Za-z])[％＠＃＄＆＋＝／．](?=[0-9A-Za-z])")
_NARROW = re.compile("(?<=[ぁ-んァ-ヶ一-龠])[,.!?](?=[ぁ-んァ-ヶ一-龠]|$)", re.MULTILINE)
_TURN = str.maketrans(",.!?％＠＃＄＆＋＝／．", "、。！？%@#$&+=/.")


def find(page: Page) -> Iterator[Found]:
    """（ closed by ), wide signs between plain letters (ａ＠ｂ), and plain stops between Japanese letters."""
    for passage in page.passages:
        for pattern in (_MIXED, _WIDE, _NARROW):
            for match in pattern.finditer(passage.text):
                inside = match[1] or match[2] if pattern is _MIXED else ""
                right = f"（{inside}）" if pattern is _MIXED else match.group().translate(_TURN)
                yield Found(
                    place=passage.at(*match.span()),
                    found=match.group(),
                    said=say(
                        N_(
                            "記号の全角と半角がそろっていません（%(text)s）。「%(right)s」にしてください。"
                        ),
                        text=excerpt(match.group()),
                        right=excerpt(right),
                    ),
                    mends=(passage.mend(say(N_("そろえる")), *match.span(), right),),
                )


RULE = Rule(
    id="signs_width",
    title=N_("記号の全角・半角"),
    level="advice",
    why=N_("読み上げや検索で、かっこの対や、メールアドレスが分からなくなります。"),
    source="公用文作成の考え方（令和4年1月 文化審議会）",
    languages=("ja", "easy"),
    find=find,
)
