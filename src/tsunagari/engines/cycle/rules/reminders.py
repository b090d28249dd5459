"""When who is reminded of what: a stated rule, so that nobody is surprised by a mail."""

from datetime import date, timedelta
from typing import Final

from tsunagari.engines.cycle.rules.steps import ORDER, due_day
from tsunagari.kernel.i18n.days import is_business_day

BEFORE: Final = (7, 1)
"""Days before a step is due on which those who have not finished are reminded."""

AFTERWARDS: Final = 7
"""After it was due, they are reminded every so many days."""

PHASES_OF: Final[dict[str, frozenset[str]]] = {
    "plan": frozenset({"planning", "running"}),
    "q1": frozenset({"running", "checking"}),
    "q2": frozenset({"running", "checking"}),
    "q3": frozenset({"running", "checking"}),
    "q4": frozenset({"running", "checking"}),
    "check": frozenset({"checking", "committee"}),
    "opinion": frozenset({"committee"}),
    "act": frozenset({"acting"}),
}
"""The phases of a year in which a step can be done, and so be asked for."""

OF_DIVISIONS: Final = ("plan", "q1", "q2", "q3", "q4", "check")
"""Steps that divisions do; the opinion is the committee's, the decision the secretariat's."""


def is_past(step: str, phase: str) -> bool:
    """Whether a year in this phase is past everything in which the step can be done."""
    return all(ORDER.index(phase) > ORDER.index(each) for each in PHASES_OF[step])


def reminds_on(deadline: date, day: date) -> bool:
    """Whether `day` is one on which a step due on `deadline` is asked for: a week and a day before it counts,
    then every week after it. What would fall on a day without an office comes on the next open day."""
    due = due_day(deadline)
    wanted = [due - timedelta(days=each) for each in BEFORE]
    late = (day - due).days
    if late > 0:
        weeks = range(max(1, late // AFTERWARDS - 2), late // AFTERWARDS + 1)
        wanted += [due + timedelta(days=AFTERWARDS * each) for each in weeks]
    return is_business_day(day) and any(due_day(each) == day for each in wanted)
