"""What a rule is: data that staff can read, and a function that finds."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tsunagari.engines.content.rules.passages import Page, Passage
from tsunagari.engines.content.rules.pieces import Language, Level, Mend, Place
from tsunagari.engines.content.rules.sentences import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a rule found: where, which letters, what is wrong and what to do. `level` "" is the rule's own."""

    place: Place
    found: str
    said: Sentence
    mends: tuple[Mend, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as the staff's list shows it: name, level, why (one sentence), and the clause it comes from.

    `languages` are those of pages to which it applies.
    """

    id: str
    title: str
    level: Level
    why: str
    source: str
    find: Callable[[Page], Iterable[Found]]
    languages: tuple[Language, ...] = ("ja", "en", "easy")


EXCERPT = 40
"""Letters of what was found that a sentence repeats."""


def excerpt(text: str) -> str:
    """The beginning of a text, on one line, for a sentence."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


def replacements(
    page: Page,
    pattern: re.Pattern[str],
    new: Callable[[re.Match[str]], str | None],
    found: Callable[[Passage, re.Match[str], str], Found],
) -> Iterator[Found]:
    """What a pattern finds in all letters of a page, with what to write instead; None says that it is no fault."""
    for passage in page.passages:
        for match in pattern.finditer(passage.text):
            instead = new(match)
            if instead is not None and instead != match.group():
                yield found(passage, match, instead)


def wherever(page: Page, pattern: re.Pattern[str], sentence: str) -> Iterator[Found]:
    """What a pattern finds in all letters of a page, for somebody to write otherwise; `sentence` repeats it as %(text)s."""
    for passage in page.passages:
        for match in pattern.finditer(passage.text):
            yield Found(
                place=passage.at(*match.span()),
                found=match.group(),
                said=say(sentence, text=excerpt(match.group())),
            )
