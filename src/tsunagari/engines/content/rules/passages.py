"""All letters of a page, field by field, whatever kind of piece they stand in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tsunagari.engines.content.rules import rich_text
from tsunagari.engines.content.rules.pieces import (
    Change,
    Download,
    Edit,
    Frame,
    Heading,
    Image,
    Knowledge,
    Link,
    Mend,
    Piece,
    Place,
    Plain,
    Rich,
    Table,
    Video,
)
from tsunagari.engines.content.rules.sentences import Sentence

Kind = Literal["plain", "rich", "heading", "caption", "cell", "alt", "title", "link"]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """The letters of one field. `html` is what is kept where the field is rich text, else None."""

    place: Place
    kind: Kind
    text: str
    html: str | None = None

    def at(self, start: int, end: int) -> Place:
        """The place of some of its letters."""
        return Place(part=self.place.part, field=self.place.field, start=start, end=end)

    def with_edits(self, edits: Iterable[tuple[int, int, str]]) -> Change:
        """The field with letters replaced: (start, end, new letters), not overlapping."""
        listed = sorted(edits)
        if self.html is not None:
            return Change(place=self.place, value=rich_text.edited(self.html, listed))
        parts, position = [], 0
        for start, end, new in listed:
            parts += [self.text[position:start], new]
            position = end
        return Change(place=self.place, value="".join([*parts, self.text[position:]]))

    def mend(self, said: Sentence, start: int, end: int, new: str) -> Mend:
        """A mend that replaces some letters."""
        return Mend(
            said=said,
            changes=(self.with_edits([(start, end, new)]),),
            edits=(Edit(place=self.at(start, end), text=new),),
        )


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A link anywhere on the page. `target` names what it opens: an address, "page:3" or "document:7".

    `text` includes the alternative texts of images in it. `element` is set for links in rich text, else
    `place` is that of a link piece.
    """

    place: Place
    text: str
    target: str
    href: str
    images: tuple[str, ...] = ()
    passage: Passage
    element: rich_text.Element | None = None
    following: bool = False
    """Nothing but spaces stands between this link and the one before it."""


@dataclass(frozen=True, kw_only=True)
class Headed:
    """A heading anywhere on the page: a block's, or one in rich text."""

    place: Place
    level: int
    text: str
    passage: Passage
    element: rich_text.Element | None = None


@dataclass(frozen=True)
class Page:
    """A page's pieces in reading order and what the city knows."""

    pieces: Sequence[Piece]
    knowledge: Knowledge

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All letters, in reading order."""
        return tuple(passage for piece in self.pieces for passage in passages_of(piece))

    @cached_property
    def rich(self) -> tuple[tuple[Passage, rich_text.RichText], ...]:
        """The rich texts, read."""
        return tuple(
            (each, rich_text.read(each.html)) for each in self.passages if each.html is not None
        )

    @cached_property
    def links(self) -> tuple[Linked, ...]:
        """All links, in reading order."""
        return tuple(link for piece in self.pieces for link in _links_of(piece))

    @cached_property
    def headings(self) -> tuple[Headed, ...]:
        """All headings, in reading order."""
        return tuple(heading for piece in self.pieces for heading in _headings_of(piece))


def passages_of(piece: Piece) -> Iterator[Passage]:
    """The fields of a piece in which letters stand."""
    match piece:
        case Plain():
            yield Passage(place=piece.place.whole, kind="plain", text=piece.text)
        case Rich():
            text = rich_text.plain(piece.html)
            yield Passage(place=piece.place.whole, kind="rich", text=text, html=piece.html)
        case Heading():
            yield _inside(piece.place, "text", "heading", piece.text)
        case Table():
            yield _inside(piece.place, "caption", "caption", piece.caption)
            for row, cells in enumerate(piece.rows):
                for column, text in enumerate(cells):
                    yield _inside(piece.place, f"rows.{row}.{column}", "cell", text)
        case Image():
            yield _inside(piece.place, "alt_text", "alt", piece.alt)
            yield _inside(piece.place, "title", "title", piece.title)
        case Video() | Download() | Frame():
            yield _inside(piece.place, "title", "title", piece.title)
        case Link():
            yield _inside(piece.place, "text", "link", piece.text)


def _inside(place: Place, name: str, kind: Kind, text: str) -> Passage:
    return Passage(place=place.inside(name), kind=kind, text=text)


def _links_of(piece: Piece) -> Iterator[Linked]:
    if isinstance(piece, Link):
        passage = _inside(piece.place, "text", "link", piece.text)
        yield Linked(
            place=passage.place,
            text=piece.text.strip(),
            target=piece.href.strip(),
            href=piece.href,
            passage=passage,
        )
    elif isinstance(piece, Rich):
        yield from _links_in(next(passages_of(piece)))


def _links_in(passage: Passage) -> Iterator[Linked]:
    rich = rich_text.read(passage.html or "")
    before: rich_text.Element | None = None
    for element in rich.of("a"):
        images = tuple(
            token.attributes.get("alt", "").strip()
            for token in rich.within(element)
            if token.tag in ("img", "embed")
        )
        words = " ".join([rich.text_of(element).strip(), *images]).strip()
        yield Linked(
            place=passage.at(element.start, element.end),
            text=words,
            target=_target(element),
            href=element.attributes.get("href", ""),
            images=images,
            passage=passage,
            element=element,
            following=before is not None
            and not rich.text[before.end : element.start].strip(" \t\u3000\xa0"),
        )
        before = element


def _target(element: rich_text.Element) -> str:
    kind, number = element.attributes.get("linktype", ""), element.attributes.get("id", "")
    return f"{kind}:{number}" if kind else element.attributes.get("href", "").strip()


def _headings_of(piece: Piece) -> Iterator[Headed]:
    if isinstance(piece, Heading):
        passage = _inside(piece.place, "text", "heading", piece.text)
        yield Headed(
            place=piece.place.inside("level"),
            level=piece.level,
            text=piece.text.strip(),
            passage=passage,
        )
    elif isinstance(piece, Rich):
        passage = next(passages_of(piece))
        rich = rich_text.read(piece.html)
        for element in rich.of("h1", "h2", "h3", "h4", "h5", "h6"):
            yield Headed(
                place=passage.at(element.start, element.end),
                level=int(element.tag[1]),
                text=rich.text_of(element).strip(),
                passage=passage,
                element=element,
            )
