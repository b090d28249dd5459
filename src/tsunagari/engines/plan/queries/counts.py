"""True counts of a plan's measures: by kind, and by status where an indicator is judged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tsunagari.engines.plan.queries.board import MeasureState
from tsunagari.engines.plan.rules.progress import STATUSES, Status


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many measures there are, of each kind and each status; a status without any is left out.

    `indicator` are those with an indicator, `without_indicator` those that are to be managed by one and have
    none yet."""

    all: int
    indicator: int
    by_status: tuple[tuple[Status, int], ...]
    as_needed: int
    staged: int
    elsewhere: int
    without_indicator: int


def counts(measures: Iterable[MeasureState]) -> Counts:
    """Count measures that run; one with several indicators counts once, under the one behind most."""
    measures = tuple(each for each in measures if each.standing == "running")
    kinds = Counter(measure.kind for measure in measures if not measure.status)
    statuses = Counter(measure.status for measure in measures if measure.status)
    return Counts(
        all=len(measures),
        indicator=statuses.total(),
        by_status=tuple((s, statuses[s]) for s in STATUSES if statuses[s]),
        as_needed=kinds["as_needed"],
        staged=kinds["staged"],
        elsewhere=kinds["elsewhere"],
        without_indicator=kinds["indicator"],
    )
