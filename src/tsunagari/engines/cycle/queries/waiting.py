"""What each division still has to do in a year, step by step: the matrix, and whom a reminder is for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.models import Cycle, Reminder, Sheet
from tsunagari.engines.cycle.queries.working import answering, working_for
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS, PHASES_OF
from tsunagari.engines.cycle.rules.steps import due_day
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.identity import api as identity

CellState = Literal["done", "reviewing", "due", "late", "later"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One step of one division: `done` of `total` sheets, `handed_in` of them still with the secretariat.

    `state` is done; reviewing (all handed in); late (its day is over and something is out); due (it can be
    done now); later. `reminded` is the last day on which the division was reminded of it.
    """

    step: str
    total: int
    done: int
    handed_in: int
    returned: int
    state: CellState
    reminded: date | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One division, by code and name, with its steps. `code` is "" for sheets whose division has no heir."""

    code: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def late(self) -> int:
        """How many steps are late."""
        return sum(cell.state == "late" for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class StepHead:
    """A step with its day: as it was set, and the day that counts where the office is closed on it."""

    step: str
    day: date | None
    due: date | None


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Divisions × steps."""

    steps: tuple[StepHead, ...]
    rows: tuple[Row, ...]


def step_heads(cycle: Cycle) -> tuple[StepHead, ...]:
    """The steps in their order with their days. One query."""
    days = {each.step: each.day for each in cycle.deadlines.all()}
    return tuple(
        StepHead(step=step, day=days.get(step), due=due_day(days[step]) if step in days else None)
        for step in STEPS
    )


def matrix(cycle: Cycle, *, now: datetime, language: str) -> Matrix:
    """The whole matrix of a year; a bounded number of queries, whatever the number of sheets."""
    sheets = list(cycle.sheets.all())
    heads = tuple(each for each in step_heads(cycle) if each.step in OF_DIVISIONS)
    by_division = sheets_by_division(sheets, now)
    names = identity.division_names(by_division, FiscalYear.at(now), language)
    reminded = {
        (each.division, each.step): each.day
        for each in Reminder.objects.filter(cycle=cycle).order_by("day")
    }
    rows = [
        Row(
            code=code,
            name=names[code],
            cells=tuple(
                _cell(head, own, cycle.phase, japan_day(now), reminded.get((code, head.step)))
                for head in heads
            ),
        )
        for code, own in by_division.items()
    ]
    return Matrix(steps=heads, rows=tuple(sorted(rows, key=lambda row: -row.late)))


def sheets_by_division(sheets: Iterable[Sheet], now: datetime) -> Mapping[str, list[Sheet]]:
    """The sheets that each division answers today, in the order of the plan."""
    listed = list(sheets)
    working = working_for(listed, now)
    found: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in listed:
        for code in answering(sheet, working):
            found[code].append(sheet)
    return found


def is_out(sheet: Sheet, step: str) -> bool:
    """Whether a division still has a step of a sheet to do."""
    if step in ("plan", "check"):
        return getattr(sheet, f"{step}_state") in ("draft", "returned")
    return step in OF_DIVISIONS and not getattr(sheet, f"{step}_note")


def _cell(
    head: StepHead, sheets: list[Sheet], phase: str, today: date, reminded: date | None
) -> Cell:
    out = [each for each in sheets if is_out(each, head.step)]
    states = [getattr(each, f"{head.step}_state", "") for each in sheets]
    handed_in = states.count("submitted")
    return Cell(
        step=head.step,
        total=len(sheets),
        done=len(sheets) - len(out) - handed_in,
        handed_in=handed_in,
        returned=states.count("returned"),
        state=_state(head, out, handed_in, phase, today),
        reminded=reminded,
    )


def _state(head: StepHead, out: list[Sheet], handed_in: int, phase: str, today: date) -> CellState:
    if not out:
        return "reviewing" if handed_in else "done"
    if head.due and today > head.due:
        return "late"
    return "due" if phase in PHASES_OF[head.step] else "later"
