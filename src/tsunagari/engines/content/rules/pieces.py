"""What a page consists of, for checking and mending; what a fault is, and a mend as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from tsunagari.engines.content.rules.sentences import Sentence

Level = Literal["A", "AA", "advice"]
Language = Literal["ja", "en", "easy"]
Value = str | bool | int


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands on a page.

    `part` is the id of a block, or the name of a page's own field ("title", "summary"). `field` is the path
    inside the block: "text", "alt_text", "rows.2.0". `start` and `end` count letters of the field's plain
    text (rich_text.plain for rich text); 0 and 0 mean the whole field.
    """

    part: str
    field: str = ""
    start: int = 0
    end: int = 0

    @property
    def whole(self) -> "Place":
        """The same field without offsets, as changes name it."""
        return replace(self, start=0, end=0)

    def inside(self, name: str) -> "Place":
        """The place of a value that stands inside this one: of an image, its "alt_text"."""
        return Place(part=self.part, field=f"{self.field}.{name}" if self.field else name)


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A field of plain text; `place` names the field itself."""

    place: Place
    text: str


@dataclass(frozen=True, kw_only=True)
class Rich:
    """A field of rich text, as Wagtail stores it; `place` names the field itself."""

    place: Place
    html: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading block: values "text" and "level" (2 is the highest below the page's title)."""

    place: Place
    level: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Span:
    """A merged cell of a table: its first row and column from 0, and over how many it reaches."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table block: values "caption", "rows.<row>.<column>", "header_row" and "header_column"."""

    place: Place
    caption: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    header_row: bool = False
    header_column: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Image:
    """An image block: values "alt_text", "decorative" and "title" (the words under it).

    `address` is the file's name or address. `linked` says that the image alone is a link.
    """

    place: Place
    alt: str = ""
    decorative: bool = False
    title: str = ""
    address: str = ""
    linked: bool = False


@dataclass(frozen=True, kw_only=True)
class Video:
    """A video block: value "title"; whether it has captions, and its words as text beside it."""

    place: Place
    title: str = ""
    address: str = ""
    captions: bool = False
    transcript: bool = False


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file to take: value "title". `size` in bytes; `tagged` and `has_text` of a PDF, None if unknown."""

    place: Place
    title: str = ""
    name: str = ""
    size: int = 0
    kind: str = ""
    tagged: bool | None = None
    has_text: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that is a block or an item of one: values "text" and "href"."""

    place: Place
    text: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Something of another site shown in the page (map, form): value "title"."""

    place: Place
    title: str = ""


Piece = Plain | Rich | Heading | Table | Image | Video | Download | Link | Frame


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A word of the city's dictionary that is not to be used, what to write instead ("" if it depends), and why."""

    wrong: str
    right: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What the city knows beside the page itself; plain data.

    `dead` holds addresses that answered with an error. `telephones` and `emails` are those of the city, so
    that the main number is no private one; `prefixes` are how the city's own landlines begin ("042-464").
    `hosts` are the names of the city's own site. `longest_sentence` is asked for in letters.
    """

    language: Language = "ja"
    title: str = ""
    replace_words: tuple[Replacement, ...] = ()
    dead: frozenset[str] = frozenset()
    telephones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()
    longest_sentence: int = 100


@dataclass(frozen=True, kw_only=True)
class Change:
    """The whole new value of a field; for rich text, its new HTML. `place` has no offsets."""

    place: Place
    value: Value


@dataclass(frozen=True, kw_only=True)
class Edit:
    """The same change told by letters: put `text` where the place's letters stand."""

    place: Place
    text: str


@dataclass(frozen=True, kw_only=True)
class Mend:
    """One way to put a fault right. `edits` are there when it only replaces letters, so that many can be joined."""

    said: Sentence
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...] = field(default=(), compare=False)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something wrong on a page: by which rule, where, the letters found, what is wrong and what to do, and why."""

    rule: str
    level: Level
    place: Place
    found: str
    said: Sentence
    why: Sentence
    mends: tuple[Mend, ...] = ()


class DoesNotFit(ValueError):
    """A change was handed to a piece that has no such value."""


def apply(piece: Piece, change: Change) -> Piece:
    """The piece with the change; the same piece when the change is for another. DoesNotFit for a wrong value."""
    if isinstance(piece, Plain | Rich):
        return _whole(piece, change) if change.place.whole == piece.place.whole else piece
    name = _name_inside(piece.place, change.place)
    if not name:
        return piece
    if isinstance(piece, Table) and name.startswith("rows."):
        return _cell(piece, name, change.value)
    attribute = ATTRIBUTES[type(piece).__name__].get(name)
    if attribute is None or not isinstance(change.value, type(getattr(piece, attribute))):
        raise DoesNotFit(f"{type(piece).__name__} takes no {change.value!r} as its {name!r}.")
    return replace(piece, **{attribute: change.value})


ATTRIBUTES: Final[Mapping[str, Mapping[str, str]]] = {
    "Heading": {"text": "text", "level": "level"},
    "Table": {"caption": "caption", "header_row": "header_row", "header_column": "header_column"},
    "Image": {"alt_text": "alt", "decorative": "decorative", "title": "title"},
    "Video": {"title": "title"},
    "Download": {"title": "title"},
    "Link": {"text": "text", "href": "href"},
    "Frame": {"title": "title"},
}


def _whole(piece: Plain | Rich, change: Change) -> Piece:
    if not isinstance(change.value, str):
        raise DoesNotFit(f"{type(piece).__name__} takes no {change.value!r}.")
    if isinstance(piece, Plain):
        return replace(piece, text=change.value)
    return replace(piece, html=change.value)


def _name_inside(outer: Place, inner: Place) -> str:
    """The name of a value inside a compound piece, "" if the place belongs to another piece."""
    if inner.part != outer.part:
        return ""
    if not outer.field:
        return inner.field
    return (
        inner.field.removeprefix(f"{outer.field}.")
        if inner.field.startswith(f"{outer.field}.")
        else ""
    )


def _cell(table: Table, name: str, value: Value) -> Table:
    try:
        _rows, row, column = name.split(".")
        cells = [list(each) for each in table.rows]
        cells[int(row)][int(column)] = str(value)
    except (ValueError, IndexError) as error:
        raise DoesNotFit(f"the table has no cell {name!r}.") from error
    return replace(table, rows=tuple(tuple(each) for each in cells))
