"""A year's sheets with who answers them and by when: read once for everything that one screen shows of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.working import Working, named_by
from tsunagari.engines.cycle.rules.fields import QUARTERS
from tsunagari.engines.cycle.rules.steps import due_day
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity

LISTED: Final = (
    "public_id",
    "cycle",
    "measure",
    "division",
    "partners",
    "order",
    "plan_state",
    "check_state",
    *(f"q{quarter}_note" for quarter in QUARTERS),
)
"""What a list and the matrix read of a sheet."""


@dataclass(frozen=True, kw_only=True)
class StepHead:
    """A step with its day: as it was set, and the day that counts where the office is closed on it."""

    step: str
    day: date | None
    due: date | None


@dataclass(frozen=True, kw_only=True)
class YearSheets:
    """The sheets in the plan's order, the divisions and who does whose work today, and the steps in their
    order."""

    cycle: Cycle
    sheets: tuple[Sheet, ...]
    divisions: identity.DivisionBook
    working: Working
    steps: tuple[StepHead, ...]
    now: datetime


def step_heads(cycle: Cycle) -> tuple[StepHead, ...]:
    """The steps in their order with their days. One query."""
    days = {each.step: each.day for each in cycle.deadlines.all()}
    return tuple(
        StepHead(step=step, day=days.get(step), due=due_day(days[step]) if step in days else None)
        for step in STEPS
    )


def year_sheets(cycle: Cycle, *, now: datetime, whole: bool = False) -> YearSheets:
    """A year's sheets; unless asked for `whole`, without the texts that no list shows. Four queries."""
    held = cycle.sheets.all()
    sheets = tuple(held if whole else held.only(*LISTED))
    divisions = identity.division_book(FiscalYear.at(now))
    return YearSheets(
        cycle=cycle,
        sheets=sheets,
        divisions=divisions,
        working=divisions.heirs(named_by(sheets)),
        steps=step_heads(cycle),
        now=now,
    )
