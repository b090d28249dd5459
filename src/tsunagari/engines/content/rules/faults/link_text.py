"""A link's words say where it leads."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import plain_characters, seen
from tsunagari.engines.content.rules.passages import Linked, Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_VAGUE = re.compile(
    r"(?:詳しくは|詳細は|くわしくは|続きは|申(?:し)?込み?は|ホームページは|リンクは)?[、,]?"
    r"(?:こちら|コチラ|此方|ここ|これ)(?:から|へ|まで|です)?(?:どうぞ)?(?:を?(?:クリック|ご覧ください|ごらんください|見る))?"
    r"|(?:ここを)?クリック(?:してください)?|詳細|詳しく(?:は|見る|読む)?|くわしく|続き(?:を読む|はこちら)?|もっと(?:見る|読む)|リンク|参照|次へ|開く|"
    r"(?:click|tap|press)?\s*here|click|more|read more|learn more|see more|details?|link|this(?: page| link)?|go"
)
_TRIM = " \t\n\u3000\xa0()（）[]［］【】「」『』<>＜＞〈〉《》≪≫→⇒＞>»▶▷►・.。…!！,、:：*＊"


def find(page: Page) -> Iterator[Found]:
    """Links whose whole text is こちら, ここ, 詳しくはこちら, here, …"""
    for link in page.links:
        text = plain_characters(seen(link.text)).strip(_TRIM).lower()
        if text and _VAGUE.fullmatch(re.sub(r"[\s\u3000]+", " " if text.isascii() else "", text)):
            yield _found(link)


def _found(link: Linked) -> Found:
    return Found(
        place=link.place,
        found=link.text,
        said=say(
            N_(
                "リンクの言葉「%(text)s」だけでは、開く先が分かりません。「○○の申し込み方法」のように、開くページの名前を書いてください。"
            ),
            text=excerpt(link.text),
        ),
    )


RULE = Rule(
    id="link_text",
    title=N_("行き先の分からないリンク"),
    level="A",
    why=N_("リンクだけを順に読み上げて探す人には、「こちら」が並んでも選べません。"),
    source="JIS X 8341-3:2016 2.4.4, 2.4.9 / WCAG 2.2 F84",
    find=find,
)
