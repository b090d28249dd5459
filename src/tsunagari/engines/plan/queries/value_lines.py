"""The lines of the table of figures: what stands for each indicator in each year, and its months in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tsunagari.engines.plan.models import Value
from tsunagari.engines.plan.queries.board import IndicatorState, MeasureState
from tsunagari.engines.plan.queries.figure_list import Asked, DeskPage, desk_page
from tsunagari.engines.plan.queries.snapshot import snapshot
from tsunagari.engines.plan.rules.typed_figure import Period
from tsunagari.kernel.i18n.days import FiscalYear, japan_day


@dataclass(frozen=True, kw_only=True)
class ValueLine:
    """One indicator in one period. `standing` is the public id of the stored figure, "" where none is;
    a meter's figure is shown without one."""

    public_id: str
    quoted: str
    measure: str
    indicator: str
    unit: str
    period: Period
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: str
    source: str
    standing: str


def value_lines(
    asked: Asked, *, division: str | None, now: datetime, language: str
) -> list[ValueLine] | None:
    """The lines of a division's indicators (of all for None), in the plan's order; None without a plan.

    Without a year asked for, all years that have begun, of each measure those in which it ran.
    """
    page = desk_page(asked, division=division, now=now, language=language, outside=True)
    if page is None:
        return None
    years = [page.year] if asked.year in page.years else sorted(page.years)
    stored = _stored(page)
    lines = []
    order = [each.number for each in _measures(page)]
    for row in sorted(
        page.rows, key=lambda each: (order.index(each.measure.number), each.indicator.order)
    ):
        for year in filter(row.measure.runs_in, years):
            lines += list(_lines(row.measure, row.indicator, year, stored, now))
    return lines


def _measures(page: DeskPage) -> list[MeasureState]:
    found = {each.measure.number: each.measure for each in page.rows}
    held = snapshot("ja")
    plan = held.plans[page.plan.code]
    return [found[each.number] for each in held.measures[plan.pk] if each.number in found]


def _stored(page: DeskPage) -> dict[tuple[str, int, int | None], Value]:
    ids = {each.indicator.public_id for each in page.rows}
    rows = Value.objects.filter(superseded_at=None, indicator__public_id__in=ids)
    return {
        (each.indicator.public_id, each.fiscal_year, each.month): each
        for each in rows.select_related("indicator")
    }


def _lines(
    measure: MeasureState,
    indicator: IndicatorState,
    year: int,
    stored: dict[tuple[str, int, int | None], Value],
    now: datetime,
) -> Iterator[ValueLine]:
    running = year == FiscalYear.at(now).year and indicator.accumulate in ("flow", "ratio")
    result = next((each for each in indicator.results if each.year == year), None)
    metered = bool(indicator.meter and result and result.origin in ("metered", "loaded", "summed"))
    months = [
        first.month
        for first in FiscalYear(year).months
        if (indicator.public_id, year, first.month) in stored
        or (running and not metered and first <= japan_day(now))
    ]
    for month in [*([] if running and not metered else [None]), *months]:
        value = stored.get((indicator.public_id, year, month))
        counted = result if value is None and month is None else None
        shown = value or counted
        yield ValueLine(
            public_id=indicator.public_id,
            quoted=measure.quoted,
            measure=measure.name,
            indicator=indicator.name,
            unit=indicator.unit,
            period=Period(year=year, month=month),
            value=shown.value if shown else None,
            numerator=shown.numerator if shown else None,
            denominator=shown.denominator if shown else None,
            status=shown.status if shown else "",
            source=shown.source if shown else "",
            standing=value.public_id if value else "",
        )
