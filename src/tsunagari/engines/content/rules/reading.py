"""Sentences of a text, for what is said of their length and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tsunagari.engines.content.rules.passages import Page, Passage

_SENTENCE = re.compile("[^。！？!?\\n]+[。！？!?]?")
_READ = frozenset({"plain", "rich"})


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence of a passage: its letters and where it begins."""

    passage: Passage
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def sentences(page: Page) -> Iterator[Said]:
    """The sentences of running text; headings, cells and names are none."""
    for passage in page.passages:
        if passage.kind in _READ:
            for match in _SENTENCE.finditer(passage.text):
                text = match.group().strip()
                if text:
                    yield Said(
                        passage=passage,
                        start=match.start() + len(match.group()) - len(match.group().lstrip()),
                        text=text,
                    )
