"""Opens a year of the policy, writes workbooks of it and reads them back; the seconds as JSON."""

import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import django

LONG = "窓口の手続を見直し、予約と書かない窓口を合わせて試した。" * 12


def main(times: int) -> None:
    """The largest division, and all measures of the plan as if they were one division's."""
    django.setup()
    from tsunagari.engines.cycle.actions.open_year import open_year  # noqa: PLC0415 - after setup
    from tsunagari.engines.cycle.models import Cycle, Sheet  # noqa: PLC0415
    from tsunagari.engines.cycle.queries.workbook_sheets import sheets_to_write  # noqa: PLC0415
    from tsunagari.engines.cycle.rules.hands import Hand  # noqa: PLC0415

    now = datetime(2026, 6, 10, tzinfo=UTC)
    hand = Hand(actor="0" * 22, division="joho-suishin", role="secretariat")
    public_id = open_year(plan="policy-2024-2028", year=2025, hand=hand, clock=lambda: now)
    Cycle.objects.update(phase="checking")
    Sheet.objects.update(planned=LONG, q1_note=LONG, done=LONG, comment=LONG, settled=1_200_000)
    cycle = Cycle.objects.get(public_id=public_id)
    codes = Counter(code for s in cycle.sheets.all() for code in (s.division, *s.partners))
    largest = max(codes, key=lambda code: len(sheets_to_write(cycle, hand, division=code, now=now)))
    found = [
        _measured("the largest division", cycle, hand, largest, now, times),
        _measured("a division with every measure", cycle, hand, "", now, times),
    ]
    print(json.dumps(found))


def _measured(  # noqa: PLR0917 - rows of the database have no types before setup
    what: str, cycle: Any, hand: Any, division: str, now: datetime, times: int
) -> dict[str, Any]:
    from tsunagari.engines.cycle.actions.load_sheets import preview_sheets  # noqa: PLC0415
    from tsunagari.engines.cycle.queries.workbook import division_book  # noqa: PLC0415
    from tsunagari.engines.cycle.queries.workbook_sheets import sheets_to_write  # noqa: PLC0415
    from tsunagari.engines.cycle.rules.workbook_reading import read_book  # noqa: PLC0415
    from tsunagari.engines.cycle.rules.workbook_writing import write_book  # noqa: PLC0415

    written, worked, read, data, count = [], [], [], b"", 0
    for _ in range(times + 1):
        begun, worked_before = time.perf_counter(), time.process_time()
        sheets = sheets_to_write(cycle, hand, division=division, now=now)
        content = division_book(cycle, sheets, whose=division, now=now, language="ja")
        data, count = write_book(content), len(content.forms)
        middle = time.perf_counter()
        worked.append(time.process_time() - worked_before)
        outcome = preview_sheets(
            read_book(data).cells, cycle=cycle.public_id, hand=hand, clock=lambda: now
        )
        if outcome.changes or outcome.faults or outcome.conflicts:
            raise RuntimeError(f"an untouched workbook changes something: {outcome}")
        written.append(middle - begun)
        read.append(time.perf_counter() - middle)
    return {
        "what": what,
        "sheets": count,
        "bytes": len(data),
        "written": written[1:],
        "worked": worked[1:],
        "read": read[1:],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
