"""What each division still has to do in a year, step by step: the matrix, and whom a reminder is for."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tsunagari.engines.cycle.models import Reminder, Sheet
from tsunagari.engines.cycle.queries.working import by_division
from tsunagari.engines.cycle.queries.year_sheets import StepHead, YearSheets
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS, PHASES_OF, is_past
from tsunagari.kernel.i18n.days import japan_day

CellState = Literal["done", "reviewing", "due", "late", "later", "missed"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One step of one division: `done` of `total` sheets, `handed_in` of them still with the secretariat.

    `state` is done; reviewing (all handed in); late (its day is over and something is out); due (it can be
    done now); later; missed (out, and the year's phase is past it). `reminded` is the last day on which the division was reminded of it.
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
class Matrix:
    """Divisions × steps."""

    steps: tuple[StepHead, ...]
    rows: tuple[Row, ...]


def matrix(year: YearSheets, *, language: str) -> Matrix:
    """The whole matrix of a year. One query."""
    heads = tuple(each for each in year.steps if each.step in OF_DIVISIONS)
    answered = by_division(year.sheets, year.working)
    names = year.divisions.names(answered, language)
    reminded = {
        (each.division, each.step): each.day
        for each in Reminder.objects.filter(cycle=year.cycle).order_by("day")
        if each.sent_at is None or each.receivers  # one that reached nobody reminded nobody
    }
    today = japan_day(year.now)
    rows = [
        Row(
            code=code,
            name=names[code],
            cells=tuple(
                _cell(head, own, year.cycle.phase, today, reminded.get((code, head.step)))
                for head in heads
            ),
        )
        for code, own in answered.items()
    ]
    return Matrix(steps=heads, rows=tuple(sorted(rows, key=lambda row: -row.late)))


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
    if is_past(head.step, phase):
        return "missed"
    if head.due and today > head.due:
        return "late"
    return "due" if phase in PHASES_OF[head.step] else "later"
