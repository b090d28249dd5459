"""What those who decide need of a plan's year: what moved, what is late, what waits for a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from tsunagari.engines.cycle.models import Candidate, Cycle, Decision, Move, Sheet
from tsunagari.engines.cycle.queries.closed_plan import closed_plan
from tsunagari.engines.cycle.queries.hints import Hint, all_hints
from tsunagari.engines.cycle.queries.waiting import Row, matrix
from tsunagari.engines.cycle.queries.year_read import YearRead, read_year, settled_results
from tsunagari.engines.cycle.queries.years import ListedSheet, listed_sheets, usual_from_year
from tsunagari.engines.cycle.rules.deciding import (
    JUDGED,
    LATE,
    Span,
    StageStand,
    Turn,
    change_of,
    is_toward,
    stage_stand,
    turned,
)
from tsunagari.engines.cycle.rules.decisions import is_settled
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api

MOST: Final = 3
"""Figures that moved most, each way."""


@dataclass(frozen=True, kw_only=True)
class Turned:
    """A measure whose status is another than at the end of the year before."""

    measure: plan_api.MeasureState
    before: str
    after: str
    turn: Turn


@dataclass(frozen=True, kw_only=True)
class Moved:
    """An indicator's figure against the year before. `change` is a share of it; `toward` says whether it goes
    where it shall, None where only a level is to be held."""

    measure: plan_api.MeasureState
    indicator: plan_api.IndicatorState
    before: Decimal
    after: Decimal
    change: Decimal
    toward: bool | None


@dataclass(frozen=True, kw_only=True)
class StageToDecide:
    """A measure that is managed by stages and should have moved, or shall in the next year. `criteria` were
    set beforehand; `decision` is what was decided of its stage, None where nothing was."""

    measure: plan_api.MeasureState
    stand: StageStand
    criteria: tuple[str, ...]
    decision: Decision | None

    @property
    def met(self) -> int:
        """How many criteria were ticked as met."""
        return sum(bool(each.get("met")) for each in self.decision.criteria) if self.decision else 0


@dataclass(frozen=True, kw_only=True)
class TargetToSet:
    """An indicator that the plan left to be set: in `year`, or the target is open."""

    measure: plan_api.MeasureState
    indicator: plan_api.IndicatorState
    year: int | None


@dataclass(frozen=True, kw_only=True)
class ForMayor:
    """The year on one page. `judged_anew` counts measures that could not be judged the year before;
    `undecided` sheets of which is still to be decided. `late_rows` are divisions with a late step."""

    read: YearRead
    counts: plan_api.Counts
    turned: tuple[Turned, ...]
    judged_anew: int
    toward: tuple[Moved, ...]
    away: tuple[Moved, ...]
    compared: int
    late: tuple[plan_api.MeasureState, ...]
    late_rows: tuple[Row, ...]
    stages: tuple[StageToDecide, ...]
    targets: tuple[TargetToSet, ...]
    decisions: tuple[Decision, ...]
    undecided: int
    candidates: tuple[Candidate, ...]
    unanswered: int


def for_mayor(cycle: Cycle, *, now: datetime, language: str) -> ForMayor | None:
    """The year for the mayor; None where its plan is gone. A bounded number of queries."""
    read = read_year(cycle, now=now, language=language)
    before = closed_plan(cycle.plan, cycle.fiscal_year - 1, now=now, language=language)
    if read is None or before is None:
        return None
    first = usual_from_year(cycle)
    was = {each.public_id: each.status or "" for each in before.board.measures}
    moved = sorted(_moved(read), key=lambda each: -abs(each.change))
    decisions = tuple(cycle.decisions.prefetch_related("sheets", "revisions", "heirs"))
    decided = {sheet.pk: each for each in decisions for sheet in each.sheets.all()}
    return ForMayor(
        read=read,
        counts=plan_api.counts(read.measures),
        turned=_turned(read.measures, was),
        judged_anew=sum(
            each.status in JUDGED and was.get(each.public_id) not in JUDGED
            for each in read.measures
        ),
        toward=tuple(each for each in moved if each.toward)[:MOST],
        away=tuple(each for each in moved if each.toward is False)[:MOST],
        compared=len(moved),
        late=tuple(each for each in read.measures if each.status in LATE),
        late_rows=tuple(r for r in matrix(read.held, language=language).rows if r.late),
        stages=tuple(_stages(read, decided)),
        targets=tuple(_targets(read)),
        decisions=tuple(each for each in decisions if each.carried_at is None),
        undecided=sum(
            each.sheet.pk not in decided and not is_settled(each.measure.until_year, first)
            for each in read.sheets
        ),
        candidates=tuple(cycle.candidates.filter(state="open")),
        unanswered=cycle.opinions.filter(answer="", replaced_by=None, withdrawn_at=None).count(),
    )


def _turned(
    measures: Iterable[plan_api.MeasureState], was: Mapping[str, str]
) -> tuple[Turned, ...]:
    found = []
    for each in measures:
        before, after = was.get(each.public_id, ""), each.status or ""
        turn = turned(before, after)
        if turn is not None:
            found.append(Turned(measure=each, before=before, after=after, turn=turn))
    return tuple(sorted(found, key=lambda each: each.turn))


def _moved(read: YearRead) -> Iterable[Moved]:
    """Every indicator whose figures of both years are whole, so that they can be compared."""
    for measure in read.measures:
        for state in measure.indicators:
            known = settled_results(state)
            before, after = known.get(read.year - 1), known.get(read.year)
            change = change_of(before, after) if None not in (before, after) else None  # type: ignore[arg-type]  # both known
            if change and before is not None and after is not None:
                yield Moved(
                    measure=measure,
                    indicator=state,
                    before=before,
                    after=after,
                    change=change,
                    toward=is_toward(state.aim.direction, change),
                )


def _stages(read: YearRead, decided: Mapping[int, Decision]) -> Iterable[StageToDecide]:
    for each in read.sheets:
        stand = stand_of(each.measure, read.year)
        if stand is None or not (stand.overdue or stand.moves_by(read.year + 1)):
            continue
        decision = decided.get(each.sheet.pk)
        yield StageToDecide(
            measure=each.measure,
            stand=stand,
            criteria=tuple(line for line in each.sheet.criteria.split("\n") if line),
            decision=decision,
        )


def stand_of(measure: plan_api.MeasureState, year: int) -> StageStand | None:
    """Where a measure stands among its stages; None where it has none."""
    if not measure.stages:
        return None
    spans = [
        Span(
            word=line.word,
            text=line.text,
            certain=frozenset(cell.year for cell in line.cells if cell.cover == "certain"),
            possible=frozenset(cell.year for cell in line.cells if cell.cover == "possible"),
        )
        for line in measure.stages
    ]
    return stage_stand(spans, year)


def _targets(read: YearRead) -> Iterable[TargetToSet]:
    """Indicators whose year to be set has come, or comes next, and targets that were left open."""
    for measure in read.measures:
        for state in measure.indicators:
            due = state.to_set_year is not None and state.to_set_year <= read.year + 1
            if (due or state.target_open) and not state.targets:
                yield TargetToSet(measure=measure, indicator=state, year=state.to_set_year)


@dataclass(frozen=True, kw_only=True)
class HeadsMeasure:
    """A measure on a division head's page: its sheet, what she still has to do, what came back, hints."""

    listed: ListedSheet
    measure: plan_api.MeasureState
    comments: tuple[Move, ...]
    hints: tuple[Hint, ...]

    @property
    def sheet(self) -> Sheet:
        """Its sheet."""
        return self.listed.sheet


