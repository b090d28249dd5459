"""All images of a page: image blocks, and those that stand in rich text."""

from collections.abc import Iterator
from dataclasses import dataclass

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.passages import Page, Passage
from tsunagari.engines.content.rules.pieces import Image, Place


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """An image. `place` is that of its alternative text, or where it stands in rich text (then not `block`)."""

    place: Place
    alt: str
    address: str
    decorative: bool = False
    linked: bool = False
    block: bool = True


def pictures(page: Page) -> Iterator[Pictured]:
    """Every image; in rich text an empty alt says decoration, a missing one nothing."""
    for piece in page.pieces:
        if isinstance(piece, Image):
            yield Pictured(
                place=piece.place.inside("alt_text"),
                alt=piece.alt,
                address=piece.address,
                decorative=piece.decorative,
                linked=piece.linked,
            )
    for passage, rich in page.rich:
        yield from _in_rich_text(passage, rich)


def _in_rich_text(passage: Passage, rich: rich_text.RichText) -> Iterator[Pictured]:
    for element in rich.of("img", "embed"):
        said = element.attributes
        if element.tag == "embed" and said.get("embedtype") != "image":
            continue
        yield Pictured(
            place=passage.at(element.start, element.end),
            alt=said.get("alt", ""),
            address=said.get("src", ""),
            decorative="alt" in said and not said["alt"].strip(),
            block=False,
        )
