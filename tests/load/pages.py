"""Part plan: the same pages over ten thousand and ten million events, side by side."""

import http.client
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass

import psycopg

from tests.load import scratch
from tests.load.report import Report
from tests.load.visitors import FIREFOX

FEW, MANY = 10**4, 10**7
CHUNK = 10**6
ASKED = 300
COLD_ASKED = 15
GOAL = 1.2
MILLISECONDS = 50
"""What a dashboard and a measure's page may take on this side of the wire, with all events behind them."""

PLAN_PAGES = (
    "/plan/policy-2024-2028/",
    "/plan/policy-2024-2028/2/",
    "/plan/third-plan-2014-2018/",
    "/plan/third-plan-2014-2018/7-1/",
    "/plan/measures/",
    "/plan/compare/",
)
PAGES = (
    *PLAN_PAGES,
    "/meters/website.page_views/",
    "/meters/load.number/",
)

EVENTS = """
INSERT INTO ledger_entry (position, public_id, name, recorded_at, subject, actor, division, data)
SELECT i, substr(md5(i::text), 1, 22), 'load.measured', now() - interval '5 years' * (%(all)s - i) / %(all)s,
       substr(md5((i %% 100000)::text || 's'), 1, 22), '', '',
       jsonb_build_object('channel', 'c' || i %% 4, 'amount', i %% 9 + 1)
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS i
"""
VIEWS = """
INSERT INTO metering_viewbatch (process, sequence, hour, service, page, language, count)
SELECT 'load', i, date_trunc('hour', now()) - interval '1 hour' * (i %% 43800), 'website', 'home',
       CASE WHEN i %% 10 = 0 THEN 'en' ELSE 'ja' END, i %% 5 + 1
FROM generate_series(1, %(views)s) AS i
"""
CURSORS = """
INSERT INTO ledger_cursor (name, position) VALUES ('sequencer', %(all)s), ('meters', %(all)s)
ON CONFLICT (name) DO UPDATE SET position = EXCLUDED.position
"""
BEGAN = """
INSERT INTO metering_began (meter, at)
SELECT meter, now() - interval '5 years' FROM unnest(ARRAY['website.page_views', 'load.number', 'load.amount']) AS meter
ON CONFLICT (meter) DO UPDATE SET at = EXCLUDED.at
"""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """How long it took to fill the tables and to build the sums, in seconds; what the sums then hold."""

    rows: float
    sums: float
    summed: int


def fill(place: scratch.Place, events: int) -> Filled:
    """`events` in the ledger over five years, a tenth as many batches of views, and their sums."""
    begun = time.monotonic()
    with psycopg.connect(place.address, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for first in range(1, events + 1, CHUNK):
            last = min(first + CHUNK - 1, events)
            connection.execute(EVENTS, {"first": first, "last": last, "all": events})
        connection.execute(VIEWS, {"views": events // 10})
        connection.execute(CURSORS, {"all": events})
        connection.execute(BEGAN)
        connection.execute("VACUUM ANALYZE")
    middle = time.monotonic()
    place.run("meters", "recompute", limit=1800)
    took = time.monotonic() - middle
    place.run("city", "load")
    summed = place.figures("events").get("load.number", 0)
    return Filled(rows=middle - begun, sums=took, summed=summed)


class Visitor:
    """One kept connection to one installation; `cookie` is what a browser would send with each request."""

    def __init__(self, port: int, *, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"User-Agent": FIREFOX} | ({"Cookie": cookie} if cookie else {})

    def milliseconds(self, path: str) -> float:
        """The time of one request; an answer other than 200 stops the measurement."""
        begun = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return (time.perf_counter() - begun) * 1000


def measure(report: Report) -> None:
    """Two installations, asked in turns."""
    report.heading(f"Pages at {FEW:,} and {MANY:,} events in the ledger (PostgreSQL)")
    try:
        with ExitStack() as both:
            places = [
                both.enter_context(
                    scratch.installation(postgresql=True, settings="tests.load.settings")
                )
                for _ in range(2)
            ]
            for place, events in zip(places, (FEW, MANY), strict=True):
                filled = fill(place, events)
                report.goal(
                    f"{events:,} events and {events // 10:,} batches of views: tables filled in {filled.rows:.0f} s, "
                    f"sums built by recomputation in {filled.sums:.0f} s, they hold {filled.summed:,} events",
                    reached=filled.summed == events,
                )
            few, many = (
                Visitor(both.enter_context(place.serving("tsunagari.city.wsgi")))
                for place in places
            )
            for path in PAGES:
                _compare(report, path, few, many)
            for path in PLAN_PAGES:
                _cold(report, path, places[1], many)
            for place, events in zip(places, (FEW, MANY), strict=True):
                begun = time.monotonic()
                place.run("meters", "recount", limit=1800)
                report.line(
                    f"the nightly recount over {events:,} events and {events // 10:,} batches: {time.monotonic() - begun:.1f} s, every meter, the command's start included"
                )
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")


def _compare(report: Report, path: str, few: Visitor, many: Visitor) -> None:
    for _ in range(20):
        few.milliseconds(path), many.milliseconds(path)
    pairs = [(few.milliseconds(path), many.milliseconds(path)) for _ in range(ASKED)]
    small, large = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    if path in PLAN_PAGES:
        report.goal(
            f"{path}: {large:.1f} ms at {MANY:,} events (median of {ASKED}, connection kept; goal ≤ {MILLISECONDS})",
            reached=large <= MILLISECONDS,
        )
    report.goal(
        f"{path}: ratio {large / small:.2f} (at {FEW:,} events {small:.1f} ms, at {MANY:,} {large:.1f} ms, medians of {ASKED}; goal ≤ {GOAL})",
        reached=large / small <= GOAL,
    )


def _cold(report: Report, path: str, place: scratch.Place, visitor: Visitor) -> None:
    """The first page after somebody wrote to the plan: the process reads all plans anew."""
    times = []
    with psycopg.connect(place.address, autocommit=True) as connection:
        for _ in range(COLD_ASKED):
            connection.execute("UPDATE plan_edition SET word = substr(md5(random()::text), 1, 22)")
            times.append(visitor.milliseconds(path))
    report.line(
        f"{path}: {statistics.median(times):.1f} ms when the plan has just been written to (median of {COLD_ASKED}, slowest {max(times):.1f})"
    )
