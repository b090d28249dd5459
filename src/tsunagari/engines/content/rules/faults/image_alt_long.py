"""An alternative text is a short sentence; what needs more stands in the page."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.images import pictures
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_

LONGEST = {"ja": 120, "easy": 120, "en": 250}


def find(page: Page) -> Iterator[Found]:
    """Alternative texts of more than 120 letters (250 in English)."""
    longest = LONGEST[page.knowledge.language]
    for picture in pictures(page):
        if len(picture.alt) > longest:
            yield Found(
                place=picture.place,
                found=excerpt(picture.alt),
                said=say(
                    N_(
                        "代替テキストが%(count)s文字あります。%(most)s文字までの要点にして、詳しい内容は本文に書いてください。"
                    ),
                    count=len(picture.alt),
                    most=longest,
                ),
            )


RULE = Rule(
    id="image_alt_long",
    title=N_("長すぎる代替テキスト"),
    level="advice",
    why=N_("代替テキストは途中で止めて聞き直すことができません。"),
    source="JIS X 8341-3:2016 1.1.1 / WCAG 2.2 G92",
    find=find,
)
