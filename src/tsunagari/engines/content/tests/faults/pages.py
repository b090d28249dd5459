"""Pages for the tests of rules: a text is a page, and what a rule finds is told by its letters."""

from collections.abc import Iterable

from tsunagari.engines.content.rules.checking import apply_mend, check
from tsunagari.engines.content.rules.pieces import (
    Fault,
    Heading,
    Knowledge,
    Link,
    Piece,
    Place,
    Plain,
    Rich,
)

JA = Knowledge(language="ja", title="ごみの出し方")
EN = Knowledge(language="en", title="How to put out rubbish")
EASY = Knowledge(language="easy", title="ごみの 出し方")


def rich(html: str, *, part: str = "b1") -> Rich:
    """A block of rich text."""
    return Rich(place=Place(part=part, field="text"), html=html)


def plain(text: str, *, part: str = "b1") -> Plain:
    """A field of plain text."""
    return Plain(place=Place(part=part, field="text"), text=text)


def heading(level: int, text: str = "見出し", *, part: str = "h") -> Heading:
    """A heading block."""
    return Heading(place=Place(part=f"{part}{level}{text}"), level=level, text=text)


def link(text: str, href: str, *, part: str = "l") -> Link:
    """A link block."""
    return Link(place=Place(part=part + href), text=text, href=href)


def as_page(thing: str | Piece | Iterable[Piece]) -> tuple[Piece, ...]:
    """A text in <> is rich text, another plain."""
    if isinstance(thing, str):
        return (rich(thing) if thing.startswith("<") else plain(thing),)
    return tuple(thing) if isinstance(thing, Iterable) else (thing,)


def faults(
    rule: str, thing: str | Piece | Iterable[Piece], knowledge: Knowledge = JA
) -> tuple[Fault, ...]:
    """What one rule finds."""
    return check(as_page(thing), knowledge, only={rule})


def found(rule: str, thing: str | Piece | Iterable[Piece], knowledge: Knowledge = JA) -> list[str]:
    """The letters that one rule finds."""
    return [fault.found for fault in faults(rule, thing, knowledge)]


def mended(rule: str, thing: str | Piece | Iterable[Piece], knowledge: Knowledge = JA) -> str:
    """The first piece's text after the first mend of the first fault."""
    page = as_page(thing)
    fault = faults(rule, page, knowledge)[0]
    first = apply_mend(page, fault.mends[0])[0]
    return text_of(first)


def text_of(piece: Piece) -> str:
    """What a text piece says."""
    return piece.html if isinstance(piece, Rich) else getattr(piece, "text", str(piece))
