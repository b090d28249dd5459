"""What is said in a video can be read."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Video
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Videos with neither captions nor their words beside them."""
    for piece in page.pieces:
        if isinstance(piece, Video) and not piece.captions and not piece.transcript:
            yield Found(
                place=piece.place.inside("captions"),
                found=excerpt(piece.title or piece.address),
                said=say(
                    N_(
                        "動画「%(title)s」に字幕がありません。字幕を付けるか、話している内容を文字で書いてください。"
                    ),
                    title=excerpt(piece.title or piece.address),
                ),
            )


RULE = Rule(
    id="video_captions",
    title=N_("字幕のない動画"),
    level="A",
    why=N_("聞こえない人、音を出せない所にいる人に、話の内容が伝わりません。"),
    source="JIS X 8341-3:2016 1.2.1, 1.2.2",
    find=find,
)
