"""One indicator over several plans, and the figures of an indicator that stand in the tables."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.queries.board import SeriesLine, SeriesPart
from tsunagari.engines.plan.queries.reading import Reading
from tsunagari.engines.plan.queries.snapshot import snapshot


@dataclass(frozen=True, kw_only=True)
class SeriesHead:
    """A series without its figures. `indicators` says where it runs: P/2, and the indicator's order."""

    code: str
    name: str
    indicators: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class StandingFigure:
    """A stored figure that stands now; `month` is 1 to 12, None for a whole fiscal year.

    `public_id` is what a sender names who replaces it. `value` None: the figure was withdrawn.
    """

    public_id: str
    year: int
    month: int | None
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    status: str
    source: str
    reason: str
    recorded_at: datetime


def series_heads(language: str, on: date | None = None) -> tuple[SeriesHead, ...]:
    """Every series, by its code."""
    held = snapshot(language, on)
    heads = []
    for code, series in sorted(held.series.items()):
        places = [
            (held.measures_by_key[each.measure_id], each)
            for each in held.indicators_of_series[series.pk]
        ]
        places.sort(key=lambda pair: (pair[0].plan.first_year, pair[0].order, pair[1].order))
        heads.append(
            SeriesHead(
                code=code,
                name=held.texts.get(series, "name"),
                indicators=tuple((f"{m.plan.letter}/{m.number}", i.order) for m, i in places),
            )
        )
    return tuple(heads)


def series_line(
    code: str, *, now: datetime, language: str, on: date | None = None
) -> SeriesLine | None:
    """One series with each plan's stretch, oldest first; None where there is none of that code."""
    held = snapshot(language, on)
    series = held.series.get(code)
    if series is None:
        return None
    places = [
        (held.measures_by_key[each.measure_id], each)
        for each in held.indicators_of_series[series.pk]
    ]
    places.sort(key=lambda pair: (pair[0].plan.first_year, pair[0].order, pair[1].order))
    reading = Reading(held, [measure for measure, _ in places], now=now)
    parts = []
    for measure, indicator in places:
        plan = held.plans_by_key[measure.plan_id]
        state = reading.indicator(indicator, plan)
        parts.append(
            SeriesPart(
                plan=plan.code,
                plan_name=held.texts.get(plan, "short_name"),
                quoted=f"{plan.letter}/{measure.number}",
                number=measure.number,
                indicator=state.name,
                unit=state.unit,
                definition_note=state.definition_note,
                results=state.results,
                targets=state.targets,
                here=False,
            )
        )
    return SeriesLine(code=code, name=held.texts.get(series, "name"), parts=tuple(parts))


def standing_figures(code: str, number: str, order: int) -> tuple[StandingFigure, ...] | None:
    """The stored figures of one indicator that nothing has replaced, by year and month; None where there
    is no such indicator. Two queries."""
    indicator = Indicator.objects.filter(
        measure__plan__code=code, measure__number=number, order=order
    ).first()
    if indicator is None:
        return None
    rows = indicator.values.filter(superseded_at=None)
    return tuple(
        standing_figure(row)
        for row in sorted(rows, key=lambda row: (row.fiscal_year, ((row.month or 4) - 4) % 12))
    )


def standing_figure(row: Value) -> StandingFigure:
    """A row as others see it."""
    return StandingFigure(
        public_id=row.public_id,
        year=row.fiscal_year,
        month=row.month,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        origin=row.origin,
        status=row.status,
        source=row.source,
        reason=row.reason,
        recorded_at=row.recorded_at,
    )
