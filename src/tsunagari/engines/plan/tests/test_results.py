"""Which figure stands for a year, and when it may be judged: around 1 April in Japan, and with a meter."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tsunagari.engines.plan.models import Value
from tsunagari.engines.plan.queries.results import (
    Metered,
    Stock,
    elapsed,
    forecast_of,
    judged,
    results_of,
)
from tsunagari.engines.plan.rules.progress import Accumulate, Aim, Scale
from tsunagari.kernel.i18n.days import FiscalYear, day_start
from tsunagari.kernel.metering.api import Figure, Point

AIM = Aim(
    direction="up",
    accumulate="flow",
    baseline=Decimal(1000),
    baseline_year=2023,
    target=Decimal(2000),
    target_year=2028,
    yearly={2028: Decimal(2000)},
)
LAST_MINUTE = datetime(2027, 3, 31, 14, 59, tzinfo=UTC)
FIRST_MINUTE = datetime(2027, 3, 31, 15, 1, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _stock(
    *values: Value, metered: Metered | None = None, aim: Aim = AIM, factor: int = 1
) -> Stock:
    return Stock(aim=aim, factor=factor, values=values, evidence={}, metered=metered)


def _months(year: int, values: dict[int, int | None], began: datetime) -> Metered:
    return Metered(
        points=tuple(
            Point(
                start=day_start(month),
                grain="month",
                figure=Figure(
                    value=None if (v := values.get(month.month)) is None else Decimal(v),
                    origin="metered",
                    began_at=began,
                ),
            )
            for month in FiscalYear(year).months
        )
    )


def test_in_the_last_minute_of_march_the_year_is_still_running() -> None:
    metered = _months(2026, dict.fromkeys(range(1, 13), 100), LONG_AGO)
    results = results_of(_stock(metered=metered), LAST_MINUTE)
    assert not results[0].whole
    _, progress = judged(AIM, results, has_meter=True, scale=Scale(), now=LAST_MINUTE)
    assert (progress.status, progress.reason) == ("pending", "year_running")


def test_in_the_first_minute_of_april_in_japan_it_is_over_although_utc_says_march() -> None:
    metered = _months(2026, dict.fromkeys(range(1, 13), 140), LONG_AGO)
    results = results_of(_stock(metered=metered), FIRST_MINUTE)
    assert results[0].whole
    latest, progress = judged(AIM, results, has_meter=True, scale=Scale(), now=FIRST_MINUTE)
    assert latest is not None
    assert latest.value == 1680
    assert progress.status == "on_track"


def test_a_year_in_which_counting_began_is_never_late_even_when_it_is_over() -> None:
    metered = _months(2026, {11: 3, 12: 3}, datetime(2026, 11, 20, tzinfo=UTC))
    results = results_of(_stock(metered=metered), FIRST_MINUTE)
    _, progress = judged(AIM, results, has_meter=True, scale=Scale(), now=FIRST_MINUTE)
    assert (progress.status, progress.reason) == ("pending", "began_this_year")


def test_a_running_year_gives_way_to_the_last_year_that_can_be_judged() -> None:
    entered = Value(fiscal_year=2025, value=Decimal(1400), origin="typed", status="final")
    metered = _months(2026, {4: 5}, LONG_AGO)
    now = datetime(2026, 5, 2, tzinfo=UTC)
    results = results_of(_stock(entered, metered=metered), now)
    latest, progress = judged(AIM, results, has_meter=True, scale=Scale(), now=now)
    assert latest is not None
    assert latest.year == 2025
    assert progress.status == "on_track"


def test_months_entered_by_hand_are_added_up_and_a_missing_one_keeps_the_year_open() -> None:
    months = [
        Value(fiscal_year=2025, month=month, value=Decimal(100), origin="typed", status="final")
        for month in (4, 5, 6, 1)
    ]
    now = datetime(2026, 5, 2, tzinfo=UTC)
    (result,) = results_of(_stock(*months), now)
    assert result.value == 400
    assert not result.whole


def test_a_meter_that_knows_nothing_gives_no_figure_not_a_zero() -> None:
    metered = _months(2026, {}, LONG_AGO)
    assert results_of(_stock(metered=metered), FIRST_MINUTE) == ()
    latest, progress = judged(AIM, (), has_meter=True, scale=Scale(), now=FIRST_MINUTE)
    assert latest is None
    assert progress.reason == "not_begun"


@pytest.mark.parametrize(
    ("moment", "share"),
    [
        (FiscalYear(2027).start, "0"),
        (FiscalYear(2027).end, "1"),
        (datetime(2030, 1, 1, tzinfo=UTC), "1"),
        (datetime(2020, 1, 1, tzinfo=UTC), "0"),
    ],
)
def test_a_leap_years_share_runs_from_0_to_1(moment: datetime, share: str) -> None:
    assert elapsed(FiscalYear(2027), moment) == Decimal(share)


def test_a_ratio_of_months_adds_the_parts_first_and_divides_last() -> None:
    """The peers' fault: 50% of 2 and 10% of 100 are not 30%."""
    aim = replace(AIM, accumulate="ratio", target=Decimal(40), yearly={2028: Decimal(40)})
    months = [
        Value(
            fiscal_year=2025,
            month=month,
            value=Decimal(100 * above) / below,
            numerator=Decimal(above),
            denominator=Decimal(below),
            origin="typed",
            status="final",
        )
        for month, above, below in ((4, 1, 2), (5, 10, 100))
    ]
    (result,) = results_of(_stock(*months, aim=aim, factor=100), FIRST_MINUTE)
    assert round(result.value, 4) == Decimal("10.7843")
    assert (result.numerator, result.denominator) == (Decimal(11), Decimal(102))


