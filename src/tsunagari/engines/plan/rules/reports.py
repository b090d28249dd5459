"""Where the report of a plan's closed year can be read: other rooms tell it, the plan's pages link to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, kw_only=True)
class ReportLink:
    """The published report of one fiscal year of a plan. `published_on` is the day of its first version,
    `version` the newest one's number."""

    plan: str
    year: int
    address: str
    published_on: date
    version: int


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
