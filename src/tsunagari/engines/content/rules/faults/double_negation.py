"""A thing is said as it is, not as what it is not not."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, wherever
from tsunagari.kernel.i18n.texts import N_

_DOUBLE = re.compile(
    "な(?:い|く)(?:わけ|こと|もの)?(?:では|でも|は|も)(?:ない|ありません|なく)(?!か|で)|なくはない|なくもない|ないとは(?:限ら|限り|言え|いえ)(?:ない|ません)"
    "|ないわけに(?:は)?(?:いか|行か)(?:ない|ません)|ないことは(?:ない|ありません)|ざるを得(?:ない|ません)"
)


def find(page: Page) -> Iterator[Found]:
    """ないわけではない, なくはない, ないとは限らない; なければなりません is a duty and in order."""
    return wherever(
        page,
        _DOUBLE,
        N_(
            "二重の否定です（%(text)s）。「〜することがあります」のように、そのまま言ってください。"
        ),
    )


RULE = Rule(
    id="double_negation",
    title=N_("二重否定"),
    level="advice",
    why=N_("できるのかできないのか、読み返さないと分かりません。"),
    source="公用文作成の考え方（令和4年1月 文化審議会）/ 在留支援のためのやさしい日本語ガイドライン（2020年8月）",
    languages=("ja", "easy"),
    find=find,
)
