"""What meters said on the evening of a past day, as far as their sums still tell.

Months before it are taken as they are counted now; the month of the day is the sum of its days. A figure
that came from outside after that day is not known; the one it may have replaced is not among what meters
tell.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tsunagari.kernel.i18n.days import day_start, japan_day, month_start
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Gauge, Ratio

Points = tuple[metering.Point, ...]


def months_until(
    meter_ids: Collection[str], *, start: datetime, until: datetime
) -> dict[str, Points]:
    """The months of these meters from `start` on, the last one up to `until`."""
    months = metering.series_of(meter_ids, grain="month", start=start, end=until)
    last = day_start(month_start(japan_day(until)))
    days = metering.series_of(meter_ids, grain="day", start=last, end=until)
    return {
        meter_id: tuple(
            replace(
                point,
                figure=_said(
                    meter_id,
                    point.figure,
                    [day.figure for day in days[meter_id]] if point.start == last else None,
                    until,
                ),
            )
            for point in points
        )
        for meter_id, points in months.items()
    }


def _said(
    meter_id: str,
    month: metering.Figure,
    days: Sequence[metering.Figure] | None,
    until: datetime,
) -> metering.Figure:
    """A month's figure as of then; `days` are those of the month in which it ends, None for a whole one."""
    meter = metering.declared_meter(meter_id)
    if month.parts:
        parts = tuple(
            (name, _said(name, part, _part(name, days), until)) for name, part in month.parts
        )
        return _divided(parts) if isinstance(meter, Ratio) else _summed(parts)
    if isinstance(meter, metering.Loaded):
        later = month.as_of is not None and month.as_of > until
        return replace(month, value=None, as_of=None) if later else month
    if month.began_at and month.began_at > until:
        return metering.Figure(value=None, origin=month.origin)
    if days is None:
        return replace(month, as_of=_earlier(month.as_of, until))
    known = [day for day in days if day.value is not None]
    values = [day.value for day in known if day.value is not None]
    total = sum(values, Decimal(0)) if values else None
    as_of = known[-1].as_of if known else month.as_of
    return replace(
        month,
        value=values[-1] if values and isinstance(meter, Gauge) else total,
        as_of=_earlier(as_of, until),
    )


def _part(name: str, days: Sequence[metering.Figure] | None) -> Sequence[metering.Figure] | None:
    return None if days is None else [dict(day.parts)[name] for day in days]


def _earlier(moment: datetime | None, until: datetime) -> datetime | None:
    return min(moment, until) if moment else None


def _divided(parts: tuple[tuple[str, metering.Figure], ...]) -> metering.Figure:
    (_, up), (_, down) = parts
    value = up.value / down.value if up.value is not None and down.value else None
    return replace(up, value=value, numerator=up.value, denominator=down.value, parts=parts)


def _summed(parts: tuple[tuple[str, metering.Figure], ...]) -> metering.Figure:
    known = [part.value for _, part in parts if part.value is not None]
    moments = [part.as_of for _, part in parts if part.as_of]
    return metering.Figure(
        value=sum(known, Decimal(0)) if known else None,
        origin="summed",
        as_of=min(moments) if moments else None,
        parts=parts,
    )
