"""How a measure came to read as it does: figures that were replaced, and texts that were edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tsunagari.engines.plan.models import Indicator, Target, Value
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot


@dataclass(frozen=True, kw_only=True)
class FigureVersion:
    """One version of a value or target. `until` is when another took its place, None while it stands.

    `figure` is "value" or "target"; `month` is 1 to 12, None for a whole year. `value` None: withdrawn.
    """

    public_id: str
    figure: str
    indicator: int
    year: int
    month: int | None
    value: Decimal | None
    origin: str
    status: str
    source: str
    reason: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class TextEdit:
    """One field that a person changed. `indicator` is the indicator's order, None for the measure itself."""

    made_at: datetime
    indicator: int | None
    field: str
    language: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class History:
    """Newest first. Figures that were never replaced are left out."""

    figures: tuple[FigureVersion, ...]
    edits: tuple[TextEdit, ...]


def history(code: str, number: str, *, language: str, on: date | None = None) -> History | None:
    """The history of one measure, up to the end of the past day `on` if one is asked for; None when there is none of that number. It is kept with the plan in
    memory, so that it costs one query where the page in `language` has been read since the last write."""
    held = snapshot(language, on)
    plan = held.plans.get(code)
    measure = (
        next((m for m in held.measures[plan.pk] if m.number == number), None) if plan else None
    )
    if measure is None:
        return None
    indicators = held.indicators[measure.pk]
    things = {measure.public_id: None, **{each.public_id: each.order for each in indicators}}
    edits = [edit for thing in things for edit in held.edits[thing]]
    return History(
        figures=_figures(indicators, held),
        edits=tuple(
            TextEdit(
                made_at=each.made_at,
                indicator=things[each.thing],
                field=each.field,
                language=each.language,
                before=each.before,
                after=each.after,
                reason=each.reason,
            )
            for each in sorted(edits, key=lambda edit: (edit.made_at, edit.pk), reverse=True)
        ),
    )


def _figures(indicators: Iterable[Indicator], held: Snapshot) -> tuple[FigureVersion, ...]:
    listed: list[FigureVersion] = []
    for indicator in indicators:
        key, order = indicator.pk, indicator.order
        values = [*held.replaced_values[key], *held.values[key]]
        targets = [*held.replaced_targets[key], *held.targets[key]]
        listed += [_value(each, order) for each in values]
        listed += [_target(each, order) for each in targets]
    replaced = {_place(each) for each in listed if each.until}
    kept = [each for each in listed if _place(each) in replaced]
    return tuple(sorted(kept, key=lambda each: each.since, reverse=True))


def _value(row: Value, indicator: int) -> FigureVersion:
    return FigureVersion(
        public_id=row.public_id,
        figure="value",
        indicator=indicator,
        year=row.fiscal_year,
        month=row.month,
        value=row.value,
        origin=row.origin,
        status=row.status,
        source=row.source,
        reason=row.reason,
        since=row.recorded_at,
        until=row.superseded_at,
    )


def _target(row: Target, indicator: int) -> FigureVersion:
    return FigureVersion(
        public_id=row.public_id,
        figure="target",
        indicator=indicator,
        year=row.fiscal_year,
        month=None,
        value=row.value,
        origin="",
        status="",
        source="",
        reason=row.reason,
        since=row.set_at,
        until=row.superseded_at,
    )


def _place(version: FigureVersion) -> tuple[object, ...]:
    return version.figure, version.indicator, version.year, version.month
