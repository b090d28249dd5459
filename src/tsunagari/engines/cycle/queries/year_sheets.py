"""A year's sheets with who answers them and by when: read once for everything that one screen shows of them."""

from dataclasses import dataclass
from datetime import date, datetime

from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.working import Working, working_for
from tsunagari.engines.cycle.rules.steps import due_day


@dataclass(frozen=True, kw_only=True)
class StepHead:
    """A step with its day: as it was set, and the day that counts where the office is closed on it."""

    step: str
    day: date | None
    due: date | None


@dataclass(frozen=True, kw_only=True)
class YearSheets:
    """The sheets in the plan's order, who does whose work today, and the steps in their order."""

    cycle: Cycle
    sheets: tuple[Sheet, ...]
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


def year_sheets(cycle: Cycle, *, now: datetime) -> YearSheets:
    """A year's sheets. Four queries."""
    sheets = tuple(cycle.sheets.all())
    return YearSheets(
        cycle=cycle,
        sheets=sheets,
        working=working_for(sheets, now),
        steps=step_heads(cycle),
        now=now,
    )
