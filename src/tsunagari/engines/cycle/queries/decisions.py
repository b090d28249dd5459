"""What a year's decisions are about: the ground each stands on, and the measures with what was decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Count, Q

from tsunagari.engines.cycle.models import Cycle, Decision, Heir, Sheet
from tsunagari.engines.cycle.queries.deciding import stand_of
from tsunagari.engines.cycle.queries.year_read import ReadSheet, read_year
from tsunagari.engines.cycle.queries.years import usual_from_year
from tsunagari.engines.cycle.rules.decisions import (
    Ground,
    WantedDecision,
    WantedHeir,
    WantedRevision,
    criteria_of,
    is_settled,
)
from tsunagari.engines.cycle.rules.text_revisions import WantedTextRevision
from tsunagari.engines.plan import api as plan_api


@dataclass(frozen=True, kw_only=True)
class DecidedMeasure:
    """A measure of the year with its sheet, the decision about it (None: there is none) and how many opinions
    the committee gave on it. `open`: it is still to be decided."""

    read: ReadSheet
    decision: Decision | None
    opinions: int
    open: bool


def decided_measures(cycle: Cycle, *, now: datetime, language: str) -> tuple[DecidedMeasure, ...]:
    """Every measure of a year, in the plan's order. A bounded number of queries."""
    read = read_year(cycle, now=now, language=language)
    if read is None:
        return ()
    decisions = {
        sheet.pk: each
        for each in cycle.decisions.prefetch_related("sheets")
        for sheet in each.sheets.all()
    }
    standing = Q(opinions__replaced_by=None, opinions__withdrawn_at=None)
    told = cycle.sheets.annotate(told=Count("opinions", filter=standing))
    opinions = dict(told.values_list("pk", "told"))
    first = usual_from_year(cycle)
    return tuple(
        DecidedMeasure(
            read=each,
            decision=decisions.get(each.sheet.pk),
            opinions=opinions.get(each.sheet.pk, 0),
            open=each.sheet.pk not in decisions and not is_settled(each.measure.until_year, first),
        )
        for each in read.sheets
    )


def open_decisions(cycle: Cycle) -> list[Decision]:
    """The decisions that are not carried out yet, the oldest first. Four queries."""
    found = cycle.decisions.filter(carried_at=None).select_related("candidate")
    return list(found.prefetch_related("sheets", "heirs", "revisions", "text_revisions"))


def print_of_decisions(decisions: Iterable[Decision], year: int) -> str:
    """What tells one state of the open decisions, carried out for a year, from another."""
    told = ",".join(f"{each.public_id}:{each.version}" for each in decisions)
    return sha256(f"{year}|{told}".encode()).hexdigest()[:20]


def target_plan(
    plan: str, year: int, heads: Sequence[plan_api.PlanHead]
) -> plan_api.PlanHead | None:
    """The plan in which decisions of `plan` hold from a fiscal year: itself, or the one that follows it;
    None where none does."""
    own = next((each for each in heads if each.code == plan), None)
    if own is None or year <= own.last_year:
        return own
    following = (each for each in heads if each.predecessor == plan and year <= each.last_year)
    return next(following, None)


def ground_of(
    cycle: Cycle, sheets: Sequence[Sheet], *, now: datetime, but: Decision | None = None
) -> Ground:
    """What a decision about these sheets stands on; `but` is the decision itself where it exists."""
    heads = plan_api.plan_heads("ja", now=now)
    target = target_plan(cycle.plan, cycle.fiscal_year + 1, heads)
    measures = _states(cycle, sheets, now)
    indicators = [each for measure in measures for each in measure.indicators]
    first = measures[0] if len(measures) == 1 else None
    own = next(each for each in heads if each.code == cycle.plan)
    return Ground(
        year=cycle.fiscal_year,
        plan=target.code if target else "",
        moves_on=target is not None and target.code != cycle.plan,
        last_year=(target or own).last_year,
        staged=bool(first and first.kind == "staged"),
        stage_from=stage_of(first, cycle.fiscal_year) if first else "",
        criteria=criteria_of(sheets[0].criteria) if len(sheets) == 1 else (),
        indicators=frozenset(each.public_id for each in indicators),
        targets={(e.public_id, t.year): t.value for e in indicators for t in e.targets},
        sections=frozenset(each.code for each in target.sections) if target else frozenset(),
        taken=_taken(cycle, target, but),
        texts=plan_api.indicator_texts([each.public_id for each in indicators]),
    )


def _states(cycle: Cycle, sheets: Sequence[Sheet], now: datetime) -> list[plan_api.MeasureState]:
    board = plan_api.plan_board(cycle.plan, now=now, language="ja") if sheets else None
    by_id = {each.public_id: each for each in board.measures} if board else {}
    return [by_id[each.measure] for each in sheets if each.measure in by_id]


def stage_of(measure: plan_api.MeasureState, year: int) -> str:
    """The word of the stage in which a measure is in a fiscal year; "" where it is not known."""
    stand = stand_of(measure, year)
    return stand.word if stand else ""


def _taken(cycle: Cycle, target: plan_api.PlanHead | None, but: Decision | None) -> frozenset[str]:
    """Numbers of the plan's measures, and of those that other open decisions will make."""
    if target is None:
        return frozenset()
    coming = Heir.objects.filter(decision__cycle__plan=cycle.plan, decision__carried_at=None)
    if but is not None:
        coming = coming.exclude(decision=but)
    numbers = {each.number for each in plan_api.measure_heads(target.code, "ja")}
    return frozenset({*numbers, *coming.values_list("number", flat=True)})


def wanted_of(decision: Decision) -> WantedDecision:
    """A decision as it was typed."""
    return WantedDecision(
        kind=decision.kind,
        sheets=tuple(each.public_id for each in decision.sheets.all()),
        reason=decision.reason,
        stage_to=decision.stage_to,
        met=tuple(bool(each["met"]) for each in decision.criteria),
        against=decision.against,
        candidate=decision.candidate.public_id if decision.candidate else "",
        heirs=tuple(
            WantedHeir(
                number=each.number,
                name=each.name,
                name_en=each.name_en,
                section=each.section,
                divisions=tuple(each.divisions),
                indicators=tuple(each.indicators),
                planned=each.planned,
                kind=each.kind,
                managed_in=each.managed_in,
            )
            for each in decision.heirs.all()
        ),
        revisions=tuple(
            WantedRevision(
                indicator=each.indicator,
                fiscal_year=each.fiscal_year,
                old=each.old,
                new=each.new,
                reason=each.reason,
            )
            for each in decision.revisions.all()
        ),
        texts=tuple(
            WantedTextRevision(
                indicator=each.indicator,
                key=each.key,
                old=each.old,
                new=each.new,
                reason=each.reason,
            )
            for each in decision.text_revisions.all()
        ),
    )
