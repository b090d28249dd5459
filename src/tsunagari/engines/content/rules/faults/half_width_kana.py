"""Kana are written full width."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import HALF_KANA, plain_characters
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Half-width kana; the mend joins voicing marks (ｶﾞ: ガ)."""
    for passage in page.passages:
        for match in HALF_KANA.finditer(passage.text):
            right = plain_characters(match.group())
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_("半角カナ「%(text)s」があります。全角の「%(right)s」にしてください。"),
                    text=excerpt(match.group()),
                    right=excerpt(right),
                ),
                mends=(passage.mend(say(N_("全角にする")), *match.span(), right),),
            )


RULE = Rule(
    id="half_width_kana",
    title=N_("半角カナ"),
    level="AA",
    why=N_(
        "読み上げで1文字ずつ読まれたり、機種によって文字化けしたりします。検索でも見つかりません。"
    ),
    source="みんなの公共サイト運用ガイドライン（2024年版）/ JIS X 8341-3:2016 3.1",
    find=find,
)
