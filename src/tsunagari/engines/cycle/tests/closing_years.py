"""A year of the policy that only waits to be closed: sheets accepted, opinions, decisions carried out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.conf import settings

from tsunagari.engines.cycle.actions.freeze_year import freeze_year
from tsunagari.engines.cycle.models import Cycle, Decision, Opinion, QuarterFigure, Sheet
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.tests.years import load_city as load_divisions_and_plans
from tsunagari.engines.plan import api as plan_api

CODE: Final = "policy-2024-2028"
YEAR: Final = 2025
NOW: Final = datetime(2026, 10, 5, 3, tzinfo=UTC)
NISHITOKYO: Final = Path(settings.ROOT) / "cities" / "nishitokyo"

SECRETARIAT: Final = Hand(actor="s" * 22, division="joho-suishin", role="secretariat")
CLERK: Final = Hand(actor="c" * 22, division="kenko", role="member")


def clock() -> datetime:
    """October, when everything has been decided."""
    return NOW


def load_city() -> None:
    """Divisions and both plans of Nishitokyo, loaded when everything has been decided."""
    load_divisions_and_plans(clock)


def indicator_of(number: str, order: int = 1) -> plan_api.IndicatorState:
    """An indicator of the policy as it stands."""
    page = plan_api.measure_page(CODE, number, now=NOW, language="ja")
    assert page is not None
    return next(each for each in page.measure.indicators if each.order == order)


def enter(number: str, year: int, value: str) -> None:
    """A result that stands in the plan."""
    plan_api.correct_result(
        indicator=indicator_of(number).public_id,
        year=year,
        value=Decimal(value),
        source="課の集計",
        reason="",
        actor=CLERK.actor,
        division=CLERK.division,
        now=datetime(2026, 5, 1, tzinfo=UTC),
    )


def acting_year(year: int = YEAR, *, decided: bool = True) -> Cycle:
    """A year in its last phase before closing; every measure has a sheet."""
    cycle = Cycle.objects.create(
        plan=CODE, fiscal_year=year, phase="acting", opened_at=NOW, staff_cost=8_000_000
    )
    heads = plan_api.measure_heads(CODE, "ja")
    for place, head in enumerate(heads, start=1):
        sheet = _sheet(cycle, head, place)
        if decided:
            decision = Decision.objects.create(
                cycle=cycle,
                kind="continue",
                reason="おおむね計画どおりに進んだため。",
                from_year=year + 1,
                decided_at=NOW,
                actor=SECRETARIAT.actor,
                carried_at=NOW,
            )
            decision.sheets.add(sheet)
    return cycle


def _sheet(cycle: Cycle, head: plan_api.MeasureHead, place: int) -> Sheet:
    return Sheet.objects.create(
        cycle=cycle,
        measure=head.public_id,
        division=head.divisions[0],
        order=place,
        plan_state="accepted",
        check_state="accepted",
        planned=f"{head.name}を進める。",
        q1_plan="準備する。",
        q1_note="準備した。",
        budget=1_200_000,
        done=f"{head.name}を進めた。",
        settled=1_000_000,
        from_tokyo=400_000,
        staff_years=Decimal("0.50"),
        fitness="A",
        effect="B",
        efficiency="B",
        grade="B",
        comment="目標どおりに進んだ。",
        next_planned="引き続き進める。",
    )


def add_voices(cycle: Cycle, number: str) -> None:
    """An opinion on a measure with its answer, one on the year without, and a quarter's figure."""
    heads = {each.number: each for each in plan_api.measure_heads(CODE, "ja")}
    sheet = cycle.sheets.get(measure=heads[number].public_id)
    Opinion.objects.create(
        cycle=cycle, sheet=sheet, text="高齢者への案内を増やしてはどうか。", made_at=NOW, actor="k" * 22,
        answer="窓口での案内を増やします。",
    )  # fmt: skip
    Opinion.objects.create(cycle=cycle, text="全体に進みがよい。", made_at=NOW, actor="k" * 22)
    indicator = heads[number].indicators[0].public_id
    QuarterFigure.objects.create(sheet=sheet, indicator=indicator, quarter=2, value=Decimal("12.5"))


def freeze(cycle: Cycle, *, reason: str = "", hands: Sequence[Hand] = (SECRETARIAT,)) -> str:
    """Close the year; the public id of its first version."""
    return freeze_year(cycle=cycle.public_id, reason=reason, hand=hands[0], clock=clock)
