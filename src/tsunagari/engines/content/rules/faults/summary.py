"""A page has a summary of its own."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_LONGEST = {"ja": 120, "easy": 120, "en": 250}


def find(page: Page) -> Iterator[Found]:
    """A summary that is missing, longer than 120 letters (250 in English), or the title once more."""
    longest = _LONGEST[page.knowledge.language]
    for passage in page.passages:
        if passage.place.part != "summary":
            continue
        text = passage.text.strip()
        if not text:
            said = say(N_("要約がありません。このページで何が分かるか、1〜2文で書いてください。"))
        elif re.sub(r"\s", "", text) == re.sub(r"\s", "", page.knowledge.title):
            said = say(
                N_("要約が題名と同じです。だれが何をできるページか、1〜2文で書いてください。")
            )
        elif len(text) > longest:
            said = say(
                N_("要約が%(count)s文字あります。%(most)s文字までにしてください。"),
                count=len(text),
                most=longest,
            )
        else:
            continue
        yield Found(place=passage.place, found=excerpt(text), said=said)


RULE = Rule(
    id="summary",
    title=N_("要約"),
    level="advice",
    why=N_("検索の結果や一覧で、開くかどうかを要約で決めます。"),
    source="みんなの公共サイト運用ガイドライン（2024年版）",
    find=find,
)
