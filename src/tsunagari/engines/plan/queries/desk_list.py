"""The list of a plan's measures for the desk: searched, filtered, and what waits for the secretariat."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tsunagari.engines.plan.queries.board import MeasureState, PlanBoard
from tsunagari.engines.plan.queries.desk import outdated_measures
from tsunagari.engines.plan.queries.plans import boards
from tsunagari.engines.plan.queries.snapshot import snapshot
from tsunagari.engines.plan.rules.how import How
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a list is narrowed to; "" is everything."""

    words: str = ""
    section: str = ""
    division: str = ""
    kind: str = ""
    status: str = ""
    how: str = ""
    waits: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedMeasure:
    """A measure in the list. `mine`: the acting division does its work today. `outdated` counts
    English texts older than their Japanese; `waits` says what it waits for."""

    measure: MeasureState
    mine: bool
    outdated: int
    waits: tuple[str, ...]
    hows: tuple[How, ...]


@dataclass(frozen=True, kw_only=True)
class ListedPlan:
    """A plan with its measures as the desk lists them, in the plan's order."""

    board: PlanBoard
    measures: tuple[ListedMeasure, ...]

    def waiting(self, what: str) -> int:
        """How many measures wait for something."""
        return sum(what in each.waits for each in self.measures)


WAITS = ("no_figures", "to_set", "target_open", "outdated")
"""What a measure can wait for: figures, an indicator, a target, a translation."""


def listed_plans(*, division: str, now: datetime) -> tuple[ListedPlan, ...]:
    """Every plan with measures, the newest first; a bounded number of queries."""
    found = boards(now=now, language="ja")
    running = FiscalYear.at(now)
    codes = {
        each.code for board in found for measure in board.measures for each in measure.divisions
    }
    heirs = identity.heirs(codes, running) if codes else {}
    held = snapshot("ja")
    counts = outdated_measures(held)
    outdated = {held.measures_by_key[key].public_id: count for key, count in counts.items()}
    return tuple(
        ListedPlan(
            board=board,
            measures=tuple(
                _listed(measure, board, division=division, heirs=heirs, outdated=outdated.get(measure.public_id, 0), year=running.year)
                for measure in board.measures
            ),
        )
        for board in found
    )  # fmt: skip


def _listed(
    measure: MeasureState,
    board: PlanBoard,
    *,
    division: str,
    heirs: Mapping[str, tuple[str, ...]],
    outdated: int,
    year: int,
) -> ListedMeasure:
    working = {heir for each in measure.divisions for heir in heirs.get(each.code, ())}
    return ListedMeasure(
        measure=measure,
        mine=bool(division) and division in working,
        outdated=outdated,
        waits=tuple(_waits(measure, board, outdated, year)),
        hows=tuple(dict.fromkeys(each.how for each in measure.indicators)),
    )


def _waits(measure: MeasureState, board: PlanBoard, outdated: int, year: int) -> Iterator[str]:
    if outdated:
        yield "outdated"
    if board.head.ended or not measure.counted:
        return
    if any(
        each.how == "none" and not each.to_set_year and each.latest is None
        for each in measure.indicators
    ):
        yield "no_figures"
    if any(each.to_set_year and each.to_set_year <= year for each in measure.indicators):
        yield "to_set"
    if any(each.target_open for each in measure.indicators):
        yield "target_open"


def waiting_briefly(*, now: datetime) -> dict[str, dict[str, int]]:
    """By plan that has not ended, how many measures wait for an indicator whose year has come, and by
    every plan how many have outdated English; two queries, for screens that show much else."""
    held, year = snapshot("ja"), FiscalYear.at(now).year
    counts: dict[str, dict[str, int]] = {code: {"to_set": 0, "outdated": 0} for code in held.plans}
    for key in outdated_measures(held):
        counts[held.measures_by_key[key].plan.code]["outdated"] += 1
    for key, measure in held.measures_by_key.items():
        due = any((each.to_set_year or year + 1) <= year for each in held.indicators[key])
        last = min(measure.plan.last_year, measure.until_year or year)
        counts[measure.plan.code]["to_set"] += due and last >= year
    return counts


def narrowed(plan: ListedPlan, asked: Asked) -> list[ListedMeasure]:
    """The measures that fit, those of the acting division first."""
    found = [each for each in plan.measures if _fits(each, asked)]
    return sorted(found, key=lambda each: not each.mine)


def _fits(listed: ListedMeasure, asked: Asked) -> bool:
    measure = listed.measure
    words = asked.words.casefold().split()
    told = " ".join(
        [
            measure.number,
            measure.name,
            measure.purpose,
            measure.outline,
            *(each.name for each in measure.divisions),
            *(each.name for each in measure.indicators),
        ]
    ).casefold()
    return (
        all(word in told for word in words)
        and asked.section in ("", measure.section)
        and (not asked.division or asked.division in {each.code for each in measure.divisions})
        and asked.kind in ("", measure.kind)
        and asked.status in ("", measure.code)
        and (not asked.how or asked.how in listed.hows)
        and (not asked.waits or asked.waits in listed.waits)
    )
