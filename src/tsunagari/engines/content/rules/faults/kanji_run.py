"""Kanji do not stand in long rows."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_RUN = re.compile("[一-龠々]{9,}")
_NAME = re.compile(
    "(?:課|係|室|部|局|署|所|館|校|園|会|院|課長|計画|条例|法|法律|規則|要綱|協議会|委員会|審議会|センター|市役所|庁舎|組合|財団|証明書|申請書|届出書|請求書|保険料|保険税|給付金|支援金|手当|制度|事業|方針|指針|名簿|一覧|丁目|交付機|費|台帳)$"
)


def find(page: Page) -> Iterator[Found]:
    """More than 8 kanji in a row in running text; names (条例, 委員会, 申請書 …) are what they are."""
    for passage in page.passages:
        if passage.kind not in ("plain", "rich"):
            continue
        for match in _RUN.finditer(passage.text):
            if not _NAME.search(match.group()):
                yield Found(
                    place=passage.at(*match.span()),
                    found=match.group(),
                    said=say(
                        N_(
                            "漢字が%(count)s字続いています（%(text)s）。「の」「を」を入れて分けてください。"
                        ),
                        count=len(match.group()),
                        text=excerpt(match.group()),
                    ),
                )


RULE = Rule(
    id="kanji_run",
    title=N_("続く漢字"),
    level="advice",
    why=N_("言葉の切れ目が分からず、読み間違えます。"),
    source="公用文作成の考え方（令和4年1月 文化審議会）",
    languages=("ja", "easy"),
    find=find,
)
