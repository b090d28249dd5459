"""The days over which use of the site is looked at: whole days up to yesterday, beside as many days before."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from tsunagari.kernel.i18n.days import FiscalYear, month_start, next_month

Key = Literal["7", "30", "year"]
KEYS: Final[tuple[Key, ...]] = ("7", "30", "year")

Span = tuple[Literal["day", "month"], date, date]
"""A grain, and the first days of the first and of the last day or month that it takes."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Days:
    """Days in Japan from `first` to `last`, both with them."""

    first: date
    last: date

    @property
    def number(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Period:
    """What is looked at, and with what it is compared: as many days, just before, or at the beginning of the
    fiscal year before."""

    key: Key
    now: Days
    before: Days


def period(key: str, today: date) -> Period:
    """The last 7 or 30 days up to yesterday, or the fiscal year of yesterday up to then; 30 days for any other key."""
    last = today - _DAY
    if key == "year":
        year = FiscalYear.of(last)
        earlier = FiscalYear(year.year - 1)
        length = (last - year.first_day).days
        end = min(earlier.first_day + timedelta(days=length), earlier.last_day)
        return Period(
            key="year",
            now=Days(first=year.first_day, last=last),
            before=Days(first=earlier.first_day, last=end),
        )
    number = 7 if key == "7" else 30
    first = last - (number - 1) * _DAY
    return Period(
        key="7" if key == "7" else "30",
        now=Days(first=first, last=last),
        before=Days(first=first - number * _DAY, last=first - _DAY),
    )


def spans(days: Days) -> tuple[Span, ...]:
    """The same days as single days, whole months and single days: a year costs no more than two months of days."""
    begin = days.first if days.first.day == 1 else next_month(days.first)
    end = month_start(days.last + _DAY)
    if begin >= end:
        return (("day", days.first, days.last),)
    found: list[Span] = []
    if days.first < begin:
        found.append(("day", days.first, begin - _DAY))
    found.append(("month", begin, month_start(end - _DAY)))
    if end <= days.last:
        found.append(("day", end, days.last))
    return tuple(found)
