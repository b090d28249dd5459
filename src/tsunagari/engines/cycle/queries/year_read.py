"""A plan's year read once for those who decide: the plan as it stood at its end, and the sheets with who
answers them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.closed_plan import closed_plan
from tsunagari.engines.cycle.queries.working import answering, writing
from tsunagari.engines.cycle.queries.year_sheets import YearSheets, year_sheets
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.days import FiscalYear


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """A sheet with its measure. `answering` are the codes of the divisions that answer it today, `writing`
    those that may write it."""

    sheet: Sheet
    measure: plan_api.MeasureState
    answering: tuple[str, ...]
    writing: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class YearRead:
    """A year with its plan; figures of later years are not in it."""

    held: YearSheets
    head: plan_api.PlanHead
    sheets: tuple[ReadSheet, ...]
    language: str

    @property
    def cycle(self) -> Cycle:
        """The year itself."""
        return self.held.cycle

    @property
    def now(self) -> datetime:
        """The moment at which it was read."""
        return self.held.now

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.cycle.fiscal_year

    @property
    def last_over(self) -> int:
        """The last fiscal year that is over, the year itself at the latest."""
        return min(self.year, FiscalYear.at(self.now).year - 1)

    @property
    def measures(self) -> tuple[plan_api.MeasureState, ...]:
        """The year's measures in the plan's order."""
        return tuple(each.measure for each in self.sheets)

    def of(self, divisions: Collection[str]) -> tuple[ReadSheet, ...]:
        """The sheets that one of these divisions answers."""
        return tuple(each for each in self.sheets if not set(each.answering).isdisjoint(divisions))


def read_year(cycle: Cycle, *, now: datetime, language: str) -> YearRead | None:
    """A year; None where its plan is gone. A bounded number of queries."""
    closed = closed_plan(cycle.plan, cycle.fiscal_year, now=now, language=language)
    if closed is None:
        return None
    by_id = {each.public_id: each for each in closed.board.measures}
    held = year_sheets(cycle, now=now, whole=True)
    return YearRead(
        held=held,
        head=closed.board.head,
        sheets=tuple(
            ReadSheet(
                sheet=each,
                measure=by_id[each.measure],
                answering=answering(each, held.working),
                writing=writing(each, held.working),
            )
            for each in held.sheets
            if each.measure in by_id
        ),
        language=language,
    )


def settled_results(state: plan_api.IndicatorState) -> dict[int, Decimal]:
    """By fiscal year, the results behind which a whole year stands and which nobody merely expects."""
    return {
        each.year: each.value for each in state.results if each.whole and each.origin != "estimated"
    }


def amount(value: Decimal | None, state: plan_api.IndicatorState) -> str:
    """A figure of an indicator with its unit; a dash where it is not known."""
    if value is None:
        return figure(None)
    return f"{figure(value, state.digits)}{joined(state.unit)}"
