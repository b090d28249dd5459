"""Part search: whole searches over 10,000, 100,000 and 120,000 entries, 20,000 of them pages (PostgreSQL)."""

import json

from tests.load import scratch
from tests.load.report import Report

FEW, MANY, WHOLE = 10_000, 100_000, 120_000
MILLISECONDS = 50
"""What 95 of 100 searches may take over all entries."""
GROWTH = 1.5
"""By how much that may grow from FEW to MANY entries."""
PATIENCE = 4 * 3600


def measure(report: Report) -> None:
    """Fill, ask, fill on: one index grows."""
    report.heading(f"Search over {FEW:,}, {MANY:,} and {WHOLE:,} entries (PostgreSQL)")
    try:
        with scratch.installation(postgresql=True) as place:
            said = place.python(
                "tests.load.search_here", str(FEW), str(MANY), str(WHOLE), limit=PATIENCE
            )
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")
        return
    _tell(report, json.loads(said.splitlines()[-1]))


def _tell(report: Report, took: dict[str, dict[str, float]]) -> None:
    words = took["dictionary"]
    report.line(
        f"the dictionary is ready after {words['seconds']:.1f} s (the city's words compiled) and takes {words['megabytes']:.0f} MB"
    )
    for size in (FEW, MANY, WHOLE):
        each = took[str(size)]
        report.line(
            f"{size:,}: half of the searches within {each['p50']:.0f} ms, 95 of 100 within {each['p95']:.0f} ms, the longest {each['longest']:.0f} ms ({each['longest question']}), {each['processor']:.0f} ms of the processor; a suggestion {each['suggest']:.0f} ms; filled in {each['filled']:.0f} s"
        )
    few, many, whole = (took[str(size)]["p95"] for size in (FEW, MANY, WHOLE))
    report.goal(
        f"{WHOLE:,} entries: 95 of 100 searches within {whole:.0f} ms (goal ≤ {MILLISECONDS})",
        reached=whole <= MILLISECONDS,
    )
    report.goal(
        f"from {FEW:,} to {MANY:,} entries this grows {many / few:.2f}-fold (goal ≤ {GROWTH})",
        reached=many <= GROWTH * few,
    )
