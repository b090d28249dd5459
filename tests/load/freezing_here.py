"""Fills this installation with a year and closes it: python -m tests.load.freezing_here MEASURES YEARS.

Prints JSON: seconds of closing, of an erratum and of each file; rows of values; bytes that were sealed.
"""

import json
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import django

NOW: Final = datetime(2026, 10, 5, 3, tzinfo=UTC)
YEAR: Final = 2025
CODE: Final = "measured-plan"


def _fill(measures: int, years: int) -> Any:
    """A plan of its own with sheets that only wait to be closed."""
    from tsunagari.engines.cycle.models import Cycle  # noqa: PLC0415 - models are ready only now
    from tsunagari.engines.plan.actions.turn_edition import turn_edition  # noqa: PLC0415
    from tsunagari.engines.plan.models import Plan, Section  # noqa: PLC0415

    plan = Plan.objects.create(
        code=CODE, letter="L", kind="plan", name="測る計画", short_name="測る計画", source="測るため",
        list_name="取組", first_year=2021, last_year=2028, labels=Plan.objects.earliest("pk").labels,
    )  # fmt: skip
    section = Section.objects.create(plan=plan, code="list", name="取組", order=1)
    cycle = Cycle.objects.create(
        plan=CODE, fiscal_year=YEAR, phase="acting", opened_at=NOW, staff_cost=8_000_000
    )
    for number in range(1, measures + 1):
        _measure(cycle, plan, section, number, years)
    turn_edition()
    return cycle


def _measure(cycle: Any, plan: Any, section: Any, number: int, years: int) -> None:
    from tsunagari.engines.plan.models import Indicator, Measure, Target, Value  # noqa: PLC0415

    measure = Measure.objects.create(
        plan=plan, section=section, number=str(number), name=f"取組その{number}", kind="indicator",
        divisions=["shimin"], purpose="測るため。", outline="測るための取組。" * 5, order=number,
    )  # fmt: skip
    indicator = Indicator.objects.create(
        measure=measure, name=f"手続の件数{number}", unit="件", accumulate="flow", direction="up",
        baseline_year=YEAR - years + 1, order=1,
    )  # fmt: skip
    Target.objects.create(indicator=indicator, fiscal_year=2028, value=Decimal(30_000), set_at=NOW)
    Value.objects.bulk_create(
        Value(
            indicator=indicator,
            fiscal_year=year,
            month=month,
            value=Decimal(1000 + 7 * number + 13 * month + year % 17),
            origin="loaded",
            status="final",
            source="測るため",
            recorded_at=NOW,
        )
        for year in range(YEAR - years + 1, YEAR + 1)
        for month in range(1, 13)
    )
    _sheet(cycle, measure, number)


def _sheet(cycle: Any, measure: Any, number: int) -> None:
    from tsunagari.engines.cycle.models import Decision, Opinion, Sheet  # noqa: PLC0415

    text = "市民が使いやすいように進め、課ごとに確かめながら広げた。" * 8
    sheet = Sheet.objects.create(
        cycle=cycle, measure=measure.public_id, division="shimin", order=number, plan_state="accepted",
        check_state="accepted", planned=text, done=text, comment=text, q1_note=text, q2_note=text,
        budget=1_000_000, settled=900_000, staff_years=Decimal("0.5"), grade="B",
    )  # fmt: skip
    Opinion.objects.create(cycle=cycle, sheet=sheet, text=text, answer=text, made_at=NOW)
    decision = Decision.objects.create(
        cycle=cycle,
        kind="continue",
        reason=text,
        from_year=YEAR + 1,
        decided_at=NOW,
        carried_at=NOW,
    )
    decision.sheets.add(sheet)


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

    cycle = _fill(measures, years)
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
