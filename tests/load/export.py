"""Part export: five thousand pages with their files as static files, and once more when little has changed."""

import json
import os
from pathlib import Path

from tests.load import scratch
from tests.load.report import Report

GOAL = 120.0
MANY = int(os.environ.get("LOAD_PAGES", "2500"))
"""Pages in each of two languages (tests/load/many_pages.py); LOAD_PAGES asks for another number."""


def measure(report: Report) -> None:
    """On PostgreSQL, with the static files collected."""
    report.heading(f"The site with {2 * MANY:,} pages as files")
    try:
        with scratch.installation(postgresql=True, settings="tests.load.settings") as place:
            place.run("collectstatic", "--no-input", "--verbosity", "0")
            folder: Path = place.folder / "export"
            first, again = place.python(
                "tests.load.export_here", str(folder), limit=1800
            ).splitlines()[-2:]
    except scratch.Unreachable as fault:
        report.line(f"not measured: {fault}")
        return
    told, after = json.loads(first), json.loads(again)
    report.goal(
        f"{told['pages']:,} pages, {told['files']:,} files, {told['bytes'] / 1e6:.0f} MB in {told['seconds']:.0f} s, every link checked, "
        f"{len(told['faults'])} faults (goal ≤ {GOAL:.0f} s, none)",
        reached=told["seconds"] <= GOAL and told["pages"] >= 2 * MANY and not told["faults"],
    )
    report.line(f"once more: {after['new']} files written in {after['seconds']:.0f} s")
