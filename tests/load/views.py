"""Part views: 200,000 requests from 8 clients over two processes, an orderly stop and a kill -9 on the way."""

import asyncio
import subprocess
import time
from dataclasses import dataclass

from tests.load import scratch
from tests.load.report import Report
from tests.load.visitors import Tally, visitor

REQUESTS, VISITORS, LIMIT = 200_000, 8, 1500.0
METER = "website.page_views"


class Server:
    """`tsunagari serve` with two processes, stopped in order or killed; worker beside it, as in bin/up."""

    def __init__(self, place: scratch.Place) -> None:
        self.place = place
        self.port = scratch.free_port()
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        choices = ("--port", str(self.port), "--processes", "2", "--threads", "4")
        process = self.place.start(self.place.command("serve", *choices))
        self.place.wait_for_line(process, "answers at")
        return process

    def stop(self) -> None:
        """SIGTERM to the main process, as systemd and Ctrl+C do."""
        self.process.terminate()
        self.process.communicate(timeout=90)

    def kill(self) -> None:
        """kill -9 to the main process and its children."""
        scratch.kill(self.process)

    def start_again(self) -> None:
        """On the same port."""
        self.process = self._start()


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What visitors held in hand and what the database held, with no server running."""

    answered: int
    unknown: int
    counted: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The three moments, and the traffic of the last second before the kill."""

    orderly: Moment
    killed: Moment
    end: Moment
    last_second: int
    seconds: float
    other: int

    @property
    def lost_in_kill(self) -> int:
        """Answers between the first stop and the kill that no batch holds."""
        return (self.killed.answered - self.orderly.answered) - (
            self.killed.counted - self.orderly.counted
        )


def measure(report: Report) -> None:
    """On PostgreSQL and, if time holds, on SQLite."""
    for postgresql in (True, False):
        name = "PostgreSQL" if postgresql else "SQLite"
        report.heading(
            f"Views counted after {REQUESTS:,} requests, {VISITORS} clients, two processes ({name})"
        )
        try:
            with scratch.installation(
                postgresql=postgresql, settings="tests.load.settings"
            ) as place:
                _report(report, place, asyncio.run(_run(place)))
        except scratch.Unreachable as fault:
            report.line(f"not measured: {fault}")


async def _run(place: scratch.Place) -> Outcome:
    server = await asyncio.to_thread(Server, place)
    worker = place.start(place.command("worker"))
    tally = Tally(wanted=REQUESTS)
    begun = time.monotonic()
    visits = [
        asyncio.create_task(visitor(server.port, "/light/", tally, begun + LIMIT))
        for _ in range(VISITORS)
    ]
    try:
        await _until(tally, REQUESTS // 3, begun)
        await asyncio.to_thread(server.stop)
        orderly = await _moment(place, tally)
        await asyncio.to_thread(server.start_again)
        await _until(tally, REQUESTS * 2 // 3, begun)
        killed_at = time.monotonic()
        await asyncio.to_thread(server.kill)
        killed = await _moment(place, tally)
        await asyncio.to_thread(server.start_again)
        await asyncio.gather(*visits)
        seconds = time.monotonic() - begun
        await asyncio.to_thread(server.stop)
        end = await _moment(place, tally)
    finally:
        for task in visits:
            task.cancel()
        if server.process.poll() is None:
            server.kill()
        scratch.kill(worker)
    return Outcome(
        orderly=orderly,
        killed=killed,
        end=end,
        last_second=tally.in_the_second_before(killed_at),
        seconds=seconds,
        other=tally.other,
    )


async def _until(tally: Tally, answered: int, begun: float) -> None:
    while tally.answered < answered:
        if time.monotonic() - begun > LIMIT:
            raise TimeoutError(
                f"{tally.answered} answers in {LIMIT:.0f} s; {answered} were wanted."
            )
        await asyncio.sleep(0.02)


async def _moment(place: scratch.Place, tally: Tally) -> Moment:
    await asyncio.sleep(0.3)
    counted = await asyncio.to_thread(place.figures, "views")
    return Moment(answered=tally.answered, unknown=tally.unknown, counted=counted["batches"])


def _report(report: Report, place: scratch.Place, outcome: Outcome) -> None:
    orderly, end = outcome.orderly, outcome.end
    report.goal(
        f"orderly stop under load: {orderly.answered:,} answered, {orderly.counted:,} counted "
        f"(lines broken with a request under way: {orderly.unknown}); goal: none lost",
        reached=orderly.answered <= orderly.counted <= orderly.answered + orderly.unknown,
    )
    report.goal(
        f"kill -9 of all processes under load: {max(outcome.lost_in_kill, 0):,} views lost; "
        f"{outcome.last_second:,} answers in the second before; goal ≤ one second of traffic",
        reached=outcome.lost_in_kill <= outcome.last_second,
    )
    report.line(
        f"the page: /light/ of tests/load/urls.py, 8 kB, through edge, every middleware and a view, without template and query; "
        f"whole run: {end.answered:,} answered in {outcome.seconds:.0f} s ({end.answered / outcome.seconds:,.0f} a second, two restarts within), "
        f"{end.counted:,} counted, {end.unknown} requests without an answer, {outcome.other} answers other than 200"
    )
    said = place.run("meters", "recompute", "--check", "--meter", METER).strip().splitlines()
    held = place.figures("views")
    report.goal(
        f"recomputation agrees: batches {held['batches']:,}, {METER} {held.get(METER, 0):,}; “{said[-1]}”",
        reached=held.get(METER, 0) == held["batches"] == end.counted,
    )
