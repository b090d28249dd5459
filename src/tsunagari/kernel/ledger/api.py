"""What other rooms may ask of the ledger."""

from collections.abc import Iterable
from functools import partial

from tsunagari.kernel.ledger.actions.advance import advance, locked_cursor
from tsunagari.kernel.ledger.actions.hear import hear
from tsunagari.kernel.ledger.actions.record import record, record_all
from tsunagari.kernel.ledger.actions.seal import seal
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.declare import KINDS, Listener, Projection
from tsunagari.kernel.ledger.queries import (
    LISTENERS,
    PROJECTIONS,
    Finding,
    Lag,
    between,
    first_since,
    happened,
    hours_of,
    lag,
    last_position,
    last_seal,
    told,
    verify,
    verify_last,
    whole_since,
    written,
)
from tsunagari.kernel.ledger.rules import Refused, as_text

__all__ = [
    "Finding",
    "Lag",
    "Refused",
    "advance",
    "as_text",
    "between",
    "catch_up",
    "first_since",
    "follow",
    "followers",
    "happened",
    "hear",
    "hours_of",
    "lag",
    "last_position",
    "last_seal",
    "lock_follower",
    "record",
    "record_all",
    "seal",
    "sequence",
    "told",
    "verify",
    "verify_last",
    "whole_since",
    "written",
]


def follow(*, projections: Iterable[Projection] = (), listeners: Iterable[Listener] = ()) -> None:
    """Take in followers; the door calls this once at start with what every `tasks.py` declares.

    Raises Refused when a listener waits for an event that nobody declares.
    """
    for projection in projections:
        PROJECTIONS[projection.id] = projection
    for listener in listeners:
        unknown = [name for name in listener.to if name not in KINDS]
        if unknown:
            raise Refused(
                f"listener {listener.id!r} waits for {unknown[0]!r}, which no declare.py declares; there are: {', '.join(sorted(KINDS))}."
            )
        LISTENERS[listener.id] = listener


def followers() -> tuple[tuple[Projection, ...], tuple[Listener, ...]]:
    """Every projection and listener taken in."""
    return tuple(PROJECTIONS.values()), tuple(LISTENERS.values())


def lock_follower(name: str) -> int:
    """Hold a follower still until the transaction ends; returns its position. Waits for its batch."""
    cursor = locked_cursor(name, wait=True)
    return cursor.position if cursor else 0


def catch_up() -> int:
    """Sequence what has arrived and bring every follower up; returns how many steps were made.

    A follower that breaks holds up none of the others; its fault (the first one) is raised at the end.
    """
    steps = sequence()
    faults: list[Exception] = []
    for step in (
        *(partial(advance, projection) for projection in PROJECTIONS.values()),
        *(partial(hear, listener) for listener in LISTENERS.values()),
    ):
        try:
            steps += step()
        except Exception as fault:  # noqa: BLE001 - whatever one follower raises, the next has its turn
            faults.append(fault)
    if faults:
        raise faults[0]
    return steps
