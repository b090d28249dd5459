"""bin/load: every part, or those that are named."""

import sys
from collections.abc import Callable

from tests.load import (
    counting,
    division_workbook,
    events,
    export,
    freezing,
    kept,
    pages,
    report_pdf,
    restore,
    scratch,
    search,
    views,
    year_pages,
)
from tests.load.report import Report

PARTS: dict[str, Callable[[Report], None]] = {
    "counting": counting.measure,
    "kept": kept.measure,
    "export": export.measure,
    "views": views.measure,
    "ledger": events.measure,
    "plan": pages.measure,
    "report": report_pdf.measure,
    "restore": restore.measure,
    "freezing": freezing.measure,
    "search": search.measure,
    "workbook": division_workbook.measure,
    "year": year_pages.measure,
}


def main(names: list[str]) -> int:
    """Measure, print, keep. 2 for an unknown part, 1 when a goal was missed or a part broke off, else 0."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no part {unknown[0]!r}; there are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    report = Report()
    print(report.machine)
    for name in names or PARTS:
        try:
            PARTS[name](report)
        except (RuntimeError, OSError, TimeoutError) as fault:
            report.goal(f"part {name} broke off: {fault}", reached=False)
    print(f"\nReport: {report.write(scratch.ROOT / 'var' / 'load')}")
    return int(any("MISSED" in verdict for verdict in report.verdicts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