def test_a_stored_zero_is_a_figure() -> None:
    zero = Value(fiscal_year=2025, value=Decimal(0), origin="typed", status="final")
    (result,) = results_of(_stock(zero), FIRST_MINUTE)
    assert result.value == 0
    _, progress = judged(AIM, (result,), has_meter=False, scale=Scale(), now=FIRST_MINUTE)
    assert progress.status == "worsening"


def test_a_stored_value_that_says_unknown_is_no_result() -> None:
    unknown = Value(fiscal_year=2025, value=None, origin="typed", status="final")
    assert results_of(_stock(unknown), FIRST_MINUTE) == ()


def test_a_count_of_the_running_year_is_foretold_from_the_years_before() -> None:
    points = [
        point
        for year in (2023, 2024, 2025)
        for point in _months(
            year, {m: 200 if m in (4, 5) else 80 for m in range(1, 13)}, LONG_AGO
        ).points
    ]
    running = _months(2026, {4: 220, 5: 220}, LONG_AGO).points[:3]
    now = datetime(2026, 5, 31, 15, tzinfo=UTC)
    forecast = forecast_of(_stock(metered=Metered(points=(*points, *running))), now)
    assert forecast is not None
    assert (forecast.method, forecast.years) == ("seasonal", (2023, 2024, 2025))
    assert round(forecast.value) == 1320


@pytest.mark.parametrize("accumulate", ["stock", "latest", "ratio"])
def test_only_what_adds_up_over_a_year_is_foretold(accumulate: Accumulate) -> None:
    metered = _months(2026, {4: 220, 5: 220}, LONG_AGO)
    stock = _stock(metered=metered, aim=replace(AIM, accumulate=accumulate))
    assert forecast_of(stock, datetime(2026, 8, 1, tzinfo=UTC)) is None


def test_a_meter_that_began_within_the_year_foretells_nothing() -> None:
    metered = _months(2026, {6: 220, 7: 220}, datetime(2026, 6, 1, tzinfo=UTC))
    assert forecast_of(_stock(metered=metered), datetime(2026, 8, 1, tzinfo=UTC)) is None


def _typed(year: int, month: int, value: int, status: str = "final") -> Value:
    return Value(fiscal_year=year, month=month, value=Decimal(value), origin="typed", status=status)


