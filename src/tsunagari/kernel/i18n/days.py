"""Days, hours, months and fiscal years of Japan, derived here and nowhere else.

Moments are stored in UTC; a city thinks in Japan time (UTC+9, no summer time since 1952). A fiscal
year (年度) runs from 1 April to 31 March (地方自治法 第208条).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import jpholiday

JAPAN = ZoneInfo("Asia/Tokyo")


def japan(moment: datetime) -> datetime:
    """The same moment on a clock in Japan. A moment without a zone is refused."""
    if moment.tzinfo is None:
        raise ValueError(
            "A moment needs a zone: pass an aware datetime, for example from the clock."
        )
    return moment.astimezone(JAPAN)


def japan_day(moment: datetime) -> date:
    """The calendar day in Japan at `moment`."""
    return japan(moment).date()


def day_start(day: date) -> datetime:
    """The first moment of a day in Japan, in UTC."""
    return datetime.combine(day, time(), JAPAN).astimezone(UTC)


def hour_start(moment: datetime) -> datetime:
    """The first moment of the hour of `moment`, in UTC (Japan is whole hours away from it)."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def month_start(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


@dataclass(frozen=True, order=True)
class FiscalYear:
    """年度: named by the calendar year in which it begins; 2024 is 令和6年度."""

    year: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The fiscal year that holds a day in Japan."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """The fiscal year that is running in Japan at `moment`."""
        return cls.of(japan_day(moment))

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.year, 4, 1)

    @property
    def last_day(self) -> date:
        """31 March of the next calendar year."""
        return date(self.year + 1, 3, 31)

    @property
    def start(self) -> datetime:
        """The first moment of the year, in UTC."""
        return day_start(self.first_day)

    @property
    def end(self) -> datetime:
        """The first moment after the year, in UTC."""
        return day_start(self.last_day + timedelta(days=1))

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its twelve months, April first."""
        return tuple(
            date(self.year + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)
        )


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def is_holiday(day: date) -> bool:
    """Whether `day` is a national holiday (国民の祝日に関する法律, with 振替休日 and 国民の休日)."""
    return bool(jpholiday.is_holiday(day))


def is_business_day(day: date) -> bool:
    """Whether a city office is open: not 土日祝, not 29 December to 3 January (地方自治法 第4条の2)."""
    new_year = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)
    return day.weekday() < 5 and not new_year and not is_holiday(day)


def business_day_from(day: date) -> date:
    """`day` itself if the office is open, else the next day on which it is."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def business_days_after(day: date, count: int) -> date:
    """The day that is `count` open days after `day`, which itself is not counted (初日不算入, 民法 第140条)."""
    if count < 0:
        raise ValueError(f"business days are counted forward; {count} is less than 0")
    for _ in range(count):
        day = business_day_from(day + timedelta(days=1))
    return day
