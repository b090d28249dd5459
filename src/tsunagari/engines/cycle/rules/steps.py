"""The phases of a plan's year, its steps with their days, and what may be written when."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from tsunagari.engines.cycle.declare import PHASES, STEPS
from tsunagari.engines.cycle.rules.fields import Field
from tsunagari.kernel.i18n.days import FiscalYear, business_day_from

Phase = Literal["planning", "running", "checking", "committee", "acting", "frozen"]
State = Literal["draft", "submitted", "returned", "accepted"]
"""How a part of a sheet stands: with the division, or with the secretariat, or done."""

ORDER: Final[tuple[str, ...]] = tuple(PHASES)

_OPEN: Final[Mapping[str, frozenset[str]]] = {
    "planning": frozenset({"plan"}),
    "running": frozenset({"plan", "do"}),
    "checking": frozenset({"plan", "do", "check"}),
    "committee": frozenset({"check"}),
    "acting": frozenset({"check"}),
    "frozen": frozenset(),
}

_DUE: Final[Mapping[str, tuple[int, int, int]]] = {
    "plan": (0, 5, 15),
    "q1": (0, 7, 31),
    "q2": (0, 10, 31),
    "q3": (1, 1, 31),
    "q4": (1, 4, 30),
    "check": (1, 6, 30),
    "opinion": (1, 8, 31),
    "act": (1, 9, 30),
}
"""Years after the fiscal year's first April, month and day. The check comes after the books are closed on
31 May (出納整理期間, 地方自治法 第235条の5), so that the settled cost is known."""


def open_parts(phase: str) -> frozenset[str]:
    """The parts of a sheet that a division may still write in a phase of the year."""
    return _OPEN[phase]


def may_write(phase: str, part: str, state: str) -> bool:
    """Whether a part that stands as `state` may be written. The record of the year ("do") is never
    handed in; it stays open until the check is."""
    return part in open_parts(phase) and state in ("draft", "returned")


def may_write_field(phase: str, field: Field, state: str) -> bool:
    """The same for one field: what is to be settled beforehand is not written once the year is judged."""
    late = field.beforehand and phase not in ("planning", "running")
    return may_write(phase, field.part, state) and not late


def next_phase(phase: str) -> str | None:
    """The phase after this one; None after the last. The last is reached by freezing alone."""
    place = ORDER.index(phase) + 1
    return ORDER[place] if place < len(ORDER) else None


def phase_before(phase: str) -> str | None:
    """The phase before this one; None before the first and for a frozen year, which stays frozen."""
    place = ORDER.index(phase)
    return None if place == 0 or phase == "frozen" else ORDER[place - 1]


def usual_deadlines(year: FiscalYear) -> dict[str, date]:
    """The days until which steps are due unless the secretariat sets others."""
    return {step: date(year.year + later, month, day) for step, (later, month, day) in _DUE.items()}


def due_day(day: date) -> date:
    """The day that counts for a deadline: when the office is closed, the next day on which it is open
    (民法 第142条)."""
    return business_day_from(day)


def step_of_quarter(quarter: int) -> str:
    """The step in which a quarter's record is due."""
    return f"q{quarter}"


assert set(_DUE) == set(STEPS)  # noqa: S101 - a step without a day would never be due