def test_months_before_the_meter_began_are_added_to_what_it_counts_since() -> None:
    began = datetime(2026, 5, 31, 15, tzinfo=UTC)
    metered = _months(2026, {6: 30, 7: 40}, began)
    (result,) = results_of(
        _stock(_typed(2026, 4, 10), _typed(2026, 5, 20), metered=metered), LAST_MINUTE
    )
    assert (result.value, result.origin, result.whole) == (Decimal(100), "summed", False)
    assert result.began_at is None
    (gap,) = results_of(_stock(_typed(2026, 5, 20), metered=metered), LAST_MINUTE)
    assert (gap.value, gap.began_at) == (Decimal(90), began)


def test_a_year_with_a_revised_month_is_revised_and_not_provisional() -> None:
    months = [_typed(2025, month, 5) for month in range(1, 13)]
    months[3].status = "revised"
    (result,) = results_of(_stock(*months), LAST_MINUTE)
    assert (result.value, result.whole, result.status) == (Decimal(60), True, "revised")


def test_a_whole_year_that_was_entered_keeps_what_the_meter_said() -> None:
    metered = _months(2026, {6: 30, 7: 40}, LONG_AGO)
    year = Value(fiscal_year=2026, month=None, value=Decimal(75), origin="typed", status="final")
    (result,) = results_of(_stock(year, metered=metered), LAST_MINUTE)
    assert (result.value, result.origin, result.counted) == (Decimal(75), "typed", Decimal(70))


YEAR = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def test_a_month_that_is_missing_in_the_middle_is_not_taken_for_zero() -> None:
    months = [_typed(2025, month, 100) for month in YEAR if month != 7]
    (result,) = results_of(_stock(*months), JUNE)
    assert (result.value, result.whole, result.gaps) == (Decimal(1100), False, True)
    _, progress = judged(AIM, (result,), has_meter=False, scale=Scale(), now=JUNE)
    assert (progress.status, progress.reason) == ("pending", "months_missing")


def test_months_without_a_gap_in_a_running_year_have_none() -> None:
    (result,) = results_of(_stock(_typed(2026, 4, 1), _typed(2026, 5, 1)), JUNE)
    assert not result.gaps
    (late,) = results_of(_stock(_typed(2026, 5, 1)), JUNE)
    assert late.gaps


def test_a_year_that_is_over_but_lacks_its_last_months_says_that_months_are_missing() -> None:
    (result,) = results_of(_stock(_typed(2025, 4, 100), _typed(2025, 5, 100)), JUNE)
    _, progress = judged(AIM, (result,), has_meter=False, scale=Scale(), now=JUNE)
    assert progress.reason == "months_missing"


@pytest.mark.parametrize(
    ("accumulate", "month", "whole"),
    [("stock", 9, False), ("stock", 3, True), ("latest", 9, True), ("ratio", 3, False)],
)
def test_a_single_month_makes_a_year_only_where_it_can(
    accumulate: Accumulate, month: int, *, whole: bool
) -> None:
    aim = replace(AIM, accumulate=accumulate)
    value = _typed(2025, month, 1300)
    value.numerator, value.denominator = Decimal(13), Decimal(20)
    (result,) = results_of(_stock(value, aim=aim), JUNE)
    assert result.whole is whole
    assert (result.status == "final") is whole


def test_a_total_of_september_is_judged_by_where_september_should_be() -> None:
    aim = replace(AIM, accumulate="stock")
    (result,) = results_of(_stock(_typed(2025, 9, 1300), aim=aim), JUNE)
    _, progress = judged(aim, (result,), has_meter=False, scale=Scale(), now=JUNE)
    assert progress.expected_share is not None
    assert round(progress.expected_share, 2) == Decimal("0.30")
    assert progress.status == "on_track"


def test_a_total_of_the_running_year_is_judged_by_the_day_on_which_it_was_recorded() -> None:
    aim = replace(AIM, accumulate="stock")
    value = Value(
        fiscal_year=2026,
        value=Decimal(1420),
        origin="typed",
        status="provisional",
        recorded_at=datetime(2026, 4, 20, tzinfo=UTC),
    )
    (result,) = results_of(_stock(value, aim=aim), JUNE)
    assert (result.whole, result.status, result.as_of) == (False, "provisional", value.recorded_at)
    _, progress = judged(aim, (result,), has_meter=False, scale=Scale(), now=JUNE)
    assert progress.expected_share is not None
    assert round(progress.expected_share, 2) == Decimal("0.41")
    assert progress.status == "on_track"
    (later,) = results_of(_stock(value, aim=aim), FIRST_MINUTE)
    assert not later.whole