@dataclass(frozen=True, kw_only=True)
class ForDivision:
    """A division's year. `budget` and `settled` add up what is known of its measures in yen, None where
    nothing is; `budgets` and `settlements` count the measures that say it."""

    read: YearRead
    measures: tuple[HeadsMeasure, ...]
    counts: plan_api.Counts

    @property
    def budget(self) -> int | None:
        """The budgets together."""
        return _sum(each.sheet.budget for each in self.measures)

    @property
    def settled(self) -> int | None:
        """The settled costs together."""
        return _sum(each.sheet.settled for each in self.measures)

    @property
    def budgets(self) -> int:
        """How many measures state a budget."""
        return sum(each.sheet.budget is not None for each in self.measures)

    @property
    def settlements(self) -> int:
        """How many measures state what they cost."""
        return sum(each.sheet.settled is not None for each in self.measures)


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None


def for_division(
    cycle: Cycle, division: str, hand: Hand, *, now: datetime, language: str
) -> ForDivision | None:
    """The year of one division for `hand`, who may read its sheets; None where it answers none in it. A
    bounded number of queries."""
    read = read_year(cycle, now=now, language=language)
    own = read.of([division]) if read else ()
    if read is None or not own:
        return None
    heads = plan_api.measures_by_id((each.measure for each in read.held.sheets), language)
    listed = {each.sheet.pk: each for each in listed_sheets(read.held, hand, heads)}
    hints = [each for each in all_hints(read) if each.aside is None]
    comments = _comments([each.sheet for each in own])
    return ForDivision(
        read=read,
        measures=tuple(
            HeadsMeasure(
                listed=listed[each.sheet.pk],
                measure=each.measure,
                comments=tuple(comments.get(each.sheet.pk, ())),
                hints=tuple(h for h in hints if h.measure_id == each.measure.public_id),
            )
            for each in own
            if each.sheet.pk in listed
        ),
        counts=plan_api.counts([each.measure for each in own]),
    )


def _comments(sheets: Sequence[Sheet]) -> dict[int, list[Move]]:
    """What the secretariat last said of each part that is still given back. One query."""
    back = {
        (sheet.pk, part)
        for sheet in sheets
        for part in ("plan", "check")
        if getattr(sheet, f"{part}_state") == "returned"
    }
    found: dict[tuple[int, str], Move] = {}
    for move in Move.objects.filter(sheet__in={pk for pk, _ in back}, after="returned").order_by(
        "made_at", "pk"
    ):
        if (move.sheet_id, move.part) in back:
            found[move.sheet_id or 0, move.part] = move
    comments: dict[int, list[Move]] = {}
    for (sheet_key, _), move in found.items():
        comments.setdefault(sheet_key, []).append(move)
    return comments
