"""Counters of events: every hour, day, month and fiscal year of Japan, each event once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.declare import Projection
from tsunagari.kernel.metering import api, queries, tasks
from tsunagari.kernel.metering.actions.absorb_views import note_reached
from tsunagari.kernel.metering.actions.begin import begin
from tsunagari.kernel.metering.actions.count_events import count_events, counted_names
from tsunagari.kernel.metering.actions.recompute import EVENTS, Difference, recompute
from tsunagari.kernel.metering.models import Rollup
from tsunagari.kernel.metering.rules import period
from tsunagari.kernel.metering.tests.happenings import grow
from tsunagari.kernel.metering.tests.meters import EVERY, PLANTED, PLANTINGS, declared

pytestmark = pytest.mark.django_db
COUNTING = Projection(id=EVENTS, names=counted_names, apply=count_events)

NEW_YEAR_EVE = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)
"""23:59:59 on 31 March in Japan, on a server that runs in UTC."""
NEW_YEAR = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
"""0:00 on 1 April in Japan."""


def _count(at: datetime, **grown: Any) -> None:
    grow(clock=lambda: at, **grown)


def _catch_up() -> None:
    ledger.sequence()
    while ledger.advance(COUNTING):
        pass


def _values(meter: str, grain: api.Grain, start: datetime, end: datetime) -> list[Decimal | None]:
    return [point.figure.value for point in api.series(meter, grain=grain, start=start, end=end)]


def test_the_last_second_of_march_and_the_first_of_april_fall_into_two_fiscal_years() -> None:
    with declared():
        _count(NEW_YEAR_EVE, trees=3)
        _count(NEW_YEAR, trees=5)
        _catch_up()
        for grain in ("hour", "day", "month", "fiscal_year"):
            assert api.figure("trees.planted", grain=grain, start=NEW_YEAR_EVE).value == 3
            assert api.figure("trees.planted", grain=grain, start=NEW_YEAR).value == 5


def test_a_leap_day_has_its_own_figure() -> None:
    leap = datetime(2028, 2, 29, 1, tzinfo=UTC)
    with declared():
        _count(leap, trees=2)
        _catch_up()
        days = _values("trees.planted", "day", datetime(2028, 2, 27, 15, tzinfo=UTC), datetime(2028, 3, 1, 15, tzinfo=UTC))  # fmt: skip
    assert days == [None, Decimal(2), None]


def test_an_event_is_counted_by_each_meter_that_counts_it_and_by_its_dimensions() -> None:
    with declared():
        _count(NEW_YEAR, kind="oak", trees=2, division="midori")
        _count(NEW_YEAR, kind="pine", trees=1)
        _catch_up()
        assert api.figure("trees.plantings", grain="day", start=NEW_YEAR).value == 2
        parts = api.slices("trees.planted", grain="fiscal_year", start=NEW_YEAR)
        assert parts == (
            ({"division": "midori", "kind": "oak", "watered": ""}, 2),
            ({"division": "", "kind": "pine", "watered": ""}, 1),
        )
        assert api.slices("trees.planted", grain="day", start=NEW_YEAR, by=("division",)) == (
            ({"division": "midori"}, 2),
            ({"division": ""}, 1),
        )


def test_a_clock_set_back_neither_loses_nor_doubles_an_event() -> None:
    with declared():
        _count(NEW_YEAR, trees=1)
        _catch_up()
        _count(NEW_YEAR_EVE, trees=1)
        _catch_up()
        assert api.figure("trees.planted", grain="fiscal_year", start=NEW_YEAR).value == 1
        assert api.figure("trees.planted", grain="fiscal_year", start=NEW_YEAR_EVE).value == 1
        assert recompute(meter=PLANTED, mend=False) == 0


def test_nothing_counted_is_nothing_known_before_the_beginning_and_zero_after_it() -> None:
    with declared():
        begin(clock=lambda: NEW_YEAR)
        from_before = api.figure("trees.plantings", grain="month", start=NEW_YEAR_EVE)
        assert from_before.value is None
        assert api.figure("trees.plantings", grain="month", start=NEW_YEAR).value is None
        _count(NEW_YEAR)
        _catch_up()
        note_reached("events", clock=lambda: datetime(2027, 5, 2, tzinfo=UTC))
        after = datetime(2027, 5, 1, tzinfo=UTC)
        assert api.figure("trees.plantings", grain="month", start=after).value == 0
        assert api.figure("trees.plantings", grain="month", start=after).began_at == NEW_YEAR


def test_a_dashboard_costs_the_same_however_much_was_counted(
    django_assert_max_num_queries: object,
) -> None:
    with declared():
        for number in range(30):
            _count(datetime(2026, 4 + number % 8, 2, number % 24, tzinfo=UTC), kind=f"k{number}")
        _catch_up()
        with django_assert_max_num_queries(3):  # type: ignore[operator] # pytest-django's
            points = api.series("trees.planted", grain="month", start=datetime(2026, 3, 31, 15, tzinfo=UTC), end=NEW_YEAR)  # fmt: skip
    assert sum(point.figure.value or 0 for point in points) == 30


def test_the_hour_of_an_event_shows_what_the_ledger_holds_of_it() -> None:
    with declared():
        for trees in (2, 3):
            _count(NEW_YEAR, trees=trees)
        _count(NEW_YEAR - timedelta(seconds=1), trees=9)
        _catch_up()
        hour = period("hour", NEW_YEAR)
        found = queries.trace("trees.planted", hour)
        assert (found.records, found.recorded) == (2, 5)
        assert found.figure.value == 5
        assert queries.trace("trees.plantings", hour).recorded == 2
        _retained(sealed_at=NEW_YEAR + timedelta(minutes=5))
        assert queries.trace("trees.planted", hour).records is None


def test_many_meters_cost_no_more_queries_than_one(django_assert_max_num_queries: object) -> None:
    with declared(), django_assert_max_num_queries(5):  # type: ignore[operator] # pytest-django's
        found = queries.figures([meter.id for meter in EVERY], grain="fiscal_year", start=NEW_YEAR)
    assert set(found) == {meter.id for meter in EVERY}


def test_recomputing_finds_a_sum_that_was_changed_and_sets_it_right() -> None:
    with declared():
        for hour in range(5):
            _count(datetime(2026, 11, 20, hour, tzinfo=UTC), trees=2, watered=hour % 2 == 0)
        _catch_up()
        Rollup.objects.filter(meter="trees.planted", grain="day", slice="").update(total=99)
        Rollup.objects.filter(meter="trees.planted", grain="hour").first().delete()  # type: ignore[union-attr] # there are some
        found: list[Difference] = []
        recompute(meter=PLANTED, mend=False, tell=found.append)
        assert {(each.grain, each.held, each.counted) for each in found} == {("day", 99, 10), ("hour", 0, 2)}  # fmt: skip
        recompute(meter=PLANTED, mend=True)
        assert recompute(meter=PLANTED, mend=False) == 0


def _retained(*, sealed_at: datetime) -> None:
    ledger.catch_up()
    while ledger.seal(at_once=True, clock=lambda: sealed_at):
        pass
    out = StringIO()
    call_command("ledger", "retain", "--before", "2030-01-01", stdout=out)
    assert out.getvalue().startswith("1 batches were emptied")


def test_recomputing_after_retention_emptied_everything_leaves_every_sum() -> None:
    with declared():
        _count(NEW_YEAR, trees=3)
        _catch_up()
        _retained(sealed_at=NEW_YEAR + timedelta(minutes=5))
        assert recompute(meter=PLANTED, mend=True) == 0
        assert api.figure("trees.planted", grain="hour", start=NEW_YEAR).value == 3


def test_an_event_that_committed_late_does_not_let_recomputing_doubt_what_retention_removed() -> (
    None
):
    with declared():
        _count(NEW_YEAR, trees=3)
        _catch_up()
        _retained(sealed_at=NEW_YEAR + timedelta(minutes=5))
        _count(NEW_YEAR_EVE, trees=1)
        _catch_up()
        assert recompute(meter=PLANTED, mend=True) == 0
        assert api.figure("trees.planted", grain="hour", start=NEW_YEAR).value == 3


def test_a_word_too_long_for_a_slice_is_counted_all_the_same() -> None:
    with declared():
        _count(NEW_YEAR, kind="西東京いこいの森公園のけやき" * 14, division="midori")
        _count(NEW_YEAR, kind="西東京いこいの森公園のけやき" * 13, division="midori")
        _catch_up()
        assert api.figure("trees.planted", grain="hour", start=NEW_YEAR).value == 2
        parts = api.slices("trees.planted", grain="hour", start=NEW_YEAR)
        assert [(part["division"], count) for part, count in parts] == [("midori", 1)] * 2
        assert all(part["kind"].startswith("西東京") for part, _ in parts)
        assert recompute(meter=PLANTED, mend=False) == 0


def test_a_meter_that_joins_later_is_recomputed_from_where_it_began() -> None:
    with declared(PLANTED):
        begin(clock=lambda: NEW_YEAR_EVE)
        _count(NEW_YEAR, trees=3)
        _catch_up()
    with declared(PLANTED, PLANTINGS):
        _catch_up()
        begin(clock=lambda: NEW_YEAR + timedelta(hours=2))
        _count(NEW_YEAR + timedelta(hours=3))
        _catch_up()
        assert recompute(meter=PLANTINGS, mend=False) == 0


def test_figures_are_as_of_now_only_when_every_event_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "system_clock", lambda: NEW_YEAR)
    with declared():
        _count(NEW_YEAR_EVE)
        _catch_up()
        _count(NEW_YEAR_EVE)
        tasks.add_up_views()
        assert api.figure("trees.planted", grain="day", start=NEW_YEAR_EVE).as_of is None
        _catch_up()
        tasks.add_up_views()
        assert api.figure("trees.planted", grain="day", start=NEW_YEAR_EVE).as_of == NEW_YEAR


def test_a_truth_value_is_the_same_slice_when_counted_and_when_recomputed() -> None:
    with declared():
        _count(NEW_YEAR, watered=True)
        _count(NEW_YEAR, watered=False)
        _catch_up()
        assert recompute(meter=PLANTED, mend=False) == 0
