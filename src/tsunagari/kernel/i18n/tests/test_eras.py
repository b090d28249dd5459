"""Eras at their edges: last and first days, fiscal years across a change, what never was."""

import re
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tsunagari.kernel.i18n import eras
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import DateRefused

DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2117, 12, 31))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("令和6年4月1日", date(2024, 4, 1)),
        ("令和６年 ４月 １日（月）", date(2024, 4, 1)),
        ("R6.4.1", date(2024, 4, 1)),
        ("ｒ６．４．１", date(2024, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("㋿6/2/29", date(2024, 2, 29)),
        ("2024-04-01", date(2024, 4, 1)),
        ("2024/4/1", date(2024, 4, 1)),
        ("20240401", date(2024, 4, 1)),
    ],
)
def test_a_day_is_read_in_every_way_offices_write_it(written: str, meant: date) -> None:
    assert eras.parse_day(written) == meant


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("令和元年4月30日", "令和元年5月1日 からです。平成31年4月30日 ではありませんか"),
        ("平成31年5月1日", "平成31年4月30日 までです。令和元年5月1日 ではありませんか"),
        ("令和5年2月29日", "という日付はありません"),
        ("2024-13-01", "という日付はありません"),
        ("令和0年1月1日", "元年（1年）から"),
        ("明治5年12月2日", "1873年（明治6年）1月1日から"),
        ("きのう", "日付として読めません"),
    ],
)
def test_a_day_that_never_was_is_refused_with_the_day_that_was_meant(
    written: str, sentence: str
) -> None:
    with pytest.raises(DateRefused, match=sentence):
        eras.parse_day(written)


@pytest.mark.parametrize(
    "written",
    [
        "2026年4月",
        "令和8年4月",
        "R8.4",
        "２０２６－０４",
        "2026-04",
        "2026/4",
        "202604",
        "2026年4月分",
    ],
)
def test_a_month_cell_is_read_in_every_way(written: str) -> None:
    assert eras.parse_month(written) == date(2026, 4, 1)


def test_a_reader_of_english_is_told_the_day_in_both_ways() -> None:
    wanted = (
        "The era Reiwa (令和) began on 1 May 2019 (令和元年5月1日). "
        "Did you mean 30 April 2019 (平成31年4月30日)?"
    )
    with override("en"), pytest.raises(DateRefused, match=re.escape(wanted)):
        eras.parse_day("令和元年4月30日")


def test_a_month_outside_its_era_is_refused() -> None:
    with pytest.raises(DateRefused, match="令和元年5月1日 ではありませんか"):
        eras.parse_month("平成31年5月")


@pytest.mark.parametrize(
    ("first", "last", "name", "english"),
    [
        (2014, 2018, "平成26〜30年度", "FY2014–2018"),
        (2013, 2022, "平成25〜令和4年度", "FY2013–2022"),
        (2019, 2023, "令和元〜5年度", "FY2019–2023"),
        (2024, 2024, "令和6年度", "FY2024"),
    ],
)
def test_years_in_a_row_say_an_era_once(first: int, last: int, name: str, english: str) -> None:
    years = FiscalYear(first), FiscalYear(last)
    assert eras.format_fiscal_years(*years) == name
    assert eras.format_fiscal_years(*years, language="en") == english


@pytest.mark.parametrize(
    ("year", "name", "short"),
    [
        (2024, "令和6年度", "R6"),
        (2019, "令和元年度", "R1"),
        (2018, "平成30年度", "H30"),
        (1989, "平成元年度", "H1"),
        (1988, "昭和63年度", "S63"),
    ],
)
def test_fiscal_years_bear_the_name_offices_use(year: int, name: str, short: str) -> None:
    assert eras.format_fiscal_year(FiscalYear(year)) == name
    assert eras.format_fiscal_year(FiscalYear(year), short=True) == short
    assert eras.format_fiscal_year(FiscalYear(year), language="en") == f"FY{year}"


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("平成31年度", 2019),
        ("平成33年度", 2021),
        ("FY2024", 2024),
        ("R6", 2024),
        ("２０２４年度", 2024),
    ],
)
def test_fiscal_years_of_plans_older_than_the_era_are_read_as_meant(
    written: str, year: int
) -> None:
    assert eras.parse_fiscal_year(written) == FiscalYear(year)


def test_a_day_is_written_with_weekday_in_both_languages() -> None:
    day = date(2026, 11, 20)
    assert eras.format_day(day, weekday=True) == "令和8年11月20日（金）"
    assert eras.format_day(day, era=False) == "2026年11月20日"
    assert eras.format_day(day, language="en", weekday=True) == "Friday, 20 November 2026"
    assert eras.format_month(day) == "令和8年11月"
    assert eras.format_month(day, language="en") == "November 2026"
    assert eras.format_weekday(day) == "金曜日"


@given(day=DAYS, era=st.booleans(), weekday=st.booleans())
def test_every_day_written_reads_back(day: date, *, era: bool, weekday: bool) -> None:
    assert eras.parse_day(eras.format_day(day, era=era, weekday=weekday)) == day


@given(DAYS)
def test_every_short_day_and_iso_day_reads_back(day: date) -> None:
    assert eras.parse_day(eras.format_day_short(day)) == day
    assert eras.parse_day(day.isoformat()) == day


@given(DAYS)
def test_every_fiscal_year_written_reads_back(day: date) -> None:
    year = FiscalYear.of(day if day >= date(1873, 4, 1) else date(1873, 4, 1))
    assert eras.parse_fiscal_year(eras.format_fiscal_year(year)) == year
