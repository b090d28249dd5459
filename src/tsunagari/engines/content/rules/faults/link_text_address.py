"""A link's words are no address."""

import re
from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.[^\s.]+\.\S+", re.IGNORECASE)


def find(page: Page) -> Iterator[Found]:
    """Links whose whole text is a written-out address; a mail address is one's own name and in order."""
    for link in page.links:
        if _ADDRESS.fullmatch(link.text):
            yield Found(
                place=link.place,
                found=link.text,
                said=say(
                    N_(
                        "リンクの言葉が、ページのアドレス（%(text)s）のままです。開くページの名前を書いてください。"
                    ),
                    text=excerpt(link.text),
                ),
            )


RULE = Rule(
    id="link_text_address",
    title=N_("アドレス（URL）のままのリンク"),
    level="AA",
    why=N_("読み上げでは、意味のない英字が1文字ずつ続き、何のページか分かりません。"),
    source="JIS X 8341-3:2016 2.4.4",
    find=find,
)
