"""The worker's hand: a thread that takes one due job after another and runs it."""

import logging
from collections.abc import Collection
from datetime import timedelta
from threading import Event, Thread

from django.db import Error, close_old_connections, connection

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.jobs.actions.claim import claim
from tsunagari.kernel.jobs.actions.run import run
from tsunagari.kernel.jobs.models import Job

logger = logging.getLogger("tsunagari.jobs")


class Hand:
    """Runs jobs until `stop` is set; `job` is what it holds, for the pulse that extends its lease."""

    def __init__(
        self, *, worker: str, queues: Collection[str], clock: Clock, poll: timedelta, stop: Event
    ) -> None:
        self.job: Job | None = None
        self._worker = worker
        self._queues = queues
        self._clock = clock
        self._poll = poll.total_seconds()
        self._stop = stop
        self._thread = Thread(target=self._work, name="jobs-hand", daemon=True)

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def finished(self, grace: timedelta) -> bool:
        """Whether the hand lay down its work, waiting at most `grace`; call it after `stop` is set."""
        self._thread.join(grace.total_seconds())
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._stop.is_set():
            if not self._take_one():
                # Between jobs only: SQLite's connection would else be opened anew for each of them.
                close_old_connections()
                self._stop.wait(self._poll)
        connection.close()

    def _take_one(self) -> bool:
        try:
            self.job = claim(worker=self._worker, queues=self._queues, now=self._clock())
            return self.job is not None and run(job=self.job, clock=self._clock)
        except Error as error:
            logger.warning(
                "worker.database_away worker=%s error=%s", self._worker, type(error).__name__
            )
            return False
        finally:
            self.job = None
