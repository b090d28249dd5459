"""How a measure came to read as it does: figures that were replaced, and texts that were edited."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from tsunagari.engines.plan.models import Edit, Edition, Indicator, Measure, Target, Value


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


def history(code: str, number: str) -> History | None:
    """The history of one measure; None when there is none of that number.

    One query where this process has read it since the last write, five more where it has not.
    """
    word = Edition.objects.filter(pk=1).values_list("word", flat=True).first()
    return _kept(word, code, number) if word else _read(code, number)


@lru_cache(maxsize=256)
def _kept(_word: str, code: str, number: str) -> History | None:
    """Every write turns the word, so that what is kept under it stays true."""
    return _read(code, number)


def _read(code: str, number: str) -> History | None:
    measure = Measure.objects.filter(plan__code=code, number=number).first()
    if measure is None:
        return None
    indicators = list(measure.indicators.order_by("order"))
    orders = {each.pk: each.order for each in indicators}
    things = {measure.public_id: None, **{each.public_id: each.order for each in indicators}}
    edits = Edit.objects.filter(thing__in=things).order_by("-made_at", "-pk")
    return History(
        figures=_figures(indicators, orders),
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
            for each in edits
        ),
    )


def _figures(indicators: list[Indicator], orders: dict[int, int]) -> tuple[FigureVersion, ...]:
    values = [
        FigureVersion(
            public_id=each.public_id,
            figure="value",
            indicator=orders[each.indicator_id],
            year=each.fiscal_year,
            month=each.month,
            value=each.value,
            origin=each.origin,
            status=each.status,
            source=each.source,
            reason=each.reason,
            since=each.recorded_at,
            until=each.superseded_at,
        )
        for each in Value.objects.filter(indicator__in=indicators)
    ]
    targets = [
        FigureVersion(
            public_id=each.public_id,
            figure="target",
            indicator=orders[each.indicator_id],
            year=each.fiscal_year,
            month=None,
            value=each.value,
            origin="",
            status="",
            source="",
            reason=each.reason,
            since=each.set_at,
            until=each.superseded_at,
        )
        for each in Target.objects.filter(indicator__in=indicators)
    ]
    listed = [*values, *targets]
    replaced = {_place(each) for each in listed if each.until}
    kept = [each for each in listed if _place(each) in replaced]
    return tuple(sorted(kept, key=lambda each: each.since, reverse=True))


def _place(version: FigureVersion) -> tuple[object, ...]:
    return version.figure, version.indicator, version.year, version.month
