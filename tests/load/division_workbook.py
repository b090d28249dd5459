"""Part workbook: a division's evaluation workbook for a plan's year, written and read back."""

import json
import statistics

from tests.load import scratch
from tests.load.report import Report

SECONDS = 1.0
"""What writing one division's workbook may take."""
TIMES = 9


def measure(report: Report) -> None:
    """Each in a process of its own, on PostgreSQL, after a first one that warms up."""
    report.heading("Workbooks of a plan's year (PostgreSQL)")
    try:
        with scratch.installation(postgresql=True) as place:
            place.run("city", "load")
            found = json.loads(place.python("tests.load.division_workbook_here", str(TIMES)))
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")
        return
    for each in found:
        seconds = statistics.median(each["written"])
        report.goal(
            f"{each['what']}: {each['sheets']} measures, {each['bytes'] / 1024:.0f} kB, written in {seconds:.2f} s "
            f"(median of {len(each['written'])}, slowest {max(each['written']):.2f} s, the processor's own time {statistics.median(each['worked']):.2f} s; goal ≤ {SECONDS:.0f} s)",
            reached=seconds <= SECONDS,
        )
        report.line(
            f"{each['what']}: read back and compared in {statistics.median(each['read']):.2f} s"
        )
