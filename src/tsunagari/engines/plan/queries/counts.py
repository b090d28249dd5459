"""True counts of a plan's measures: by kind, and by status where an indicator is judged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tsunagari.engines.plan.queries.board import MeasureState
from tsunagari.engines.plan.rules.progress import STATUSES, Status

CODES = (*STATUSES, "indicator", "as_needed", "staged", "elsewhere", "ahead", "ended")
"""Under what measures are counted, in the order in which a reader is told of them. "indicator" is a measure that
is to be managed by indicators and has none yet."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many measures count (MeasureState.counted), of each kind and each status; a status without any is
    left out. `indicator` are those with an indicator, `without_indicator` those that are to be managed by one
    and have none yet. `ahead` have not begun yet, so neither kind nor status counts them. `by_code` holds all
    of them, each once, as a bar or a table shows them. `ended` stand beside all of these.
    """

    all: int
    indicator: int
    by_status: tuple[tuple[Status, int], ...]
    as_needed: int
    staged: int
    elsewhere: int
    without_indicator: int
    ahead: int
    ended: int
    by_code: tuple[tuple[str, int], ...]


def counts(measures: Iterable[MeasureState]) -> Counts:
    """Count measures; one with several indicators counts once, under the one behind most."""
    told = tuple(measures)
    counted = [each for each in told if each.counted]
    running = [each for each in counted if each.standing == "running"]
    kinds = Counter(measure.kind for measure in running if not measure.status)
    statuses = Counter(measure.status for measure in running if measure.status)
    codes = Counter(measure.code for measure in counted)
    return Counts(
        all=len(counted),
        indicator=statuses.total(),
        by_status=tuple((s, statuses[s]) for s in STATUSES if statuses[s]),
        as_needed=kinds["as_needed"],
        staged=kinds["staged"],
        elsewhere=kinds["elsewhere"],
        without_indicator=kinds["indicator"],
        ahead=codes["ahead"],
        ended=len(told) - len(counted),
        by_code=tuple((code, codes[code]) for code in CODES if codes[code]),
    )
