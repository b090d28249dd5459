"""Part year: the console's pages of a plan's year, with all its divisions and sheets."""

import json
import statistics

from tests.load import scratch
from tests.load.measured_year import CODE, YEAR
from tests.load.pages import Visitor
from tests.load.report import Report

MEASURES, YEARS = 60, 15
ASKED = 100
MILLISECONDS = 50
"""What the year's page with its matrix may take on this side of the wire."""

MATRIX = f"/console/year/{CODE}/{YEAR}/"
OTHERS = ("for/mayor/", "hints/", "inquiries/", "decisions/", "freeze/", "sheets/1/")


def measure(report: Report) -> None:
    """On both databases, as the secretariat, who sees every division."""
    report.heading(
        f"A plan's year in the console: {MEASURES} measures with {YEARS} years of monthly values"
    )
    for postgresql in (False, True):
        try:
            with scratch.installation(postgresql=postgresql) as place:
                _measure(report, place, "PostgreSQL" if postgresql else "SQLite")
        except scratch.Unreachable as fault:
            report.line(f"not measured: {fault}")


def _measure(report: Report, place: scratch.Place, name: str) -> None:
    place.run("city", "load")
    said = place.python("tests.load.year_pages_here", str(MEASURES), str(YEARS))
    filled = json.loads(said.splitlines()[-1])
    with place.serving("tsunagari.city.wsgi") as port:
        visitor = Visitor(port, cookie=filled["cookie"])
        took = _median(visitor, MATRIX)
        report.goal(
            f"{name}: {MATRIX} with {filled['divisions']} divisions in its matrix: {took:.1f} ms "
            f"(median of {ASKED}, connection kept; goal ≤ {MILLISECONDS})",
            reached=took <= MILLISECONDS,
        )
        for page in OTHERS:
            report.line(f"{name}: {page} {_median(visitor, MATRIX + page):.1f} ms")


def _median(visitor: Visitor, path: str) -> float:
    for _ in range(10):
        visitor.milliseconds(path)
    return statistics.median(visitor.milliseconds(path) for _ in range(ASKED))
