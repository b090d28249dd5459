"""The sheets of a year that a workbook holds, each with its measure and every text that stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.actuals import Actual, actuals_of
from tsunagari.engines.cycle.queries.sheet_texts import figures_of, texts_of
from tsunagari.engines.cycle.queries.working import working_for, writing
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.sheet_values import ACTUAL_PARTS, actual_key, plain_figure
from tsunagari.engines.plan import api as plan_api


@dataclass(frozen=True, kw_only=True)
class BookSheet:
    """One sheet. `texts` by key: those of queries/sheet_texts.py, and for each indicator's result those of
    rules/sheet_values.py. `figures` are the year's stored results by the indicator's public id."""

    sheet: Sheet
    measure: plan_api.MeasureState
    actuals: tuple[Actual, ...]
    figures: Mapping[str, plan_api.YearValue]
    texts: Mapping[str, str]

    def indicator(self, public_id: str) -> plan_api.IndicatorState | None:
        """One of its indicators."""
        return next((a.indicator for a in self.actuals if a.indicator.public_id == public_id), None)


def sheets_to_write(cycle: Cycle, hand: Hand, *, division: str, now: datetime) -> tuple[Sheet, ...]:
    """The sheets of a year that `hand` may write, in the plan's order; with `division` (a code) those on
    which it works today. A bounded number of queries."""
    sheets = list(cycle.sheets.all())
    working = working_for(sheets, now)
    return tuple(
        each
        for each in sheets
        if hand.works_for(codes := writing(each, working)) and (not division or division in codes)
    )


def book_sheets(
    cycle: Cycle, sheets: Iterable[Sheet], *, now: datetime, language: str
) -> tuple[BookSheet, ...]:
    """The sheets with all that stands in them; one whose measure left the plan is left out. A bounded
    number of queries."""
    listed = list(sheets)
    board = plan_api.plan_board(cycle.plan, now=now, language=language)
    measures = {each.public_id: each for each in (board.measures if board else ())}
    held = [each for each in listed if each.measure in measures]
    indicators = [i.public_id for each in held for i in measures[each.measure].indicators]
    figures = plan_api.figures_of_year(indicators, cycle.fiscal_year)
    quarters = figures_of(held)
    months = plan_api.months_of_year(cycle.plan, list(measures), cycle.fiscal_year, now=now)
    found = []
    for sheet in held:
        measure = measures[sheet.measure]
        own = {each.public_id: each for each in measure.indicators}
        standing = {key: figures[key] for key in own if key in figures}
        texts = texts_of(sheet, quarters[sheet.pk])
        for key in own:
            texts |= _actual_texts(key, figures.get(key))
        found.append(
            BookSheet(
                sheet=sheet,
                measure=measure,
                actuals=actuals_of(measure, cycle.fiscal_year, months),
                figures=standing,
                texts=texts,
            )
        )
    return tuple(found)


def _actual_texts(indicator: str, standing: plan_api.YearValue | None) -> dict[str, str]:
    """What stands for an indicator's result. The reason is asked for anew with every change."""
    parts = dict.fromkeys(ACTUAL_PARTS, "")
    if standing:
        parts |= {
            "value": plain_figure(standing.value),
            "numerator": plain_figure(standing.numerator),
            "denominator": plain_figure(standing.denominator),
            "source": standing.source,
        }
    return {actual_key(indicator, part): text for part, text in parts.items()}
