"""An old page as both readers give it."""

from dataclasses import dataclass
from datetime import date, datetime

from tsunagari.engines.content.rules.pasted.blocks import Block, Note
from tsunagari.engines.content.rules.pieces import Language


@dataclass(frozen=True, kw_only=True)
class OldLink:
    """A link of an old page, told from its site's root, and its words."""

    address: str
    text: str


@dataclass(frozen=True, kw_only=True)
class OldPage:
    """What an old page says.

    `files` are addresses of documents and pictures on it. `categories` and `groups` are named as the old
    site named them, `division` as the page signed. Dates are None where the page tells none; moments are
    those of Japan, without a zone, as the old system kept them.
    """

    address: str
    title: str
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[OldLink, ...] = ()
    files: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    language: Language = "ja"
    division: str = ""
    updated: date | None = None
    categories: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    released: datetime | None = None
    closes: datetime | None = None
    public: bool = True
    layout: str = ""
