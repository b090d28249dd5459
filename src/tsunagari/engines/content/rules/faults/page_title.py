"""A page's title tells what the page is about."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_VAGUE = re.compile(
    r"(?:重要|緊急|最新)?(?:お?知らせ|ご?案内|について|情報|その他|募集|イベント|資料|一覧|トップ|更新|新着情報|ご?報告|結果|重要|緊急|ページ|無題|新規ページ|"
    r"(?:重要な|市からの|各種)?お知らせ|information|news|notice|announcement|untitled|page|about|others?)(?:について)?",
    re.IGNORECASE,
)
_LONGEST = {"ja": 45, "easy": 45, "en": 90}


def find(page: Page) -> Iterator[Found]:
    """A title that is missing (A), says nothing (お知らせ), or is longer than 45 letters (90 in English)."""
    longest = _LONGEST[page.knowledge.language]
    for passage in page.passages:
        if passage.place.part != "title":
            continue
        text = seen(passage.text)
        plain = re.sub(r"[\s【】\[\]「」!！。・]", "", text)
        if not plain:
            yield Found(
                place=passage.place,
                found="",
                said=say(N_("題名がありません。ページの内容が分かる題名を書いてください。")),
            )
        elif _VAGUE.fullmatch(plain):
            yield Found(
                place=passage.place,
                found=text,
                said=say(
                    N_(
                        "題名「%(text)s」では、何のページか分かりません。「○○の申し込み」のように書いてください。"
                    ),
                    text=excerpt(text),
                ),
                level="AA",
            )
        elif len(text) > longest:
            yield Found(
                place=passage.place,
                found=excerpt(text),
                said=say(
                    N_(
                        "題名が%(count)s文字あります。大事な言葉を先にして、%(most)s文字までにしてください。"
                    ),
                    count=len(text),
                    most=longest,
                ),
                level="advice",
            )


RULE = Rule(
    id="page_title",
    title=N_("題名"),
    level="A",
    why=N_("題名は、検索の結果、ブラウザのタブ、読み上げの最初に出ます。題名だけで選ばれます。"),
    source="JIS X 8341-3:2016 2.4.2",
    find=find,
)
