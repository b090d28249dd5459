"""A word is not stretched with spaces."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_SPACE = "[ \u3000\xa0\t\u200b\ufeff]"
_WORDS = [
    "日時", "日程", "場所", "会場", "対象", "定員", "費用", "料金", "内容", "講師",
    "持物", "期間", "期日", "時間", "時刻", "曜日", "住所", "氏名", "電話", "備考",
    "主催", "共催", "後援", "協力", "問合せ", "問合先", "申込", "申込み", "申込先", "締切",
    "資格", "名称", "件名", "目的", "趣旨", "概要", "用途", "面積", "単位", "金額",
    "合計", "小計", "番号", "種類", "区分", "項目", "年度", "年齢", "性別", "職業",
    "所属", "記入例", "目次", "記", "以上", "会議録", "議題", "出席者", "欠席者", "市長",
    "副市長", "教育長", "議長", "委員長", "部長", "課長", "係長", "担当", "定価", "数量",
    "場合", "市民", "平成", "令和", "昭和",
]  # fmt: skip
_SPREAD = re.compile(
    "(?<![0-9A-Za-zぁ-んァ-ヶー一-龠々])(?:"
    + "|".join(
        f"{_SPACE}+".join(word) for word in sorted(_WORDS, key=len, reverse=True) if len(word) > 1
    )
    + ")(?![0-9A-Za-zぁ-んァ-ヶー一-龠々])"
)


def find(page: Page) -> Iterator[Found]:
    """Known words of offices with spaces between their letters (日　時); others are left, they may be a list."""
    for passage in page.passages:
        for match in _SPREAD.finditer(passage.text):
            right = re.sub(_SPACE, "", match.group())
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(
                    N_(
                        "言葉の中に空白があります（%(text)s）。「%(right)s」と続けて書いてください。"
                    ),
                    text=excerpt(match.group()),
                    right=right,
                ),
                mends=(passage.mend(say(N_("空白を取る")), *match.span(), right),),
            )


RULE = Rule(
    id="spaced_words",
    title=N_("言葉の中の空白"),
    level="A",
    why=N_("読み上げでは「にち、とき」のように別々の字として読まれ、検索でも見つかりません。"),
    source="JIS X 8341-3:2016 1.3.2 / WCAG 2.2 F32",
    languages=("ja", "easy"),
    find=find,
)
