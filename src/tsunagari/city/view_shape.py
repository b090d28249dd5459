"""How a month of page views lies over its hours and pages: made up, and always the same from one seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tsunagari.kernel.i18n.days import day_start, next_month

Cell = tuple[datetime, str, str, str]
"""Hour (its first moment, in UTC), service, page and language."""

PAGES_AN_HOUR = 3
"""Among how many pages an hour is shared out where the past is told finely."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that was read, and how often compared with the others."""

    service: str
    page: str
    language: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Weights of the 24 hours of a day in Japan, of Monday to Sunday, and of the pages.

    Before `finer_from` each hour is told with one page, from then on with several.
    """

    seed: int
    hours: Sequence[int]
    weekdays: Sequence[int]
    pages: Sequence[Page]
    finer_from: date


def spread(shape: Shape, month: date, total: int) -> dict[Cell, int]:
    """The `total` views of the month that begins on `month`, to the last one, by hour and page."""
    dice = random.Random(f"{shape.seed}/{month:%Y-%m}")  # noqa: S311 - a town is made up, no secret
    weights: dict[Cell, float] = {}
    day = month
    while day < next_month(month):
        for hour in range(24):
            weight = shape.weekdays[day.weekday()] * shape.hours[hour] * dice.uniform(0.85, 1.15)
            moment = day_start(day).astimezone(UTC) + timedelta(hours=hour)
            _share(weights, shape, dice, moment, weight, finely=day >= shape.finer_from)
        day += timedelta(days=1)
    return whole_parts(weights, total)


def _share(
    weights: dict[Cell, float],
    shape: Shape,
    dice: random.Random,
    moment: datetime,
    weight: float,
    *,
    finely: bool,
) -> None:
    """Lay the weight of an hour on pages that are drawn for it."""
    chosen = dice.choices(
        shape.pages, [page.weight for page in shape.pages], k=PAGES_AN_HOUR if finely else 1
    )
    for page in chosen:
        cell = (moment, page.service, page.page, page.language)
        weights[cell] = weights.get(cell, 0.0) + weight / len(chosen)


def whole_parts(weights: dict[Cell, float], total: int) -> dict[Cell, int]:
    """`total` shared out by weight in whole numbers that add up to it; parts of nothing are left out."""
    all_weights = sum(weights.values())
    exact = {cell: total * weight / all_weights for cell, weight in weights.items()}
    parts = {cell: int(share) for cell, share in exact.items()}
    missing = total - sum(parts.values())
    for cell in sorted(exact, key=lambda cell: (parts[cell] - exact[cell], cell))[:missing]:
        parts[cell] += 1
    return {cell: count for cell, count in parts.items() if count}
