"""What needs somebody now: rooms tell it, the console's start page lists it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing that waits for a person: what, why, and the screen where it is done.

    `action` is a verb on the link. `urgent` things stand first, and before them what is `for_all`: every clerk has to
    know it whatever else she does. Texts are already translated.
    """

    title: str
    detail: str
    address: str
    action: str
    urgent: bool = False
    for_all: bool = False


Source = Callable[[HttpRequest], Iterable[Need]]
_SOURCES: list[Source] = []


def tells_needs(source: Source) -> Source:
    """Put it on a function in a room's console.py that gives what waits for the asking clerk."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def needs(request: HttpRequest) -> list[Need]:
    """Everything that waits for this clerk, the urgent first."""
    told = [need for source in _SOURCES for need in source(request)]
    return sorted(told, key=lambda need: (not need.for_all, not need.urgent))
