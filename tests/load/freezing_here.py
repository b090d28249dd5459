"""Fills this installation with a year and closes it: python -m tests.load.freezing_here MEASURES YEARS.

Prints JSON: seconds of closing, of an erratum and of each file; rows of values; bytes that were sealed.
"""

import json
import sys
import time
from datetime import datetime
from typing import Any

import django

from tests.load.measured_year import CODE, NOW, YEAR, fill


def _timed(what: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = what()
    return time.perf_counter() - begun, made


def _processor(what: Any) -> tuple[float, Any]:
    """Seconds of the processor: what other programmes of the machine take is not in them."""
    begun = time.process_time()
    made = what()
    return time.process_time() - begun, made


def main(measures: int, years: int) -> dict[str, Any]:
    """Fill, close, correct, make every file."""
    from tsunagari.engines.cycle.actions.correct_year import correct_year  # noqa: PLC0415
    from tsunagari.engines.cycle.actions.freeze_year import freeze_year  # noqa: PLC0415
    from tsunagari.engines.cycle.actions.keep_file import keep_file  # noqa: PLC0415
    from tsunagari.engines.cycle.models import Frozen  # noqa: PLC0415
    from tsunagari.engines.cycle.queries.files import KINDS  # noqa: PLC0415
    from tsunagari.engines.cycle.rules.corrections import Correction  # noqa: PLC0415
    from tsunagari.engines.cycle.rules.hands import Hand  # noqa: PLC0415
    from tsunagari.engines.plan.models import Indicator, Value  # noqa: PLC0415

    cycle = fill(measures, years)
    hand = Hand(actor="s" * 22, division="joho-suishin", role="secretariat")

    def clock() -> datetime:
        return NOW

    freeze, (processor, version) = _timed(
        lambda: _processor(
            lambda: freeze_year(cycle=cycle.public_id, reason="", hand=hand, clock=clock)
        )
    )
    files = {
        kind: _timed(lambda kind=kind: keep_file(version=version, kind=kind, language="ja", clock=clock))[0]
        for kind in KINDS
    }  # fmt: skip
    indicator = Indicator.objects.get(measure__plan__code=CODE, measure__number="1")
    place = Correction(measure="1", place=f"{indicator.public_id}.{YEAR}", text="12345")
    erratum, _ = _timed(
        lambda: correct_year(
            cycle=cycle.public_id,
            corrections=[place],
            reason="測るため",
            seen=1,
            hand=hand,
            clock=clock,
        )
    )
    return {
        "freeze": freeze,
        "processor": processor,
        "erratum": erratum,
        "files": files,
        "values": Value.objects.filter(indicator__measure__plan__code=CODE).count(),
        "content": len(Frozen.objects.get(version=1).content.encode()),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
