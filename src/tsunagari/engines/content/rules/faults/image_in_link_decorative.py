"""An image that alone makes a link is no decoration."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.images import pictures
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Image blocks marked as decoration that are a link."""
    for picture in pictures(page):
        if picture.linked and picture.decorative and picture.block:
            yield Found(
                place=picture.place,
                found=excerpt(picture.address),
                said=say(
                    N_(
                        "リンクになっている画像が「飾り」になっています。リンクの行き先を代替テキストに書いてください。"
                    )
                ),
            )


RULE = Rule(
    id="image_in_link_decorative",
    title=N_("リンクになっている飾りの画像"),
    level="A",
    why=N_("読み上げでは行き先のないリンクになります。"),
    source="JIS X 8341-3:2016 2.4.4, 4.1.2 / WCAG 2.2 F89",
    find=find,
)
