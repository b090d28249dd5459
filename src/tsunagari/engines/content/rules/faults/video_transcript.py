"""What is to be seen in a video is told in words beside it."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.passages import Page
from tsunagari.engines.content.rules.pieces import Video
from tsunagari.engines.content.rules.rule import Found, Rule, excerpt
from tsunagari.engines.content.rules.sentences import say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Videos that have captions, but not their contents as text."""
    for piece in page.pieces:
        if isinstance(piece, Video) and piece.captions and not piece.transcript:
            yield Found(
                place=piece.place.inside("transcript"),
                found=excerpt(piece.title or piece.address),
                said=say(
                    N_(
                        "動画「%(title)s」の内容を、文字でも書いてください。映像でしか分からないことも書きます。"
                    ),
                    title=excerpt(piece.title or piece.address),
                ),
            )


RULE = Rule(
    id="video_transcript",
    title=N_("内容が文字で読めない動画"),
    level="AA",
    why=N_("見えない人には映像が、動画を開けない人にはすべてが伝わりません。"),
    source="JIS X 8341-3:2016 1.2.3, 1.2.5",
    find=find,
)
