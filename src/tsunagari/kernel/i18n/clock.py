"""The clock, handed to whoever needs the time. The domain never reads the system's own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives an aware moment in UTC."""


def system_clock() -> datetime:
    """Now, as the machine says it, in UTC. Faces and processes pass this in."""
    return datetime.now(UTC)
