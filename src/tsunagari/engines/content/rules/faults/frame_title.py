"""What is shown from another site has a name."""

from collections.abc import Iterator

from tsunagari.engines.content.rules.characters import seen
from tsunagari.engines.content.rules.passages import Page, passages_of
from tsunagari.engines.content.rules.pieces import Frame
from tsunagari.engines.content.rules.rule import Found, Rule
from tsunagari.engines.content.rules.sentences import Sentence, say
from tsunagari.kernel.i18n.texts import N_


def find(page: Page) -> Iterator[Found]:
    """Frames without a title, as blocks and in rich text."""
    for piece in page.pieces:
        if isinstance(piece, Frame) and not seen(piece.title):
            yield Found(place=next(passages_of(piece)).place, found="", said=_said())
    for passage, rich in page.rich:
        for element in rich.of("iframe", "frame"):
            if not element.attributes.get("title", "").strip():
                yield Found(place=passage.at(element.start, element.end), found="", said=_said())


def _said() -> Sentence:
    return say(
        N_(
            "埋め込み（地図・フォームなど）に題名がありません。「庁舎の地図」のように、何を表示しているか書いてください。"
        )
    )


RULE = Rule(
    id="frame_title",
    title=N_("題名のない埋め込み"),
    level="A",
    why=N_("読み上げる人は、埋め込みの中に入る前に、中身を知ることができません。"),
    source="JIS X 8341-3:2016 2.4.1, 4.1.2 / WCAG 2.2 H64",
    find=find,
)
