"""Count views: in memory per process, flushed as append-only batches, never through the ledger."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from time import sleep, time

from django.db import connection, transaction

from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.metering.models import PendingViews, ViewBatch

PACE = 0.5
"""Seconds between flushes: half of what a crash may cost (one second)."""

logger = logging.getLogger("tsunagari.metering")
Seen = tuple[int, str, str, str, str, str]
"""Hour since 1970, service, page, language, division, subject."""
Now = Callable[[], float]


class ViewCounter:
    """The counts of one process. A flush swaps the whole table, so that no view falls between two
    flushes and counting never waits for the database.

    `now` gives seconds since 1970.
    """

    def __init__(self, *, now: Now = time) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._counts: dict[Seen, int] = defaultdict(int)
        self._unwritten: tuple[int, dict[Seen, int]] | None = None
        self._process = new_public_id()
        self._sequence = 0

    def renew(self) -> None:
        """Become the counter of a process of its own: after a fork both would bear one name, and the
        one's flushes would pass for the other's."""
        self.__init__(now=self._now)  # type: ignore[misc]  # begin as new, locks and all

    def count(
        self, service: str, page: str, language: str, division: str = "", subject: str = ""
    ) -> None:
        """One view, now."""
        key = (int(self._now()) // 3600, service, page, language, division, subject)
        with self._lock:
            self._counts[key] += 1

    def unwritten(self) -> int:
        """How many views are in memory only."""
        with self._lock:
            waiting = sum(self._counts.values())
        return waiting + (sum(self._unwritten[1].values()) if self._unwritten else 0)

    def flush(self) -> int:
        """Write what was counted since the last flush; returns how many views.

        A flush that fails keeps its number and is written again, so that an answer lost on the way
        cannot count views twice. Raises the database's error.
        """
        with self._flushing:
            written = self._write_unwritten()
            with self._lock:
                counts, self._counts = self._counts, defaultdict(int)
            if not counts:
                return written
            self._sequence += 1
            self._unwritten = (self._sequence, counts)
            return written + self._write_unwritten()

    def _write_unwritten(self) -> int:
        if self._unwritten is None:
            return 0
        sequence, counts = self._unwritten
        if not ViewBatch.objects.filter(process=self._process, sequence=sequence).exists():
            write_batch(process=self._process, sequence=sequence, counts=counts)
        self._unwritten = None
        return sum(counts.values())


@transaction.atomic
def write_batch(*, process: str, sequence: int, counts: dict[Seen, int]) -> None:
    """One flush of one process: its rows and their claim to be added up, in one transaction."""
    batches = ViewBatch.objects.bulk_create(
        ViewBatch(
            process=process,
            sequence=sequence,
            hour=datetime.fromtimestamp(hour * 3600, UTC),
            service=service,
            page=page,
            language=language,
            division=division,
            subject=subject,
            count=count,
        )
        for (hour, service, page, language, division, subject), count in sorted(counts.items())
    )
    PendingViews.objects.bulk_create(PendingViews(batch=batch) for batch in batches)


class Flusher:
    """A thread that flushes a counter again and again, and once more when it is stopped."""

    def __init__(self, counter: ViewCounter, *, pace: float = PACE) -> None:
        self._counter = counter
        self._pace = pace
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="view-flusher", daemon=True)

    def start(self) -> None:
        """Begin flushing."""
        self._thread.start()

    def stop(self, *, patience: float = 20.0) -> None:
        """Flush the rest and end; waits at most `patience` seconds for a database that is away.

        Views that are then still unwritten are lost, and the log says how many.
        """
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        lost = self._counter.unwritten()
        if lost:
            logger.error("%d views are lost: the database was away for %d seconds", lost, patience)

    def _run(self) -> None:
        while not self._stopping.wait(self._pace):
            self._try()
        while not self._try():
            sleep(self._pace)
        connection.close()

    def _try(self) -> bool:
        try:
            self._counter.flush()
        except Exception:
            logger.exception("views could not be written; they are kept and tried again")
            connection.close()
            return False
        return True
