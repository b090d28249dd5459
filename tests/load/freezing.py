"""Part freezing: closing a year of 60 measures, each with 15 years of monthly values, and its files."""

import json

from tests.load import scratch
from tests.load.report import Report

MEASURES, YEARS = 60, 15
SECONDS = 5
"""What closing a year may take, from the click to the sealed content."""


def measure(report: Report) -> None:
    """On both databases: the secretariat closes the year while nothing of the plan is in memory."""
    report.heading(f"Closing a year: {MEASURES} measures with {YEARS} years of monthly values")
    for postgresql in (False, True):
        try:
            with scratch.installation(postgresql=postgresql) as place:
                _measure(report, place, "PostgreSQL" if postgresql else "SQLite")
        except scratch.Unreachable as fault:
            report.line(f"not measured: {fault}")


def _measure(report: Report, place: scratch.Place, name: str) -> None:
    place.run("city", "load")
    said = place.python("tests.load.freezing_here", str(MEASURES), str(YEARS))
    took = json.loads(said.splitlines()[-1])
    report.goal(
        f"{name}: closed in {took['freeze']:.2f} s ({took['processor']:.2f} s of the processor) with {took['values']:,} values behind it, {took['content']:,} bytes sealed (goal ≤ {SECONDS})",
        reached=took["freeze"] <= SECONDS,
    )
    report.line(f"{name}: an erratum of one figure published in {took['erratum']:.2f} s")
    for kind, seconds in took["files"].items():
        report.line(f"{name}: {kind} made in {seconds:.2f} s")
