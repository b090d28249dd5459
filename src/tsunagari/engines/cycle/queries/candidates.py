"""Drivers with the candidates that were drawn from them, by viewpoint; what nobody looked at comes first."""

from collections import defaultdict
from dataclasses import dataclass

from tsunagari.engines.cycle.models import Candidate, Cycle
from tsunagari.engines.cycle.rules.candidates import KINDS, Weighed
from tsunagari.engines.plan import api as plan_api


@dataclass(frozen=True, kw_only=True)
class DrawnCandidate:
    """A candidate, the measure that it leads to (None for something new), and whether a decision rests on it."""

    row: Candidate
    measure: plan_api.MeasureHead | None
    decided: bool


@dataclass(frozen=True, kw_only=True)
class WeighedDriver:
    """A driver with the year's candidates. `driver` is None where the plan no longer has it."""

    driver: plan_api.DriverState | None
    candidates: tuple[DrawnCandidate, ...]

    @property
    def rank(self) -> int:
        """Not looked at yet; still open; done."""
        if not self.candidates:
            return 0
        return 1 if any(each.row.state == "open" for each in self.candidates) else 2


def weighed_drivers(cycle: Cycle, language: str) -> dict[str, tuple[WeighedDriver, ...]]:
    """By viewpoint. A bounded number of queries."""
    rows = list(cycle.candidates.prefetch_related("decisions"))
    measures = plan_api.measures_by_id({each.measure for each in rows if each.measure}, language)
    drawn: dict[str, list[DrawnCandidate]] = defaultdict(list)
    for row in rows:
        each = DrawnCandidate(
            row=row, measure=measures.get(row.measure), decided=bool(row.decisions.all())
        )
        drawn[row.driver].append(each)
    found: dict[str, list[WeighedDriver]] = {kind: [] for kind in KINDS}
    for driver in plan_api.drivers(language):
        mine = tuple(drawn.pop(driver.public_id, ()))
        found[driver.kind].append(WeighedDriver(driver=driver, candidates=mine))
    for left in drawn.values():
        found[left[0].row.driver_kind].append(WeighedDriver(driver=None, candidates=tuple(left)))
    return {
        kind: tuple(sorted(listed, key=lambda each: each.rank)) for kind, listed in found.items()
    }


def weighed_of(row: Candidate) -> Weighed:
    """A candidate as it was typed."""
    return Weighed(text=row.text, measure=row.measure, state=row.state, reason=row.reason)


def candidates_for_new(cycle: Cycle) -> list[Candidate]:
    """Candidates that are taken up as something new, with no decision yet."""
    taken = cycle.candidates.filter(state="taken", measure="", decisions=None)
    return list(taken)
