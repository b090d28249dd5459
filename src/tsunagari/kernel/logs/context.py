"""What this thread works on now: a request with its page, or a job. Each line of the log carries it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token

Facts = dict[str, str]

_ABOUT: ContextVar[Facts | None] = ContextVar("tsunagari_about", default=None)


def begin(facts: Facts) -> Token[Facts | None]:
    """Let lines of this thread carry `facts` from now on; hand the token to `end`."""
    return _ABOUT.set(facts)


def end(token: Token[Facts | None]) -> None:
    """What was worked on is done."""
    _ABOUT.reset(token)


@contextmanager
def about(**facts: str) -> Iterator[None]:
    """Let lines of this thread carry `facts` meanwhile: stable words and public ids, nothing of a person."""
    token = begin(facts)
    try:
        yield
    finally:
        end(token)


def note(**facts: str) -> None:
    """Add to what this thread works on, when it works on something."""
    held = _ABOUT.get()
    if held is not None:
        held.update(facts)


def facts_now() -> Mapping[str, str]:
    """What this thread works on; empty when on nothing."""
    return _ABOUT.get() or {}
