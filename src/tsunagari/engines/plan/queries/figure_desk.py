"""What stands for one indicator: its figures, targets and history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from tsunagari.engines.plan.models import Indicator, Target, Value
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
from tsunagari.engines.plan.queries.working import working_of, working_today
from tsunagari.engines.plan.rules.typed_figure import Period, Shape
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity


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
        working=frozenset(working_of(measure, working_today(measure.divisions, now))),
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
