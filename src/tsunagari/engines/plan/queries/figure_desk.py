"""What a division still has to enter, and what stands for one indicator: its figures, targets and history."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from tsunagari.engines.plan.models import Indicator, Measure, Target, Value
from tsunagari.engines.plan.queries.board import (
    EvidenceLink,
    IndicatorState,
    MeasureState,
    PlanHead,
    Result,
)
from tsunagari.engines.plan.queries.heads import head_of
from tsunagari.engines.plan.queries.reading import Reading
from tsunagari.engines.plan.queries.results import Metered, Stock, aim_of, links, results_of
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.engines.plan.rules.typed_figure import Period, Shape, is_over, last_whole_year
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.widths import narrow_signs
from tsunagari.kernel.identity import api as identity

State = Literal["missing", "partial", "provisional", "final", "running", "unset", "before"]
"""missing: the year is over and nothing is known. partial: only a part of it is known. running: it is
not over. unset: the plan has not set the indicator yet. before: the plan had not begun."""

ORDER: Final[tuple[State, ...]] = (
    "missing",
    "partial",
    "provisional",
    "running",
    "final",
    "unset",
    "before",
)
"""What needs somebody stands first."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a clerk wants to see. Texts are codes or words as typed, "" for all; `year` a fiscal year,
    None for the last one that is over."""

    plan: str = ""
    year: int | None = None
    division: str = ""
    section: str = ""
    only: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """One indicator in one fiscal year. `result` is what the plan shows for it, None where nothing."""

    measure: MeasureState
    indicator: IndicatorState
    year: int
    result: Result | None
    state: State


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """The indicators of one year, those that miss a figure first. `years` may be chosen, newest first;
    `missing` counts over all of them, whatever was asked for."""

    plan: PlanHead
    plans: tuple[PlanHead, ...]
    year: int
    years: tuple[int, ...]
    rows: tuple[DeskRow, ...]
    missing: int
    whole: int


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a value or target, as staff see it. `who` is a name, "" where nobody is known.

    `before` is what it replaced, None where nothing stood. `until` None: it stands. `ended` says why a
    target was taken away.
    """

    public_id: str
    figure: Literal["value", "target"]
    year: int
    month: int | None
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    status: str
    basis: str
    change: Decimal | None
    source: str
    reason: str
    who: str
    by_pack: bool
    since: datetime
    until: datetime | None
    before: Decimal | None
    evidence: tuple[EvidenceLink, ...] = ()
    ended: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureDesk:
    """Everything about one indicator's figures. `working` are codes of the divisions that do its work
    today, `metered` what its meter alone says of each year, `versions` the history, newest first."""

    plan: PlanHead
    measure: MeasureState
    indicator: IndicatorState
    shape: Shape
    working: frozenset[str]
    metered: Mapping[int, Result]
    versions: tuple[Version, ...]

    def standing(self, year: int, month: int | None) -> Version | None:
        """The value that stands for a period."""
        return next(
            (
                each
                for each in self.versions
                if each.figure == "value"
                and each.until is None
                and (each.year, each.month) == (year, month)
            ),
            None,
        )

    def target(self, year: int) -> Version | None:
        """The target that stands for a year."""
        return next(
            (
                each
                for each in self.versions
                if each.figure == "target" and each.until is None and each.year == year
            ),
            None,
        )


def shape_of(indicator: Indicator | IndicatorState) -> Shape:
    """What an indicator's figures look like."""
    return Shape(
        accumulate=indicator.accumulate,
        digits=indicator.digits,
        factor=indicator.factor,
        unit=indicator.unit,
    )


