"""How a month of page views lies over its hours and pages: made up, and always the same from one seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tsunagari.kernel.i18n.days import day_start, next_month

Cell = tuple[datetime, str, str, str]
"""Hour (its first moment, in UTC), service, page and language."""

HOURS_A_DAY = 10
"""Draws of an hour for a day that is told coarsely: ten years must be written within seconds."""
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

    Before `finer_from` a day is told with some of its hours and one page each, from then on with every
    hour and several pages.
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
        finely = day >= shape.finer_from
        for hour, weight in _hours(shape, dice, finely=finely):
            moment = day_start(day).astimezone(UTC) + timedelta(hours=hour)
            share = weight * shape.weekdays[day.weekday()] * dice.uniform(0.85, 1.15)
            for page in _pages(shape, dice, finely=finely):
                cell = (moment, page.service, page.page, page.language)
                weights[cell] = weights.get(cell, 0.0) + share / (PAGES_AN_HOUR if finely else 1)
        day += timedelta(days=1)
    return whole_parts(weights, total)


def _hours(shape: Shape, dice: random.Random, *, finely: bool) -> list[tuple[int, float]]:
    """The hours with which a day is told, each with its weight; all days weigh the same."""
    if finely:
        return [(hour, weight) for hour, weight in enumerate(shape.hours) if weight]
    share = sum(shape.hours) / HOURS_A_DAY
    return [(hour, share) for hour in dice.choices(range(24), shape.hours, k=HOURS_A_DAY)]


def _pages(shape: Shape, dice: random.Random, *, finely: bool) -> list[Page]:
    return dice.choices(
        shape.pages, [page.weight for page in shape.pages], k=PAGES_AN_HOUR if finely else 1
    )


def whole_parts(weights: dict[Cell, float], total: int) -> dict[Cell, int]:
    """`total` shared out by weight in whole numbers that add up to it; parts of nothing are left out."""
    all_weights = sum(weights.values())
    exact = {cell: total * weight / all_weights for cell, weight in weights.items()}
    parts = {cell: int(share) for cell, share in exact.items()}
    missing = total - sum(parts.values())
    for cell in sorted(exact, key=lambda cell: (parts[cell] - exact[cell], cell))[:missing]:
        parts[cell] += 1
    return {cell: count for cell, count in parts.items() if count}
