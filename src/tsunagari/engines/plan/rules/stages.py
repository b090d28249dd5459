"""Which years a stage can cover, where the source shows its words in one column only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Cover = Literal["", "possible", "certain"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stage as the source shows it: `column` holds the words; a year not known is None."""

    column: int
    first: int | None
    last: int | None


def covers(spans: Sequence[Span], index: int, year: int) -> Cover:
    """Whether stage `index` covers a year: for certain, possibly, or not.

    The column with the words is certain. What lies between known ends is certain. Beyond that a
    stage may reach up to the neighbouring stage's column, and no further: arrows do not cross.
    """
    span = spans[index]
    if (span.first or span.column) <= year <= (span.last or span.column):
        return "certain"
    too_early = span.first is not None and year < span.first
    too_late = span.last is not None and year > span.last
    if too_early or too_late:
        return ""
    before = max((s.last or s.column for s in spans if s.column < span.column), default=0)
    after = min((s.first or s.column for s in spans if s.column > span.column), default=9999)
    return "possible" if before < year < after else ""