def desk_page(
    asked: Asked, *, division: str | None, now: datetime, language: str
) -> DeskPage | None:
    """The indicators that `division` (a code) works on, or all of them for None; None where the city has
    no plan. Bounded queries."""
    held = snapshot(language)
    plans = [plan for plan in held.plans.values() if held.measures[plan.pk]]
    if not plans:
        return None
    plan = next((each for each in plans if each.code == asked.plan), plans[0])
    measures = list(held.measures[plan.pk])
    working = working_today([code for each in measures for code in each.divisions], now)
    wanted = division if division is not None else asked.division
    if wanted:
        measures = [each for each in measures if wanted in _of(each, working)]
    year = _year(asked.year, plan.first_year, plan.last_year, now)
    reading = Reading(held, measures, now=now)
    rows = [
        row
        for measure in measures
        for row in _rows(reading.measure(measure), year, plan.first_year, now)
    ]
    shown = [row for row in rows if _fits(row, asked)]
    shown.sort(key=lambda row: ORDER.index(row.state))
    return DeskPage(
        plan=head_of(plan, held, now),
        plans=tuple(head_of(each, held, now) for each in plans),
        year=year,
        years=years_open(plan.first_year, plan.last_year, now),
        rows=tuple(shown),
        missing=sum(row.state == "missing" for row in rows),
        whole=len(rows),
    )


def years_open(first: int, last: int, now: datetime) -> tuple[int, ...]:
    """The fiscal years of a plan that have begun, newest first; its first year where none has."""
    running = FiscalYear.at(now).year
    return tuple(range(min(last, running), first - 1, -1)) or (first,)


def missing_of(division: str, *, now: datetime, language: str) -> tuple[DeskRow, ...]:
    """Of all plans, the indicators of a division for which the last fiscal year that is over has no
    figure at all."""
    held = snapshot(language)
    year = last_whole_year(japan_day(now))
    measures = [
        each
        for plan in held.plans.values()
        if plan.first_year <= year <= plan.last_year
        for each in held.measures[plan.pk]
    ]
    working = working_today([code for each in measures for code in each.divisions], now)
    mine = [each for each in measures if division in _of(each, working)]
    if not mine:
        return ()
    reading = Reading(held, mine, now=now)
    rows = [row for each in mine for row in _rows(reading.measure(each), year, year, now)]
    return tuple(row for row in rows if row.state == "missing")


def working_today(codes: Iterable[str], now: datetime) -> dict[str, tuple[str, ...]]:
    """By code, the codes of the divisions that do its work now."""
    return identity.heirs(codes, FiscalYear.at(now))


def figure_desk(public_id: str, *, now: datetime, language: str) -> FigureDesk | None:
    """One indicator with all that was ever entered for it; None where there is none. Bounded queries."""
    held = snapshot(language)
    row = next(
        (
            each
            for group in held.indicators.values()
            for each in group
            if each.public_id == public_id
        ),
        None,
    )
    if row is None:
        return None
    measure = held.measures_by_key[row.measure_id]
    plan = held.plans_by_key[measure.plan_id]
    reading = Reading(held, [measure], now=now, whole=True)
    state = reading.measure(measure)
    return FigureDesk(
        plan=head_of(plan, held, now),
        measure=state,
        indicator=next(each for each in state.indicators if each.public_id == public_id),
        shape=shape_of(row),
        working=frozenset(_of(measure, working_today(measure.divisions, now))),
        metered=_metered(row, reading.metered.get(row.meter), held, now),
        versions=_versions(row),
    )


def metered_years(indicator: Indicator, now: datetime) -> frozenset[int]:
    """The fiscal years of which an indicator's meter knows anything."""
    if not indicator.meter:
        return frozenset()
    plan = indicator.measure.plan
    found = Metered.read([indicator.meter], first_year=plan.first_year, now=now)
    points = found[indicator.meter].points if indicator.meter in found else ()
    return frozenset(
        FiscalYear.at(point.start).year for point in points if point.figure.value is not None
    )


