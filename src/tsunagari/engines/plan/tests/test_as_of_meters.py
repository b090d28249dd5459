"""What a meter said on the evening of a past day, as far as its sums tell: days are added up, later ones left out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.tests.conftest import CODE
from tsunagari.kernel.i18n.days import day_start
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.models import Began, GaugeValue, LoadedFigure, Loading, Rollup
from tsunagari.kernel.metering.tests.meters import (
    ALL,
    DONATED,
    PER_PLANTING,
    PLANTED,
    PLANTINGS,
    STANDING,
    declared,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
BEGAN = datetime(2024, 3, 31, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def known_since_2024() -> None:
    """The plan's targets stand since it began."""
    indicator = Indicator.objects.get(measure__plan__code=CODE, measure__number="2")
    indicator.targets.update(set_at=BEGAN)


def _said(meter: str, on: date | None, accumulate: str = "flow") -> Decimal | None:
    """What measure 2 says of fiscal year 2025 when this meter is behind it."""
    Indicator.objects.filter(measure__plan__code=CODE, measure__number="2").update(
        meter=meter, accumulate=accumulate, factor=1, baseline_year=None
    )
    api.turn_edition()
    page = api.measure_page(CODE, "2", now=LATER, language="ja", on=on)
    assert page is not None
    results = page.measure.indicators[0].results
    return next((each.value for each in results if each.year == 2025), None)


def _count(meter: str, days: dict[date, int]) -> None:
    """Sums as the meter keeps them: by day and by month."""
    Began.objects.update_or_create(meter=meter, defaults={"at": BEGAN})
    months: dict[date, int] = {}
    for day, count in days.items():
        months[day.replace(day=1)] = months.get(day.replace(day=1), 0) + count
        Rollup.objects.create(meter=meter, grain="day", start=day_start(day), slice="", total=count)
    for month, count in months.items():
        Rollup.objects.create(
            meter=meter, grain="month", start=day_start(month), slice="", total=count
        )


def test_a_count_is_that_of_the_days_up_to_then() -> None:
    days = {date(2025, 5, 31): 100, date(2025, 6, 1): 10, date(2025, 6, 20): 5, date(2025, 7, 1): 3}
    with declared(PLANTED):
        _count(PLANTED.id, days)
        assert _said(PLANTED.id, date(2025, 5, 30)) is None
        assert _said(PLANTED.id, date(2025, 5, 31)) == 100
        assert _said(PLANTED.id, date(2025, 6, 19)) == 110
        assert _said(PLANTED.id, date(2025, 6, 20)) == 115
        assert _said(PLANTED.id, date(2025, 7, 1)) == 118
        assert _said(PLANTED.id, None) == 118


def test_a_share_keeps_numerator_and_denominator_of_the_days() -> None:
    with declared(PLANTED, PLANTINGS, PER_PLANTING):
        _count(PLANTED.id, {date(2025, 6, 1): 10, date(2025, 6, 20): 90})
        _count(PLANTINGS.id, {date(2025, 6, 1): 4, date(2025, 6, 20): 6})
        assert _said(PER_PLANTING.id, date(2025, 6, 19), "ratio") == Decimal("2.5")
        assert _said(PER_PLANTING.id, date(2025, 6, 20), "ratio") == 10


def test_a_state_is_the_last_one_read_by_then() -> None:
    with declared(STANDING):
        Began.objects.create(meter=STANDING.id, at=BEGAN)
        for day, trees in ((1, 40), (10, 41), (25, 50)):
            read = day_start(date(2025, 6, day)) + timedelta(hours=5)
            GaugeValue.objects.create(
                meter=STANDING.id, day=date(2025, 6, day), slice="", value=trees, read_at=read
            )
        assert _said(STANDING.id, date(2025, 6, 9), "stock") == 40
        assert _said(STANDING.id, date(2025, 6, 24), "stock") == 41
        assert _said(STANDING.id, date(2025, 6, 30), "stock") == 50


def test_what_came_from_outside_later_is_not_known_yet_not_even_in_a_sum() -> None:
    with declared(PLANTED, DONATED, ALL):
        _count(PLANTED.id, {date(2025, 4, 2): 7})
        loaded_at = day_start(date(2025, 5, 12))
        loading = Loading.objects.create(meter=DONATED.id, content="x", way="file", actor="", division="midori", loaded_at=loaded_at)  # fmt: skip
        LoadedFigure.objects.create(
            meter=DONATED.id, month=date(2025, 4, 1), value=30, loading=loading
        )
        assert _said(DONATED.id, date(2025, 5, 11)) is None
        assert _said(DONATED.id, date(2025, 5, 12)) == 30
        assert _said(ALL.id, date(2025, 5, 11)) == 7
        assert _said(ALL.id, date(2025, 5, 12)) == 37


def test_a_meter_that_had_not_begun_says_nothing() -> None:
    with declared(PLANTED):
        _count(PLANTED.id, {date(2025, 6, 20): 5})
        Began.objects.update(at=day_start(date(2025, 6, 25)))
        assert _said(PLANTED.id, date(2025, 6, 24)) is None
        assert _said(PLANTED.id, date(2025, 6, 25)) == 5


def test_a_page_of_a_past_day_costs_a_few_queries_more_than_todays() -> None:
    def cost(on: date | None) -> int:
        api.plan_board(CODE, now=LATER, language="ja", on=on)
        with CaptureQueriesContext(connection) as asked:
            api.plan_board(CODE, now=LATER, language="ja", on=on)
        return len(asked)

    assert metering.declared()
    assert cost(date(2025, 6, 30)) <= cost(None) + 6
