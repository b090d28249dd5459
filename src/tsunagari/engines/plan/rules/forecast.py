"""Where the running year will end, from the share of a year that had come in by this date before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

YEARS_BACK: Final = 3
"""How many whole years the seasonal share rests on, at most."""

EARLIEST: Final = Decimal("0.1")
"""Before this share of the year has passed nothing is foretold: too little has come in."""

Months = Sequence[Decimal | None]
"""The twelve months of a fiscal year, April first; None where nothing is known."""


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """A foretold year's figure, to be marked 見込.

    `share` is the part of the year's figure that had come in by this date, `so_far` what has come in.
    method "seasonal": the share is that of `years`; "days": no whole year before, so the share of days.
    """

    year: int
    value: Decimal
    so_far: Decimal
    share: Decimal
    method: Literal["seasonal", "days"]
    years: tuple[int, ...] = ()


def foretell(
    *,
    year: int,
    so_far: Decimal | None,
    elapsed: Decimal,
    month: int,
    month_elapsed: Decimal,
    earlier: Mapping[int, Months],
) -> Forecast | None:
    """The running year's flow; None where it cannot be told honestly.

    `elapsed` is the share of the year's days that have passed, `month` the running month's place from
    April (0 to 11) and `month_elapsed` the share of it that has passed. `earlier` holds the months of
    years before; only whole years with something counted are used, the last YEARS_BACK of them, their
    parts summed first and divided last.
    """
    if so_far is None or not EARLIEST <= elapsed < 1:
        return None
    whole = {y: _known(months) for y, months in earlier.items() if y < year}
    used = sorted(y for y, months in whole.items() if months and sum(months) > 0)[-YEARS_BACK:]
    if used:
        come_in = sum((_by_date(whole[y], month, month_elapsed) for y in used), Decimal(0))
        total = sum((sum(whole[y], Decimal(0)) for y in used), Decimal(0))
        share = come_in / total
        if share < EARLIEST:
            return None
        return Forecast(
            year=year,
            value=so_far / share,
            so_far=so_far,
            share=share,
            method="seasonal",
            years=tuple(used),
        )
    return Forecast(year=year, value=so_far / elapsed, so_far=so_far, share=elapsed, method="days")


def _known(months: Months) -> tuple[Decimal, ...]:
    """The twelve months when all are known, else nothing."""
    known = tuple(month for month in months if month is not None)
    return known if len(known) == 12 else ()


def _by_date(months: Sequence[Decimal], month: int, month_elapsed: Decimal) -> Decimal:
    return sum(months[:month], Decimal(0)) + months[month] * month_elapsed
