"""A plan of its own with a year that only waits to be closed, for parts that measure the year's work."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

NOW: Final = datetime(2026, 10, 5, 3, tzinfo=UTC)
YEAR: Final = 2025
CODE: Final = "measured-plan"


def fill(measures: int, years: int, divisions: Sequence[str] = ("shimin",)) -> Any:
    """A plan of its own, its measures spread over `divisions`, with sheets that only wait to be closed; the year."""
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
        _measure(cycle, plan, section, number, years, divisions[number % len(divisions)])
    turn_edition()
    return cycle


def _measure(  # noqa: PLR0917 - rows of the database have no types before setup
    cycle: Any, plan: Any, section: Any, number: int, years: int, division: str
) -> None:
    from tsunagari.engines.plan.models import Indicator, Measure, Target, Value  # noqa: PLC0415

    measure = Measure.objects.create(
        plan=plan, section=section, number=str(number), name=f"取組その{number}", kind="indicator",
        divisions=[division], purpose="測るため。", outline="測るための取組。" * 5, order=number,
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
    _sheet(cycle, measure, number, division)


def _sheet(cycle: Any, measure: Any, number: int, division: str) -> None:
    from tsunagari.engines.cycle.models import Decision, Opinion, Sheet  # noqa: PLC0415

    text = "市民が使いやすいように進め、課ごとに確かめながら広げた。" * 8
    sheet = Sheet.objects.create(
        cycle=cycle, measure=measure.public_id, division=division, order=number, plan_state="accepted",
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
