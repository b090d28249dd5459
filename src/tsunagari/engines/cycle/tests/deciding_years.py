"""A year of the policy that stands at 見直し, and decisions about it as tests write them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
import yaml
from pytest_django.plugin import DjangoDbBlocker
from tests.module_rows import module_rows

from tsunagari.engines.cycle.actions.carry_out import carry_out, preview
from tsunagari.engines.cycle.actions.decide import decide
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.rules.decisions import WantedDecision, WantedHeir, WantedRevision
from tsunagari.engines.cycle.rules.deeds import Outcome
from tsunagari.engines.cycle.tests.years import (
    NISHITOKYO,
    NOW,
    PLAN,
    SECRETARIAT,
    YEAR,
    at,
    load_city,
    moved_to,
    opened,
    sheet_of,
)
from tsunagari.engines.plan import api as plan_api


@pytest.fixture(scope="module")
def reviewed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The city's plans, divisions and drivers with last year at 見直し, written once for a module."""
    with module_rows(django_db_blocker) as rows:
        load_city(at())
        said = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
        codes = {entry["code"] for entry in said["divisions"]}
        plan_api.load_surroundings(NISHITOKYO, divisions=codes, clock=at())
        acting_year()
        rows.written()
        yield


def acting_year() -> Cycle:
    """Last year, at 見直し."""
    found = Cycle.objects.filter(plan=PLAN, fiscal_year=YEAR).first()
    return found or moved_to(opened(), "acting")


def head(number: str) -> plan_api.MeasureHead:
    """A measure of the policy."""
    return next(each for each in plan_api.measure_heads(PLAN, "ja") if each.number == number)


def state(number: str) -> plan_api.MeasureState:
    """A measure of the policy with its figures."""
    page = plan_api.measure_page(PLAN, number, now=NOW, language="ja")
    assert page is not None
    return page.measure


def heir(
    number: str, *origins: str, name: str = "", indicators: Sequence[str] | None = None
) -> WantedHeir:
    """A new measure with all the indicators of its origins."""
    heads = [head(each) for each in origins] or [head("2")]
    all_of = [each.public_id for one in heads for each in one.indicators] if origins else []
    return WantedHeir(
        number=number,
        name=name or f"取組{number}",
        section=heads[0].section,
        divisions=heads[0].divisions or ("joho-suishin",),
        indicators=tuple(all_of if indicators is None else indicators),
        planned="はじめの年度にすること",
    )


def wanted(cycle: Cycle, kind: str, *numbers: str, **more: object) -> WantedDecision:
    """A decision about measures by their numbers."""
    sheets = [sheet_of(cycle, number).public_id for number in numbers]
    given: dict[str, object] = {"reason": "一年の結果を踏まえて", **more}
    return WantedDecision(kind=kind, sheets=tuple(sheets), **given)  # type: ignore[arg-type]  # as it has them


def decided(cycle: Cycle, kind: str, *numbers: str, **more: object) -> str:
    """A decision that is kept."""
    return decide(
        cycle=cycle.public_id,
        wanted=wanted(cycle, kind, *numbers, **more),
        hand=SECRETARIAT,
        clock=at(),
    )


def carried(cycle: Cycle, from_year: int | None = None) -> Outcome:
    """All open decisions, looked at and carried out."""
    shown = preview(cycle=cycle.public_id, from_year=from_year, hand=SECRETARIAT, clock=at())
    return carry_out(
        cycle=cycle.public_id, seen=shown.seen, from_year=from_year, hand=SECRETARIAT, clock=at()
    )


def with_target(year: int = 2028) -> tuple[str, plan_api.IndicatorState, Decimal]:
    """The number of a measure, its indicator and that one's target in a fiscal year."""
    board = plan_api.plan_board(PLAN, now=NOW, language="ja")
    assert board is not None
    return next(
        (measure.number, indicator, target.value)
        for measure in board.measures
        for indicator in measure.indicators
        for target in indicator.targets
        if target.year == year
    )


def staged(cycle: Cycle, criteria: str = "") -> tuple[str, Sheet]:
    """The number and sheet of a measure in the stage of research, with criteria that were set beforehand."""
    board = plan_api.plan_board(PLAN, now=NOW, language="ja")
    assert board is not None
    measure = next(
        each
        for each in board.measures
        if each.kind == "staged" and any(line.word == "research" for line in each.stages)
    )
    sheet = sheet_of(cycle, measure.number)
    Sheet.objects.filter(pk=sheet.pk).update(criteria=criteria)
    sheet.refresh_from_db()
    return measure.number, sheet


def revision(
    new: Decimal | None, year: int = 2028, reason: str = "実績を踏まえて"
) -> tuple[str, WantedRevision]:
    """A measure's number, and its target revised."""
    number, indicator, old = with_target(year)
    return number, WantedRevision(
        indicator=indicator.public_id, fiscal_year=year, old=old, new=new, reason=reason
    )
