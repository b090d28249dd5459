"""Part ledger: 16 writers, the projector killed at random, the database restored from a backup once."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.load import scratch
from tests.load.report import Report

PROCESSES, THREADS = 4, 4
FIRST, SECOND = 60.0, 30.0
DRAIN = 600.0


@dataclass(frozen=True, kw_only=True)
class Written:
    """What all writers committed by their own count."""

    committed: int
    amount: int
    undone: int
    seconds: float


class Projector(threading.Thread):
    """The real worker, started again and again, killed with kill -9 after a random time."""

    def __init__(self, place: scratch.Place) -> None:
        super().__init__(daemon=True)
        self.place = place
        self.kills = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Until told that it is over: start, let work for a random time, kill in the middle of it."""
        while not self.over.is_set():
            before = self._begun()
            process = self.place.start(self.place.command("worker"))
            while self._begun() == before and not self.over.wait(0.1):
                pass
            self.over.wait(random.uniform(0.5, 5.0))
            scratch.kill(process)
            self.kills += 1

    def _begun(self) -> int:
        """How many workers have said that they are at work."""
        return self.place.log.read_text().count("worker.on") if self.place.log.exists() else 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.join()


def write(
    place: scratch.Place, seconds: float, *, halfway: Callable[[], None] = lambda: None
) -> Written:
    """16 writers side by side, who begin together when all are ready; `halfway` is called meanwhile."""
    words = [sys.executable, "-m", "tests.load.writer", str(THREADS), str(seconds)]
    processes = [place.start(words) for _ in range(PROCESSES)]
    try:
        for process in processes:
            place.wait_for_line(process, "ready", 120)
        begun = time.monotonic()
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        time.sleep(seconds / 2)
        halfway()
        found = [json.loads(process.communicate(timeout=seconds + 120)[0]) for process in processes]
        took = time.monotonic() - begun
    finally:
        for process in processes:
            if process.poll() is None:
                scratch.kill(process)
    sums = {key: sum(each[key] for each in found) for key in ("committed", "amount", "undone")}
    return Written(**sums, seconds=max(took, seconds))


def drain(place: scratch.Place) -> tuple[int, float]:
    """Let a worker in peace bring everything up; how many events it took over, and seconds."""
    waiting = behind(place.figures("events"))
    worker = place.start(place.command("worker"))
    begun = time.monotonic()
    try:
        while behind(place.figures("events")):
            if time.monotonic() - begun > DRAIN:
                raise TimeoutError(f"the worker has not caught up in {DRAIN:.0f} s")
    finally:
        scratch.kill(worker)
    return waiting, time.monotonic() - begun


def behind(figures: dict[str, int]) -> int:
    """Events that the sums do not hold yet."""
    return figures["arrivals.number"] + figures["entries.number"] - figures.get("load.number", 0)


def back_up(place: scratch.Place, file: Path) -> None:
    """A backup while everything runs, as a city makes it at night."""
    subprocess.run(["pg_dump", "-Fc", "-f", str(file), place.address], check=True, timeout=300)


def restore(place: scratch.Place, file: Path) -> None:
    """The database is gone and comes back as it was at the backup."""
    scratch.drop(place.database)
    scratch.administer("CREATE DATABASE {name}", name=place.database)
    subprocess.run(
        ["pg_restore", "--no-owner", "-d", place.address, str(file)], check=True, timeout=300
    )


def measure(report: Report) -> None:
    """PostgreSQL only: figures of load and faults are PostgreSQL's."""
    report.heading(
        "Events through the ledger and its projections (PostgreSQL, 16 concurrent writers)"
    )
    try:
        with scratch.installation(postgresql=True, settings="tests.load.settings") as place:
            backup = place.folder / "backup.dump"
            _with_kills(report, place, backup)
            _after_restore(report, place, backup)
            _verify(report, place)
        with scratch.installation(postgresql=True, settings="tests.load.settings") as place:
            _speed(report, place)
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")


def _with_kills(report: Report, place: scratch.Place, backup: Path) -> None:
    with Projector(place) as projector:
        written = write(place, FIRST, halfway=lambda: back_up(place, backup))
    drain(place)
    held = place.figures("events")
    report.goal(
        f"projector killed {projector.kills} times with kill -9: writers committed {written.committed:,} events with amounts of {written.amount:,}; "
        f"the meters say {held.get('load.number', 0):,} and {held.get('load.amount', 0):,} ({written.undone:,} undone changes left no event); goal: exact",
        reached=(held.get("load.number"), held.get("load.amount"))
        == (written.committed, written.amount),
    )
    report.line(
        f"{written.committed / written.seconds:,.0f} events a second committed by 16 writers meanwhile (backup running in the middle)"
    )


def _after_restore(report: Report, place: scratch.Place, backup: Path) -> None:
    restore(place, backup)
    before = place.figures("events")
    with Projector(place) as projector:
        written = write(place, SECOND)
    drain(place)
    held = place.figures("events")
    number = before["entries.number"] + before["arrivals.number"] + written.committed
    amount = before["entries.amount"] + before["arrivals.amount"] + written.amount
    report.goal(
        f"restored from the backup ({before['entries.number']:,} events with positions, {before['arrivals.number']:,} still waiting), "
        f"{written.committed:,} events more, projector killed {projector.kills} times: the meters say {held.get('load.number', 0):,} and {held.get('load.amount', 0):,}, "
        f"the ledger holds {held['entries.number']:,} and {held['entries.amount']:,}; goal: exact",
        reached=(held.get("load.number"), held.get("load.amount"))
        == (number, amount)
        == (held["entries.number"], held["entries.amount"]),
    )
    report.goal(
        f"positions have no gap: {held['all entries']:,} entries, last position {held['last position']:,}",
        reached=held["all entries"] == held["last position"],
    )


def _verify(report: Report, place: scratch.Place) -> None:
    place.run("ledger", "seal")
    for words in (("meters", "recompute", "--check"), ("ledger", "verify")):
        try:
            said = place.run(*words).strip().splitlines()
        except RuntimeError as fault:
            report.goal(f"`tsunagari {' '.join(words)}`: {fault}", reached=False)
        else:
            report.goal(f"`tsunagari {' '.join(words)}`: “{' / '.join(said[-2:])}”", reached=True)


def _speed(report: Report, place: scratch.Place) -> None:
    written = write(place, SECOND)
    waiting, took = drain(place)
    report.line(
        f"in peace: {written.committed / written.seconds:,.0f} events a second committed by 16 writers; "
        f"then {waiting:,} events sequenced and added up in {took:.1f} s, start of the worker included ({waiting / took:,.0f} a second)"
    )
