"""Digits and Latin letters are written plain."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import WIDE
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.widths import narrow


def find(page: Page) -> Iterator[Found]:
    """Full-width digits and letters (１２３, ＰＤＦ)."""
    for passage in page.passages:
        for match in WIDE.finditer(passage.text):
            right = narrow(match.group())
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_("全角の英数字「%(text)s」があります。半角の「%(right)s」にしてください。"),
                    text=excerpt(match.group()),
                    right=excerpt(right),
                ),
                mends=(passage.mend(say(N_("半角にする")), *match.span(), right),),
            )


RULE = Rule(
    id="wide_letters",
    title=N_("全角の英数字"),
    level="AA",
    why=N_(
        "読み上げで1文字ずつ読まれ、電話番号や日付として扱われません。検索でも見つかりにくくなります。"
    ),
    source="みんなの公共サイト運用ガイドライン（2024年版）/ JIS X 8341-3:2016 3.1",
    find=find,
)
