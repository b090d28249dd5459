"""The place of words is not made with spaces."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_RUN = re.compile("(?<=\\S)(?:[ \\u3000\\xa0\\t]{3,}|[\\u3000\\xa0\\t]{2,})(?=\\S)")
_INDENT = re.compile("(?m)^[ \\u3000\\xa0\\t]+(?=\\S)")


def find(page: Page) -> Iterator[Found]:
    """Rows of spaces between words, and spaces at the beginning of a line."""
    for passage in page.passages:
        for match in _INDENT.finditer(passage.text):
            if passage.kind == "rich" or "\u3000" in match.group() or "\xa0" in match.group():
                yield Found(
                    place=passage.at(*match.span()),
                    found=match.group(),
                    said=say(
                        N_(
                            "行の始めに空白があります。字下げや位置合わせは要りません。空白を消してください。"
                        )
                    ),
                    mends=(passage.mend(say(N_("空白を消す")), *match.span(), ""),),
                )
        for match in _RUN.finditer(passage.text):
            around = passage.text[max(0, match.start() - 8) : match.end() + 8]
            yield Found(
                place=passage.at(*match.span()),
                found=around,
                said=say(
                    N_(
                        "空白を続けて位置をそろえています（%(text)s）。表か箇条書きにしてください。"
                    ),
                    text=excerpt(around),
                ),
                mends=(passage.mend(say(N_("空白を1つにする")), *match.span(), " "),),
            )


RULE = Rule(
    id="layout_spaces",
    title=N_("空白で作った体裁"),
    level="AA",
    why=N_("画面の幅や文字の大きさが変わると崩れ、読み上げでは続けて読まれます。"),
    source="JIS X 8341-3:2016 1.3.1, 1.3.2 / WCAG 2.2 F33, F34",
    find=find,
)
