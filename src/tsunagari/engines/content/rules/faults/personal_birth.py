"""No person is named with the day of birth."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_BORN = re.compile(
    r"(?:[一-龠々ァ-ヶぁ-ん]{1,8}[ \u3000])?[一-龠々ァ-ヶぁ-ん]{2,10}(?:さん|氏|様)?[（(](?:(?:明治|大正|昭和|平成|令和)(?:元|[0-9０-９]{1,2})|[0-9０-９]{4})年"
    r"[0-9０-９]{1,2}月[0-9０-９]{1,2}日\s?(?:生まれ|生|うまれ)[）)]"
    r"|氏名[：:\s\u3000]*\S[^\n]{1,20}\n?[^\n]{0,10}生年月日[：:\s\u3000]*(?:(?:明治|大正|昭和|平成|令和)(?:元|[0-9０-９]{1,2})|[0-9０-９]{4})年"
)


def find(page: Page) -> Iterator[Found]:
    """山田 花子（昭和30年4月1日生）; years of birth of those who may apply are in order."""
    for passage in page.passages:
        for match in _BORN.finditer(passage.text):
            yield Found(
                place=passage.at(*match.span()),
                found=excerpt(match.group()),
                said=say(
                    N_("名前と生年月日が並んでいます（%(text)s）。生年月日を消してください。"),
                    text=excerpt(match.group()),
                ),
            )


RULE = Rule(
    id="personal_birth",
    title=N_("名前と生年月日"),
    level="AA",
    why=N_("名前と生年月日がそろうと、なりすましに使われます。"),
    source="個人情報の保護に関する法律 第69条",
    languages=("ja", "easy"),
    find=find,
)
