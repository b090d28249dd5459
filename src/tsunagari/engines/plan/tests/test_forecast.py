"""The forecast of a running year: seasonal where whole years stand behind it, by days where none does."""

from decimal import Decimal

import pytest

from tsunagari.engines.plan.rules.forecast import Forecast, Months, foretell

D = Decimal
EVEN: Months = (D(100),) * 12
SPRING: Months = (D(600), D(600), *(D(0),) * 10)


def _foretell(
    so_far: str | None,
    earlier: dict[int, Months],
    *,
    month: int = 5,
    elapsed: str = "0.5",
    month_elapsed: str = "1",
) -> Forecast | None:
    return foretell(
        year=2026,
        so_far=None if so_far is None else D(so_far),
        elapsed=D(elapsed),
        month=month,
        month_elapsed=D(month_elapsed),
        earlier=earlier,
    )


def test_half_an_even_year_foretells_twice_what_came_in() -> None:
    forecast = _foretell("660", {2025: EVEN})
    assert forecast == Forecast(
        year=2026, value=D(1320), so_far=D(660), share=D("0.5"), method="seasonal", years=(2025,)
    )


def test_what_comes_in_spring_is_not_doubled_in_autumn() -> None:
    forecast = _foretell("1300", {2025: SPRING})
    assert forecast is not None
    assert forecast.value == 1300


def test_a_running_month_counts_by_its_days() -> None:
    forecast = _foretell("550", {2025: EVEN}, month_elapsed="0.5")
    assert forecast is not None
    assert forecast.value == 1200


def test_years_are_summed_first_and_divided_last_and_only_the_last_three_count() -> None:
    small: Months = (D(1),) * 6 + (D(0),) * 6
    forecast = _foretell("500", {2021: SPRING, 2023: EVEN, 2024: EVEN, 2025: small})
    assert forecast is not None
    assert forecast.years == (2023, 2024, 2025)
    assert forecast.share == D(1206) / D(2406)


def test_without_a_whole_year_before_the_days_decide() -> None:
    forecast = _foretell("300", {2025: (None, *(D(5),) * 11)})
    assert forecast is not None
    assert (forecast.method, forecast.value, forecast.years) == ("days", D(600), ())


def test_a_year_in_which_nothing_was_counted_is_no_pattern() -> None:
    forecast = _foretell("300", {2025: (D(0),) * 12})
    assert forecast is not None
    assert forecast.method == "days"


@pytest.mark.parametrize("elapsed", ["0", "0.09", "1"])
def test_too_early_or_too_late_nothing_is_foretold(elapsed: str) -> None:
    assert _foretell("300", {2025: EVEN}, elapsed=elapsed) is None


def test_what_is_not_known_foretells_nothing_but_a_zero_does() -> None:
    assert _foretell(None, {2025: EVEN}) is None
    zero = _foretell("0", {2025: EVEN})
    assert zero is not None
    assert zero.value == 0


def test_where_most_comes_at_the_end_a_first_trickle_foretells_nothing() -> None:
    winter: Months = (*(D(1),) * 6, *(D(0),) * 5, D(1000))
    assert _foretell("6", {2025: winter}) is None
