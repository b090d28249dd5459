"""A plan as it stood at the end of a fiscal year: the same in every language, and judged by its own figures."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F

from tsunagari.engines.plan import api
from tsunagari.engines.plan.models import Indicator
from tsunagari.engines.plan.queries import closed_years, snapshot
from tsunagari.engines.plan.tests.conftest import CODE
from tsunagari.kernel.i18n.days import day_start
from tsunagari.kernel.metering.models import Began, Rollup
from tsunagari.kernel.metering.tests.meters import PLANTED, declared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("both_plans")]
RUNNING = datetime(2026, 2, 20, 3, tzinfo=UTC)
OVER = datetime(2026, 10, 5, 3, tzinfo=UTC)


def test_a_meter_that_counts_on_meanwhile_says_the_same_in_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indicator = Indicator.objects.get(measure__plan__code=CODE, measure__number="2")
    Indicator.objects.update(meter="")
    Indicator.objects.filter(pk=indicator.pk).update(
        meter=PLANTED.id, accumulate="flow", factor=1, baseline_year=None
    )
    api.turn_edition()
    Began.objects.create(meter=PLANTED.id, at=datetime(2024, 3, 31, 15, tzinfo=UTC))
    for grain in ("day", "month"):
        Rollup.objects.create(
            meter=PLANTED.id, grain=grain, start=day_start(date(2026, 2, 1)), slice="", total=7
        )
    read = snapshot.snapshot

    def counted_on(language: str) -> Any:
        if language == "en":
            Rollup.objects.filter(meter=PLANTED.id).update(total=F("total") + 1)
        return read(language)

    monkeypatch.setattr(closed_years, "snapshot", counted_on)
    with declared(PLANTED):
        told = api.closed_years(CODE, 2025, now=RUNNING, languages=["ja", "en"])
    for year in told.values():
        (state,) = [
            each
            for measure in year.board.measures
            for each in measure.indicators
            if each.public_id == indicator.public_id
        ]
        assert {each.year: each.value for each in state.results} == {2025: Decimal(7)}
        assert year.months[indicator.public_id][10] == 7
    assert list(told) == ["ja", "en"]
    assert Rollup.objects.filter(total=8).count() == 2


def _told(number: str, year: int, now: datetime) -> api.IndicatorState:
    closed = api.closed_years(CODE, year, now=now, languages=["ja"])["ja"]
    (measure,) = [each for each in closed.board.measures if each.number == number]
    return measure.indicators[0]


def _enter(year: int) -> None:
    """100 for measure 2."""
    api.correct_result(
        indicator=Indicator.objects.get(measure__plan__code=CODE, measure__number="2").public_id,
        year=year,
        value=Decimal(100),
        source="課の集計",
        reason="",
        actor="",
        division="",
        now=OVER,
    )


def test_a_year_that_is_over_waits_for_its_own_figure() -> None:
    Indicator.objects.update(meter="", accumulate="flow")
    api.turn_edition()
    _enter(2024)
    assert _told("2", 2024, OVER).progress.status not in ("no_result", "pending")
    after = _told("2", 2025, OVER)
    assert (after.progress.status, after.latest) == ("no_result", None)
    assert [each.year for each in after.results if each.year >= 2024] == [2024]
    assert (
        _told("2", 2025, RUNNING).latest is not None
    )  # while it runs, the last year is told as on the pages


def test_a_survey_stands_until_the_next() -> None:
    Indicator.objects.update(meter="", accumulate="latest")
    _enter(2024)
    latest = _told("2", 2025, OVER).latest
    assert latest is not None
    assert latest.year == 2024
