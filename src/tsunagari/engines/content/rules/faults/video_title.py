"""A video has a name."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Video
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Videos without a title."""
    for piece in page.pieces:
        if isinstance(piece, Video) and not seen(piece.title):
            yield Found(
                place=piece.place.inside("title"),
                found=excerpt(piece.address),
                said=say(N_("動画に題名がありません。何の動画か分かる題名を書いてください。")),
            )


RULE = Rule(
    id="video_title",
    title=N_("題名のない動画"),
    level="A",
    why=N_("再生する前に、何の動画か分かりません。"),
    source="JIS X 8341-3:2016 1.1.1, 4.1.2",
    find=find,
)
