"""Part counting: what it adds to a request that its view is counted."""

import http.client
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tests.load import scratch
from tests.load.report import Report
from tests.load.visitors import FIREFOX

GOAL = 20.0
ROUNDS, CALLS, ASKED = 400, 200, 6000
PAGE = b"<!doctype html><title>page</title>" + b"x" * 8000


def bare(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """A page with the headers that Django sends, without the mark of a view."""
    start_response("200 OK", headers())
    return [PAGE]


def marked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The same page with the mark."""
    start_response("200 OK", [*headers(), ("X-Tsunagari-View", "website;home;ja")])
    return [PAGE]


def headers() -> list[tuple[str, str]]:
    """What a page of ours carries."""
    return [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Vary", "Accept-Language, Cookie"),
        ("Content-Language", "ja"),
        ("X-Frame-Options", "DENY"),
        ("Content-Length", str(len(PAGE))),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
    ]


def _start(
    status: str, head: list[tuple[str, str]], exc_info: Any = None, /
) -> Callable[[bytes], object]:
    return lambda _: None


def _microseconds(application: WSGIApplication, environ: WSGIEnvironment) -> float:
    begun = time.perf_counter_ns()
    for _ in range(CALLS):
        application(environ, _start)
    return (time.perf_counter_ns() - begun) / CALLS / 1000


def in_one_process(counted: WSGIApplication) -> tuple[float, float]:
    """Medians in microseconds of a bare and a counted call, taken in turns."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_USER_AGENT": FIREFOX}
    pairs = [(_microseconds(bare, environ), _microseconds(counted, environ)) for _ in range(ROUNDS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(
        pair[1] for pair in pairs
    )


def over_http(port: int) -> tuple[float, float, float]:
    """Medians in microseconds of a bare request, one through the edge without a view, and a counted one,
    over one kept connection, in turns."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    times: dict[str, list[float]] = {"/bare": [], "/edged": [], "/counted": []}
    for _ in range(ASKED):
        for path, taken in times.items():
            begun = time.perf_counter_ns()
            connection.request("GET", path, headers={"User-Agent": FIREFOX})
            connection.getresponse().read()
            taken.append((time.perf_counter_ns() - begun) / 1000)
    bare_, edged, counted = (statistics.median(taken) for taken in times.values())
    return bare_, edged, counted


def measure(report: Report) -> None:
    """Both ways, on an installation of its own (the counts are flushed to it meanwhile)."""
    report.heading("Time added to a request by counting")
    with scratch.installation(postgresql=False) as place:
        in_process = place.python("tests.load.counting_here").split()
        plain, counted = float(in_process[0]), float(in_process[1])
        report.goal(
            f"{counted - plain:.1f} µs added by the edge in one process (bare {plain:.2f} µs, counted {counted:.2f} µs; goal ≤ {GOAL:.0f} µs)",
            reached=counted - plain <= GOAL,
        )
        with place.serving("tests.load.counting_served") as port:
            plain, edged, counted = over_http(port)
        report.goal(
            f"{counted - plain:.1f} µs added over HTTP (bare {plain:.0f} µs, counted {counted:.0f} µs; ratio {counted / plain:.3f}; goal ≤ {GOAL:.0f} µs)",
            reached=counted - plain <= GOAL,
        )
        report.line(
            f"of these, counting the view takes {counted - edged:.1f} µs; naming the request, measuring it and its line in the log {edged - plain:.1f} µs"
        )
