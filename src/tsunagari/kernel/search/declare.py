"""What rooms say to the search, and what it answers: frozen data, no Django."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Event, Words

Language = str
"""The language of an entry: "ja", "en" or "easy" (やさしい日本語)."""

By = Literal["written", "other_writing", "reading", "synonym", "corrected"]
"""How a word of the question and a word of the entry are the same."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that can be found.

    `kind` begins with the id of its source ("content.page"); with `public_id` and `language` it names the
    entry for ever. `body` is plain text. `reading` is the title in kana, "" to let the search read it.
    `facets` narrow a search: {"division": ("shimin",)}. `weight` moves it up or down among entries that
    match alike: 1.0 for most, 2.0 for what should stand first, 0.5 for what is rarely meant.
    """

    kind: str
    public_id: str
    language: Language
    title: str
    address: str
    summary: str = ""
    body: str = ""
    keywords: tuple[str, ...] = ()
    reading: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    day: date | None = None
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Onward:
    """A way onward for somebody who found nothing: its title, and links as (words, address)."""

    title: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where entries come from, for building the index anew: `SEARCHED = (Source(…),)` in a room's `tasks.py`.

    `title` is Japanese, marked with N_: filters of the page show it. `titles` names each kind, where the
    source has several. `facets` names the facets that the page offers as filters, and `values` gives what
    they hold in words of the reader's language. The other callables are asked once a page; none needs to be.
    """

    id: str
    title: str
    entries: Callable[[], Iterable[Entry]]
    titles: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, str] = field(default_factory=dict)
    values: Callable[[str, Sequence[str], str], Mapping[str, str]] | None = None
    """Facet, what entries hold of it, language: the words of each."""
    places: Callable[[Sequence[str], str], Mapping[str, tuple[str, ...]]] | None = None
    """Addresses of entries, language: of each the titles of the pages above it, the highest first."""
    onward: Callable[[str, str], Sequence[Onward]] | None = None
    """What was sought, language: where to go when the search has nothing."""
    writing: str = ""
    """Name of a console address that takes `words` and `language` by POST and begins a text that answers them."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """Why an entry was found: `sought` is the word of the question, `found` the word of the entry."""

    sought: str
    found: str
    by: By


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An entry that was found. Marks are (begin, end) in characters of `title` and of `excerpt`."""

    kind: str
    public_id: str
    title: str
    address: str
    day: date | None
    facets: Mapping[str, tuple[str, ...]]
    excerpt: str
    matches: tuple[Match, ...]
    title_marks: tuple[tuple[int, int], ...]
    excerpt_marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search gave.

    `number` counts all entries found; with `capped` there are at least so many. `corrected` is the
    question as it was understood, "" where it was taken as written. `synonyms` are (sought, used) pairs,
    `dropped` the words of the question that were left out because all together found nothing. `kinds` are
    the kinds among the best, with how many of each; `facets` likewise, (facet, what it holds, how many).
    """

    hits: tuple[Hit, ...]
    number: int
    capped: bool
    corrected: str = ""
    synonyms: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    facets: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What to offer as one types: a word to search for, or with `address` an entry to open."""

    text: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class SoughtWords:
    """What people sought: a question as it was normalized, how often, and how often in vain."""

    words: str
    language: Language
    number: int
    vain: int


@dataclass(frozen=True, kw_only=True)
class SynonymSet:
    """Words that mean the same to the search, as people write them. `origin` is "pack" or "staff"."""

    public_id: str
    language: Language
    words: tuple[str, ...]
    origin: str


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """A source, how many entries it has in the index, and when it was last built anew (ISO), "" for never."""

    id: str
    title: str
    entries: int
    rebuilt_at: str


REFUSED_WORDS: Final = 12
"""How many words one group of synonyms may hold."""


@dataclass(frozen=True, kw_only=True)
class SynonymsChanged(
    Event,
    name="search.synonyms_changed",
    title=N_("検索の言い換えの変更"),
    words={
        "what": Words(
            title=N_("したこと"),
            values={"added": N_("追加"), "edited": N_("修正"), "removed": N_("削除")},
        ),
        "size": Words(title=N_("言葉の数")),
    },
):
    """Somebody added, edited or removed a group of synonyms, which is the subject; `size` counts its words."""

    what: str
    size: int