def test_an_estimate_of_a_year_stands_for_the_whole_year() -> None:
    value = Value(
        fiscal_year=2025,
        value=Decimal(1100),
        origin="estimated",
        status="provisional",
        recorded_at=datetime(2025, 10, 1, tzinfo=UTC),
    )
    (result,) = results_of(_stock(value), JUNE)
    assert result.whole


def _loaded(known: Iterable[int]) -> Metered:
    """A meter that is loaded by the month: these months of 2025, and the table of 2026 has begun."""
    points = (*_months(2025, dict.fromkeys(known, 100), LONG_AGO).points, *_months(2026, {}, LONG_AGO).points[:3])  # fmt: skip
    return Metered(
        points=tuple(
            replace(each, figure=replace(each.figure, origin="loaded", began_at=None))
            for each in points
        )
    )


def test_loaded_months_with_one_typed_among_them_still_lack_the_others() -> None:
    (result,) = results_of(_stock(_typed(2025, 7, 100), metered=_loaded((4, 5, 6))), JUNE)
    assert (result.value, result.whole) == (Decimal(400), False)


@pytest.mark.parametrize("missing", [{3}, {4}, {9}, {1, 2, 3}])
def test_a_loaded_year_that_lacks_months_does_not_pass_for_a_whole_one(missing: set[int]) -> None:
    known = set(range(1, 13)) - missing
    (result,) = results_of(_stock(metered=_loaded(known)), JUNE)
    assert (result.value, result.whole) == (Decimal(100 * len(known)), False)
    assert result.status == "provisional"
    _, progress = judged(AIM, (result,), has_meter=True, scale=Scale(), now=JUNE)
    assert (progress.status, progress.reason) == ("pending", "months_missing")


def test_a_loaded_year_with_all_its_months_is_whole() -> None:
    (result,) = results_of(_stock(metered=_loaded(range(1, 13))), JUNE)
    assert (result.value, result.whole, result.status) == (Decimal(1200), True, "final")


def _later(accumulate: Accumulate) -> tuple[int | None, str, str]:
    """The judgement in November of R8 of a target for R6 that was met then, with less in R7."""
    aim = replace(AIM, accumulate=accumulate, target_year=2024, yearly={2024: Decimal(2000)})
    stock = _stock(
        Value(fiscal_year=2024, value=Decimal(2100), status="final", origin="typed"),
        Value(fiscal_year=2025, value=Decimal(900), status="final", origin="typed"),
        aim=aim,
    )
    now = datetime(2026, 11, 21, tzinfo=UTC)
    latest, progress = judged(aim, results_of(stock, now), has_meter=False, scale=Scale(), now=now)
    return latest.year if latest else None, progress.status, progress.reason


@pytest.mark.parametrize("accumulate", ["flow", "latest", "ratio"])
def test_after_its_targets_year_a_yearly_figure_stays_judged_by_that_year(
    accumulate: Accumulate,
) -> None:
    assert _later(accumulate) == (2024, "achieved", "target_year_over")


def test_a_stock_is_judged_by_what_there_is_now_also_after_its_targets_year() -> None:
    assert _later("stock") == (2025, "worsening", "")


def test_a_stock_that_reaches_its_target_after_the_year_says_so() -> None:
    aim = replace(AIM, accumulate="stock", target_year=2024, yearly={2024: Decimal(2000)})
    stock = _stock(
        Value(fiscal_year=2024, value=Decimal(1900), status="final", origin="typed"),
        Value(fiscal_year=2025, value=Decimal(2000), status="final", origin="typed"),
        aim=aim,
    )
    now = datetime(2026, 11, 21, tzinfo=UTC)
    latest, progress = judged(aim, results_of(stock, now), has_meter=False, scale=Scale(), now=now)
    assert (latest and latest.year, progress.status, progress.reason) == (2025, "achieved", "reached_late")  # fmt: skip
