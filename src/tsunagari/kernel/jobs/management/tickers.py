"""The worker's tickers: each in a thread of its own, so that a slow one delays none of the others."""

import logging
from collections.abc import Iterable
from datetime import datetime
from threading import Event, Thread

from django.db import Error, close_old_connections, connection

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.jobs.actions.note_ticker import note_ticker
from tsunagari.kernel.jobs.declare import Ticker
from tsunagari.kernel.jobs.models import Worker
from tsunagari.kernel.jobs.rules import NOTE_TICKERS
from tsunagari.kernel.logs.api import about, error_name, place_of

logger = logging.getLogger("tsunagari.jobs")


class TickerThread:
    """Runs one ticker at its pace until `stop` is set. What it raises is noted and does not stop it."""

    def __init__(self, *, ticker: Ticker, worker: Worker, clock: Clock, stop: Event) -> None:
        self._ticker = ticker
        self._worker = worker
        self._clock = clock
        self._stop = stop
        self._noted: datetime | None = None
        self._failing = False
        self._thread = Thread(target=self._tick, name=f"ticker-{ticker.name}", daemon=True)

    def start(self) -> None:
        """Begin to tick, the first time at once."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for a run under way."""
        self._thread.join(seconds)

    def _tick(self) -> None:
        while not self._stop.is_set():
            self._run_once()
            self._stop.wait(self._ticker.seconds)
        connection.close()

    def _run_once(self) -> None:
        try:
            with about(ticker=self._ticker.name):
                self._ticker.run()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a ticker's fault must not stop the worker
            close_old_connections()
            self._report(error)
        else:
            self._report(None)

    def _report(self, error: BaseException | None) -> None:
        now = self._clock()
        if error is not None and not self._failing:
            place = place_of(error.__traceback__).rpartition("\n")[2]
            logger.error(
                "ticker.failed ticker=%s error=%s at=%s",
                self._ticker.name,
                error_name(error),
                place,
            )
        news = self._failing != (error is not None)
        self._failing = error is not None
        if not news and self._noted is not None and abs(now - self._noted) < NOTE_TICKERS:
            return
        self._noted = now
        try:
            note_ticker(worker=self._worker, name=self._ticker.name, error=error, now=now)
        except Error:
            close_old_connections()


def start_tickers(
    *, tickers: Iterable[Ticker], worker: Worker, clock: Clock, stop: Event
) -> list[TickerThread]:
    """Start a thread for each ticker."""
    threads = [
        TickerThread(ticker=ticker, worker=worker, clock=clock, stop=stop) for ticker in tickers
    ]
    for thread in threads:
        thread.start()
    return threads
