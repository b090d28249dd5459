"""What other rooms may ask of the search."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.search.actions import note_sought as _note
from tsunagari.kernel.search.actions import rebuild as _rebuild
from tsunagari.kernel.search.actions.edit_synonyms import Refused as SynonymsRefused
from tsunagari.kernel.search.actions.edit_synonyms import (
    add_synonyms,
    edit_synonyms,
    remove_synonyms,
)
from tsunagari.kernel.search.actions.load_synonyms import PackRefused, load_synonyms
from tsunagari.kernel.search.actions.put import Refused, put
from tsunagari.kernel.search.actions.remove import remove
from tsunagari.kernel.search.declare import (
    Entry,
    Found,
    Hit,
    Onward,
    SoughtWords,
    Source,
    SourceState,
    Suggestion,
    SynonymSet,
)
from tsunagari.kernel.search.models import Synonyms
from tsunagari.kernel.search.queries import finding, looking, suggesting
from tsunagari.kernel.search.queries.looking import popular, source_of, synonym_sets, words_known

__all__ = [
    "Entry",
    "Found",
    "Hit",
    "Onward",
    "PackRefused",
    "Refused",
    "Source",
    "Suggestion",
    "SynonymSet",
    "SynonymsGone",
    "SynonymsRefused",
    "add_synonyms",
    "declare",
    "declared",
    "edit_synonyms",
    "editing_division",
    "find",
    "load_synonyms",
    "nearest",
    "note_sought",
    "popular",
    "put",
    "rebuild",
    "remove",
    "remove_synonyms",
    "sought",
    "sought_in_vain",
    "source_of",
    "status",
    "suggest",
    "synonym_sets",
    "words_known",
]

SynonymsGone = Synonyms.DoesNotExist


def declare(sources: Iterable[Source], *, editors: str) -> None:
    """Take in every source, and the code of the division that may edit synonyms (the one that runs the
    website). The city calls this once, at start. Raises ValueError in a sentence."""
    looking.take_sources(sources)
    _EDITORS[:] = [editors]


_EDITORS: list[str] = []


def editing_division() -> str:
    """The code of the division that edits synonyms; "" where no service runs a website."""
    return _EDITORS[0] if _EDITORS else ""


def declared() -> tuple[Source, ...]:
    """Every source of this installation."""
    return tuple(looking.SOURCES.values())


def rebuild(source: Source, *, clock: Clock = system_clock) -> int:
    """Put in all that a source has, take out what it has no more; gives how many entries changed."""
    return _rebuild.rebuild(source, clock=clock)


def find(
    text: str,
    *,
    language: str,
    facets: Mapping[str, Sequence[str]] | None = None,
    kinds: Sequence[str] | None = None,
    page: int = 1,
    size: int = 20,
    at: datetime,
    literally: bool = False,
) -> Found:
    """The entries that answer a question, the best first.

    Of each facet one of the given values must fit, and one of the kinds. All words must be found; where
    they are not together, the least telling ones are left out and named in `dropped`. With `literally` no
    word is taken for a slip. An easy-Japanese site without a match answers from the Japanese one.
    """
    found = finding.find(
        text,
        language=language,
        facets=facets,
        kinds=kinds,
        page=page,
        size=size,
        at=at,
        literally=literally,
    )
    if language == "easy" and not found.number:
        return find(
            text, language="ja", facets=facets, kinds=kinds, page=page, size=size, at=at, literally=literally
        )  # fmt: skip
    return found


def suggest(text: str, *, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """What to offer while somebody types: words of titles first, then entries by their title. Half-typed
    kana (じゅうみ) and Latin letters (jyuum) are understood."""
    return suggesting.suggest(text, language=language, limit=limit)


def nearest(text: str, *, language: str, limit: int = 6) -> tuple[str, ...]:
    """What to try where a question found nothing: words of titles that begin like its own."""
    return suggesting.nearest(text, language=language, limit=limit)


def note_sought(text: str, language: str, found: int, *, clock: Clock = system_clock) -> bool:
    """Count a question for today: its words, and whether it was in vain; never who asked. What looks like
    a person is dropped: names, telephones, mail addresses, My Number. Says whether it was kept."""
    return _note.note_sought(text, language=language, found=found, day=japan_day(clock()))


def sought(*, language: str, first: date, last: date, limit: int = 100) -> tuple[SoughtWords, ...]:
    """What was sought from one day to another, the most often first."""
    return looking.sought(language=language, first=first, last=last, limit=limit)


def sought_in_vain(
    *, language: str, first: date, last: date, limit: int = 100
) -> tuple[SoughtWords, ...]:
    """What was sought and not found, the most often first."""
    return looking.sought(language=language, first=first, last=last, in_vain=True, limit=limit)


def status() -> tuple[SourceState, ...]:
    """Each source, how many entries it has, when it was built anew."""
    return looking.states()
