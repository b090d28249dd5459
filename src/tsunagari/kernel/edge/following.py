"""The thread of a server process that hears of purges and of read-only mode four times a second."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from django.db import connection

from tsunagari.kernel.edge.memory import HERE, Memory
from tsunagari.kernel.edge.queries import Heard, listen
from tsunagari.kernel.edge.standing import Standing

PACE = 0.25
LONGEST_SILENCE = 3600.0
"""Seconds without a look after which everything is dropped: old purges may have been removed meanwhile."""

logger = logging.getLogger("tsunagari.edge")


class Follower:
    """Tells a process's memory what was purged, and its standing whether it may write."""

    def __init__(
        self,
        memory: Memory,
        standing: Standing,
        *,
        pace: float = PACE,
        look: Callable[[str], Heard] = listen,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._memory, self._standing = memory, standing
        self._pace, self._look, self._now = pace, look, now
        self._position = ""
        self._last = now()
        self._away = False
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="follow-purges", daemon=True)

    def start(self) -> None:
        """Begin to follow; what this process purges itself is dropped at its commit."""
        HERE.append(self._memory)
        self._thread.start()

    def stop(self) -> None:
        """End, without waiting longer than a moment for a database that is away."""
        self._stopping.set()
        self._thread.join(2)
        if self._memory in HERE:
            HERE.remove(self._memory)

    def _run(self) -> None:
        while True:
            self.hear()
            if self._stopping.wait(self._pace):
                break
        connection.close()

    def hear(self) -> bool:
        """Look once; False when the database did not answer, and then nothing is vouched for until it does."""
        asked_at = self._now()
        try:
            heard = self._look(self._position)
        except Exception:
            if not self._away:
                logger.exception("purges cannot be heard; no page is answered from memory until they can")  # fmt: skip
            self._away = True
            self._standing.writable = False
            connection.close()
            return False
        if not self._position or asked_at - self._last > LONGEST_SILENCE:
            # The first look does not tell what was purged while an answer was drawn that was begun before it.
            self._memory.forget_all()
        self._memory.drop(heard.names)
        self._memory.heard_all(asked_at)
        self._standing.switched = heard.read_only
        self._standing.writable = heard.writable
        self._position, self._last, self._away = heard.position, asked_at, False
        return True
