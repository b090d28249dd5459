"""Where the report of a plan's closed year can be read: other rooms tell it, the plan's pages link to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, kw_only=True)
class ReportLink:
    """The published report of one fiscal year of a plan. `published_on` is the day of its first version,
    `version` the newest one's number. `errata` is where staff correct it, "" where this installation has no
    console. Read when asked: `things` gives the public ids of the measures and indicators that it tells of,
    `results` by an indicator's public id the year's result as it was published, None for none."""

    plan: str
    year: int
    address: str
    published_on: date
    version: int
    errata: str = ""
    things: Callable[[], frozenset[str]] = frozenset
    results: Callable[[], Mapping[str, Decimal | None]] = dict


Source = Callable[[str], Iterable[ReportLink]]
"""Given a plan's code, the reports of its years."""

_SOURCES: Final[list[Source]] = []


def tells_reports(source: Source) -> Source:
    """Put it on a function of another room, or call it when that room's app is ready: what it gives is
    linked from the plan's pages. Telling twice does nothing more."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def reports_of(plan: str) -> tuple[ReportLink, ...]:
    """The reports of a plan's years, the newest year first."""
    told = [link for source in _SOURCES for link in source(plan)]
    return tuple(sorted(told, key=lambda link: -link.year))


def reports_on(plan: str, thing: str) -> dict[int, ReportLink]:
    """By fiscal year, the reports of a plan that tell of a measure or an indicator (its public id): these
    years of it are closed. What came later was in no report, and is not."""
    return {each.year: each for each in reports_of(plan) if thing in each.things()}


def things_of(plan: str, year: int) -> frozenset[str]:
    """The public ids of the measures and indicators that a closed year's report tells of; none while the
    year is open."""
    found = next((each for each in reports_of(plan) if each.year == year), None)
    return found.things() if found else frozenset()
