"""Whether a measure is one of its plan's in a year: some begin later, some end before the plan does."""


def runs_in(year: int, *, first: int | None, last: int | None) -> bool:
    """Whether a measure that runs from `first` to `last` (both included; None: as its plan) runs in a fiscal
    year of the plan."""
    return (first is None or first <= year) and (last is None or year <= last)
