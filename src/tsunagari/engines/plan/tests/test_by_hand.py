"""Which targets somebody set by hand, and when a year's figures came in: the pack's own are told apart."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.tests.conftest import CODE, NOW

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 21, 3, tzinfo=UTC)


def _indicator() -> Indicator:
    return Indicator.objects.get(measure__plan__code=CODE, measure__number="8", order=1)


def test_targets_of_the_pack_are_nobodys_hand(both_plans: None) -> None:
    assert api.targets_by_hand(CODE) == ()
    assert api.targets_by_hand("no-such-plan") == ()


def test_a_target_set_by_hand_is_told_with_its_reason(both_plans: None) -> None:
    indicator = _indicator()
    api.set_target(indicator=indicator, year=2027, value=Decimal(50), now=NOW)
    api.set_target(indicator=indicator, year=2026, value=Decimal(40), now=NOW, reason=" 実績から ")
    api.turn_edition()
    told = {each.year: (each.indicator, each.reason) for each in api.targets_by_hand(CODE)}
    assert told == {2026: (indicator.public_id, "実績から"), 2027: (indicator.public_id, "")}


def test_the_last_figure_of_a_year_says_when_it_came_in(both_plans: None) -> None:
    indicator = _indicator()
    for value, now in ((40, NOW), (41, LATER)):
        api.set_value(
            indicator=indicator,
            year=2025,
            value=Decimal(value),
            origin="typed",
            status="final",
            source="",
            now=now,
        )
    api.turn_edition()
    assert api.recorded_in_year(CODE, 2025)[indicator.public_id] == LATER
    assert indicator.public_id not in api.recorded_in_year(CODE, 2026)
