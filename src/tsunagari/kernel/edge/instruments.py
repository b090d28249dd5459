"""What the server's processes measure of their requests; shown as the sum over all processes of one `tsunagari serve`.

Labels are names of rooms and pages, methods and classes of status: bounded sets, and nothing of who asked.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Any, cast

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
PACE = 2.0
"""Seconds between two looks at what is in a process's memory only."""

_own = CollectorRegistry()
_requests = Histogram(
    "tsunagari_request_seconds",
    "Seconds until the answer stood, by the page's name.",
    ["room", "page", "method", "status"],
    buckets=SECONDS,
    registry=_own,
)
_processes = Gauge(
    "tsunagari_server_processes",
    "Processes of this server that run.",
    registry=_own,
    multiprocess_mode="livesum",
)
_unwritten = Gauge(
    "tsunagari_views_unwritten",
    "Page views that stand in the memory of the processes only, up to two seconds ago.",
    registry=_own,
    multiprocess_mode="livesum",
)


@cache
def _line(room: str, page: str, method: str, status: str) -> Histogram:
    return _requests.labels(room, page, method, status)


def measure(*, room: str, page: str, method: str, status: str, seconds: float) -> None:
    """Count one request, with the time until its answer stood."""
    known = method if method in METHODS else "other"
    _line(room, page, known, f"{status[:1]}xx").observe(seconds)


def exposition() -> bytes:
    """Everything measured so far in Prometheus' text format, over all processes where several serve."""
    if not _is_shared():
        return generate_latest(_own)
    together = CollectorRegistry()
    collector: Any = cast("Any", MultiProcessCollector)(together)
    _forget_dead_processes(Path(collector._path))  # noqa: SLF001 - where the library looks itself
    return generate_latest(together)


def _is_shared() -> bool:
    # The library decides at its import, by PROMETHEUS_MULTIPROC_DIR, which `tsunagari serve` sets.
    return bool(values.ValueClass._multiprocess)  # noqa: SLF001 - the library offers no question for it


def _forget_dead_processes(folder: Path) -> None:
    """A killed process's requests stay counted; that it runs, and what stood in its memory, does not."""
    for pid in {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_live*_*.db")}:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            cast("Any", mark_process_dead)(pid, str(folder))


class Watch:
    """A thread of a server process that looks every two seconds at what stands in its memory only."""

    def __init__(self, unwritten_views: Callable[[], int]) -> None:
        self._unwritten = unwritten_views
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """This process runs."""
        _processes.set(1)
        self._thread.start()

    def stop(self) -> None:
        """This process runs no more."""
        self._stopping.set()
        _processes.set(0)
        _unwritten.set(0)

    def _run(self) -> None:
        while not self._stopping.wait(PACE):
            _unwritten.set(self._unwritten())
