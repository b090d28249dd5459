"""Japan's days, months and years while the server runs in UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.i18n import days
from tsunagari.kernel.i18n.days import FiscalYear

MOMENTS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)).flatmap(
    lambda day: st.times().map(lambda time: datetime.combine(day, time, UTC))
)


def test_the_last_second_of_31_march_in_japan_belongs_to_the_old_fiscal_year() -> None:
    midnight = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
    assert FiscalYear.at(midnight - timedelta(microseconds=1)) == FiscalYear(2025)
    assert FiscalYear.at(midnight) == FiscalYear(2026)
    assert days.japan_day(midnight - timedelta(microseconds=1)) == date(2026, 3, 31)
    assert days.japan_day(midnight) == date(2026, 4, 1)
    assert FiscalYear(2026).start == midnight == FiscalYear(2025).end


def test_a_leap_day_has_its_own_day_and_its_fiscal_year_366_days() -> None:
    assert days.japan_day(datetime(2024, 2, 28, 15, 0, tzinfo=UTC)) == date(2024, 2, 29)
    assert FiscalYear(2023).end - FiscalYear(2023).start == timedelta(days=366)
    assert FiscalYear(2024).end - FiscalYear(2024).start == timedelta(days=365)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        days.japan_day(datetime(2026, 4, 1))  # noqa: DTZ001 - the point of the test


def test_a_fiscal_year_has_twelve_months_from_april() -> None:
    assert FiscalYear(2024).months[0] == date(2024, 4, 1)
    assert FiscalYear(2024).months[8:10] == (date(2024, 12, 1), date(2025, 1, 1))
    assert FiscalYear(2024).months[-1] == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), False),  # 勤労感謝の日
        (date(2026, 9, 22), False),  # 国民の休日 between two holidays
        (date(2026, 5, 6), False),  # 振替休日
        (date(2026, 12, 28), True),
        (date(2026, 12, 29), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
    ],
)
def test_the_office_is_open_on_business_days_only(day: date, *, opened: bool) -> None:
    assert days.is_business_day(day) is opened


def test_business_days_skip_new_year() -> None:
    assert days.business_day_from(date(2026, 12, 29)) == date(2027, 1, 4)
    assert days.business_days_after(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert days.business_days_after(date(2026, 11, 20), 2) == date(2026, 11, 25)
    with pytest.raises(ValueError, match="forward"):
        days.business_days_after(date(2026, 11, 20), -1)


@given(MOMENTS)
def test_every_moment_lies_in_its_day_and_fiscal_year(moment: datetime) -> None:
    day = days.japan_day(moment)
    assert days.day_start(day) <= moment < days.day_start(day + timedelta(days=1))
    year = FiscalYear.at(moment)
    assert year.start <= moment < year.end
    assert days.month_start(day) in year.months
    assert days.hour_start(moment) <= moment


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_the_next_month_begins_the_day_after_this_one_ends(day: date) -> None:
    assert days.month_start(days.next_month(day) - timedelta(days=1)) == days.month_start(day)