def _of(measure: Measure, working: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {heir for code in measure.divisions for heir in working[code]}


def _year(asked: int | None, first: int, last: int, now: datetime) -> int:
    years = years_open(first, last, now)
    if asked in years:
        return asked
    return max(first, min(last, last_whole_year(japan_day(now))))


def _rows(measure: MeasureState, year: int, first: int, now: datetime) -> Iterator[DeskRow]:
    for indicator in measure.indicators:
        result = next((each for each in indicator.results if each.year == year), None)
        yield DeskRow(
            measure=measure,
            indicator=indicator,
            year=year,
            result=result,
            state=_state(indicator, result, year, first, now),
        )


def _state(
    indicator: IndicatorState, result: Result | None, year: int, first: int, now: datetime
) -> State:
    over = is_over(Period(year=year), japan_day(now))
    if year < first:
        return "before"
    if indicator.to_set_year and result is None:
        return "unset"
    if not over:
        return "running"
    if result is None:
        return "missing"
    if not result.whole and (result.through or result.began_at):
        return "partial"
    return "provisional" if result.status == "provisional" else "final"


def _fits(row: DeskRow, asked: Asked) -> bool:
    if asked.section and row.measure.section != asked.section:
        return False
    if asked.only and row.state != asked.only:
        return False
    words = narrow_signs(asked.words).casefold().split()
    text = narrow_signs(
        f"{row.measure.quoted} {row.measure.number} {row.measure.name} {row.indicator.name}"
    ).casefold()
    return all(word in text for word in words)


def _metered(
    row: Indicator, metered: Metered | None, held: Snapshot, now: datetime
) -> dict[int, Result]:
    if metered is None:
        return {}
    stock = Stock(
        aim=aim_of(row, held.targets[row.pk], held.values[row.pk]),
        factor=row.factor,
        values=(),
        evidence={},
        metered=metered,
    )
    return {each.year: each for each in results_of(stock, now)}


def _versions(indicator: Indicator) -> tuple[Version, ...]:
    values = list(
        Value.objects.filter(indicator=indicator)
        .prefetch_related("evidence")
        .select_related("supersedes")
    )
    targets = list(Target.objects.filter(indicator=indicator).select_related("supersedes"))
    names = _names([*values, *targets])
    listed = [
        *(_value_version(each, names) for each in values),
        *(_target_version(each, names) for each in targets),
    ]
    return tuple(sorted(listed, key=lambda each: (each.since, each.year), reverse=True))


def _names(rows: Collection[Value | Target]) -> dict[str, str]:
    actors = {each.actor for each in rows} | {
        each.ended_by for each in rows if isinstance(each, Target)
    }
    return identity.people_names(actors - {""})


def _replaced(row: Value | Target) -> Decimal | None:
    earlier: Value | Target | None = getattr(row, "supersedes", None)
    return earlier.value if earlier else None


def _value_version(row: Value, names: Mapping[str, str]) -> Version:
    return Version(
        public_id=row.public_id,
        figure="value",
        year=row.fiscal_year,
        month=row.month,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        origin=row.origin,
        status=row.status,
        basis="",
        change=None,
        source=row.source,
        reason=row.reason,
        who=names.get(row.actor, ""),
        by_pack=row.from_pack,
        since=row.recorded_at,
        until=row.superseded_at,
        before=_replaced(row),
        evidence=links(row.evidence.all()),
    )


def _target_version(row: Target, names: Mapping[str, str]) -> Version:
    return Version(
        public_id=row.public_id,
        figure="target",
        year=row.fiscal_year,
        month=None,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        origin="",
        status="",
        basis=row.basis,
        change=row.change,
        source="",
        reason=row.reason,
        who=names.get(row.actor, ""),
        by_pack=row.from_pack,
        since=row.set_at,
        until=row.superseded_at,
        before=_replaced(row),
        ended=row.ended_reason if row.superseded_by_id is None else "",
    )


def near(results: Sequence[Result], period: Period) -> list[Decimal]:
    """The figures of other whole years, the nearest year first and the earlier one before the later."""
    others = [each for each in results if each.year != period.year and each.whole]
    others.sort(key=lambda each: (abs(each.year - period.year), each.year))
    return [each.value for each in others]


def near_months(values: Iterable[Version], period: Period) -> list[Decimal]:
    """The standing figures of other months, the nearest first."""
    months = [
        each
        for each in values
        if each.figure == "value"
        and each.until is None
        and each.month is not None
        and each.value is not None
        and (each.year, each.month) != (period.year, period.month)
    ]
    begins = period.first_day
    months.sort(
        key=lambda each: abs((Period(year=each.year, month=each.month).first_day - begins).days)
    )
    return [each.value for each in months if each.value is not None]
