"""A sign says its thing once."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_REPEATED = re.compile(
    "([。、！？!?，])[。、！？!?，]+|([★☆◎●◆■※＊*♪〓＝=＿_～〜ー−‐―─━…・.])\\2{4,}"
)


def find(page: Page) -> Iterator[Found]:
    """！！, 。。, ★★★★★, ─────; a dot leader of three is an ellipsis and in order."""
    for passage in page.passages:
        for match in _REPEATED.finditer(passage.text):
            if set(match.group()) == {"!", "?"} or set(match.group()) == {"！", "？"}:
                continue
            right = match[1] or ""
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_("記号を続けて書いています（%(text)s）。1つにするか、消してください。"),
                    text=excerpt(match.group()),
                ),
                mends=(passage.mend(say(N_("続けた記号を取る")), *match.span(), right),)
                if match[1]
                else (),
            )


RULE = Rule(
    id="repeated_signs",
    title=N_("続けて書いた記号"),
    level="advice",
    why=N_("読み上げでは記号の名前が続けて読まれ、話が聞き取れません。"),
    source="公用文作成の考え方（令和4年1月 文化審議会）",
    find=find,
)
