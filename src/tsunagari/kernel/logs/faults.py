"""Faults told by their class and their place in the code: never by their message, which may hold what somebody typed."""

from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Final

DEEPEST_TRACE: Final = 20
SOURCE: Final = Path(__file__).resolve().parents[3]


def place_of(trace: TracebackType | None) -> str:
    """The frames of a traceback as "file:line function", innermost last: code only, no values."""
    return "\n".join(list(_frames(trace))[-DEEPEST_TRACE:])


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        shown = path.relative_to(SOURCE) if path.is_relative_to(SOURCE) else Path(*path.parts[-2:])
        yield f"{shown}:{line} {frame.f_code.co_name}"


def error_name(error: BaseException) -> str:
    """The class of an exception with its module: never its message."""
    return f"{type(error).__module__}.{type(error).__qualname__}"[:200]


def chain_of(error: BaseException) -> list[BaseException]:
    """The exception and those it came from, the first cause last; at most ten."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain and len(chain) < 10:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return chain
