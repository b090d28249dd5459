"""Sums of many years are compared a month at a time, and each year by itself."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tsunagari.kernel.i18n.days import FiscalYear, japan
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.ledger.declare import Projection
from tsunagari.kernel.metering.actions import recompute as recomputing
from tsunagari.kernel.metering.actions.absorb_views import absorb_views
from tsunagari.kernel.metering.actions.count_events import count_events, counted_names
from tsunagari.kernel.metering.actions.count_views import ViewCounter
from tsunagari.kernel.metering.actions.recompute import EVENTS, Difference, recompute
from tsunagari.kernel.metering.declare import Counter
from tsunagari.kernel.metering.models import Rollup
from tsunagari.kernel.metering.tests.happenings import grow
from tsunagari.kernel.metering.tests.meters import PLANTED, VIEWS, declared

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025, 2027, 2030)
"""Fiscal years in which something was counted; between them years without anything."""
MOMENTS = [
    datetime(2024, 4, 1, 3, tzinfo=UTC),
    datetime(2025, 3, 31, 14, 59, tzinfo=UTC),  # the last minute of fiscal year 2024
    datetime(2025, 3, 31, 15, tzinfo=UTC),
    datetime(2026, 1, 31, 14, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 3, tzinfo=UTC),
    datetime(2030, 12, 31, 15, tzinfo=UTC),
]


@pytest.fixture
def counted() -> Iterator[None]:
    """Four fiscal years with trees planted and pages read."""
    with declared():
        for number, moment in enumerate(MOMENTS):
            grow(clock=lambda: moment, trees=number + 1, kind=f"k{number}")  # noqa: B023 - called at once
            counter = ViewCounter(now=moment.timestamp)
            counter.count("trees", "home", "ja")
            counter.flush()
        ledger.sequence()
        while ledger.advance(Projection(id=EVENTS, names=counted_names, apply=count_events)):
            pass
        absorb_views()
        yield


def _spoil(meter: Counter) -> None:
    """In every fiscal year a wrong sum of each grain."""
    for year in map(FiscalYear, YEARS):
        within = Rollup.objects.filter(
            meter=meter.id, slice="", start__gte=year.start, start__lt=year.end
        )
        for grain in ("hour", "day", "month", "fiscal_year"):
            wrong = within.filter(grain=grain).order_by("start")[0]
            Rollup.objects.filter(pk=wrong.pk).update(total=1000)


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("meter", [PLANTED, VIEWS], ids=lambda meter: meter.id)
def test_differences_of_every_year_are_told_and_set_right(meter: Counter) -> None:
    assert recompute(meter=meter, mend=False) == 0
    _spoil(meter)
    told: list[Difference] = []
    assert recompute(meter=meter, mend=False, tell=told.append) == 16
    assert {(FiscalYear.at(each.start).year, each.grain) for each in told} == {
        (year, grain) for year in YEARS for grain in ("hour", "day", "month", "fiscal_year")
    }
    assert {each.held for each in told} == {1000}
    assert recompute(meter=meter, mend=True) == 16
    assert recompute(meter=meter, mend=False) == 0
    kept = ledger.happened("metering.sums_mended")
    assert [(each.data["fiscal_year"], each.data["periods"]) for each in kept] == [
        (year, 4) for year in YEARS
    ]


@pytest.mark.usefixtures("counted")
def test_sums_that_nothing_was_counted_for_are_found_too() -> None:
    Rollup.objects.create(
        meter=PLANTED.id, grain="day", start=FiscalYear(2035).start, slice="", total=7
    )
    told: list[Difference] = []
    recompute(meter=PLANTED, mend=True, tell=told.append)
    assert [(each.grain, each.held, each.counted) for each in told] == [("day", 7, 0)]


@pytest.mark.usefixtures("counted")
def test_no_more_than_a_months_sums_are_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compare = recomputing._differences
    seen: list[set[tuple[int, int]]] = []

    def watch(meter: Counter, held: Mapping[Any, int], counted: Mapping[Any, int], *rest: Any, **more: Any) -> list[Difference]:  # fmt: skip
        months = {
            (japan(start).year, japan(start).month)
            for grain, start, _ in {*held, *counted}
            if grain != "fiscal_year"
        }
        seen.append(months)
        return compare(meter, held, counted, *rest, **more)

    monkeypatch.setattr(recomputing, "_differences", watch)
    recompute(meter=PLANTED, mend=False)
    assert max(len(months) for months in seen) == 1
    assert len(seen) == 13 * len(YEARS), "years without anything are passed over"


@pytest.mark.usefixtures("counted")
def test_the_command_tells_every_sum_and_ends_with_their_number() -> None:
    _spoil(PLANTED)
    out = StringIO()
    with pytest.raises(CommandError, match="16 sums disagree"):
        call_command("meters", "recompute", "--check", "--meter", PLANTED.id, stdout=out)
    assert len(out.getvalue().splitlines()) == 16
    assert "trees.planted: fiscal_year 2030-04-01 00:00 [all] held 1000, counted 6; left as it stands." in out.getvalue()  # fmt: skip
