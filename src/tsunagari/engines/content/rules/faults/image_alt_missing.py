"""An image that says something says it in words, too."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.images import Pictured, pictures
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Images without an alternative text that are not marked as decoration."""
    for picture in pictures(page):
        if not seen(picture.alt) and not picture.decorative:
            yield Found(
                place=picture.place,
                found=excerpt(picture.address),
                said=_said(picture),
            )


def _said(picture: Pictured) -> Sentence:
    if picture.linked:
        return say(
            N_(
                "リンクになっている画像に、代替テキストがありません。リンクの行き先を言葉で書いてください。"
            )
        )
    return say(
        N_(
            "画像に代替テキストがありません。見えない人に伝えたい内容を書くか、飾りの画像なら「飾り」にしてください。"
        )
    )


RULE = Rule(
    id="image_alt_missing",
    title=N_("代替テキストのない画像"),
    level="A",
    why=N_("画像が見えない人には、そこに何があるのかまったく伝わりません。"),
    source="JIS X 8341-3:2016 1.1.1 / WCAG 2.2 F65",
    find=find,
)
