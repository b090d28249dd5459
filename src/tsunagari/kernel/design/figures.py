"""Geometry and words of the small drawings: bullet bars, sparklines, bars of counts.

A drawing is an SVG template; here stand the numbers that it needs and the sentence that says the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, pgettext

BULLET_START = Decimal(0)
BULLET_LENGTH = Decimal(216)
BULLET_ROOM = Decimal(16)
"""Beyond the target there is room for a mark that has passed it; a further one stays at the edge."""

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 112, 32, 4
BAR_WIDTH = Decimal(1000)
BAR_GAP = Decimal(3)


@dataclass(frozen=True, kw_only=True)
class Bullet:
    """Places on a bar from baseline (left) to target (right), in units of its viewBox."""

    start: Decimal
    end: Decimal
    length: Decimal
    expected: Decimal | None
    actual: Decimal | None
    done_from: Decimal
    done_length: Decimal


@dataclass(frozen=True, kw_only=True)
class Spark:
    """A small line: runs of points between gaps, the last point, and where zero lies if it shows."""

    points: int
    runs: tuple[str, ...]
    last_x: Decimal | None
    last_y: Decimal | None
    zero: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many things stand in one status. `kind` chooses colour and icon; `address` filters by it."""

    title: str
    number: int
    kind: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class CountPart:
    """One piece of a bar of counts, on a bar 1000 wide."""

    kind: str
    start: Decimal
    length: Decimal


def bullet(
    baseline: Decimal | None,
    target: Decimal | None,
    expected: Decimal | None = None,
    actual: Decimal | None = None,
) -> Bullet:
    """Places for a bullet bar; falling targets run left to right as well."""

    def place(value: Decimal | None) -> Decimal | None:
        if value is None or target is None or target == origin:
            return None
        share = (value - origin) / (target - origin)
        low, high = -BULLET_ROOM / 2, BULLET_LENGTH + BULLET_ROOM
        return _round(BULLET_START + min(max(share * BULLET_LENGTH, low), high))

    origin = baseline if baseline is not None else Decimal(0)
    reached = place(actual)
    edge = reached if reached is not None else BULLET_START
    return Bullet(
        start=BULLET_START,
        end=BULLET_START + BULLET_LENGTH,
        length=BULLET_LENGTH,
        expected=place(expected),
        actual=reached,
        done_from=BULLET_START,
        done_length=max(edge - BULLET_START, Decimal(0)),
    )


def bullet_words(
    baseline: Decimal | None,
    target: Decimal | None,
    expected: Decimal | None = None,
    actual: Decimal | None = None,
    *,
    unit: str = "",
    digits: int | None = None,
) -> str:
    """What a bullet bar shows, as a sentence."""
    said = (
        (gettext("現状値 %s"), baseline),
        (gettext("目標値 %s"), target),
        (gettext("いまの目安 %s"), expected),
        (gettext("実績 %s"), actual),
    )
    words = [word % (figure(value, digits) + unit) for word, value in said if value is not None]
    if actual is None:
        words.append(gettext("実績はまだありません"))
    return pgettext("between the figures of a sentence", "、").join(words)


def sparkline(values: Sequence[Decimal | None]) -> Spark:
    """A small line through values in order; None is a gap. Zero is in the range when it is near."""
    known = [value for value in values if value is not None]
    if not known:
        return Spark(points=0, runs=(), last_x=None, last_y=None, zero=None)
    low, high = _range(known)
    step = Decimal(SPARK_WIDTH - 2 * SPARK_EDGE) / max(len(values) - 1, 1)
    room = Decimal(SPARK_HEIGHT - 2 * SPARK_EDGE)

    def height(value: Decimal) -> Decimal:
        return _round(SPARK_EDGE + room * (high - value) / (high - low))

    places = [
        None if value is None else (_round(SPARK_EDGE + step * at), height(value))
        for at, value in enumerate(values)
    ]
    last = next(place for place in reversed(places) if place is not None)
    return Spark(
        points=len(known),
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in _runs(places)),
        last_x=last[0],
        last_y=last[1],
        zero=height(Decimal(0)) if low <= 0 <= high else None,
    )


def sparkline_words(
    values: Sequence[Decimal | None], *, unit: str = "", digits: int | None = None
) -> str:
    """What a small line shows, as a sentence: from where to where, lowest and highest."""
    known = [value for value in values if value is not None]
    if not known:
        return gettext("まだ数値がありません")
    return gettext("%(first)sから%(last)sへ（最小%(low)s、最大%(high)s）") % {
        "first": figure(known[0], digits) + unit,
        "last": figure(known[-1], digits) + unit,
        "low": figure(min(known), digits) + unit,
        "high": figure(max(known), digits) + unit,
    }


def counts_parts(counts: Iterable[Count]) -> tuple[CountPart, ...]:
    """The pieces of a bar of counts; nothing is drawn for a count of 0."""
    shown = [count for count in counts if count.number]
    total = sum(count.number for count in shown)
    parts, at = [], Decimal(0)
    for count in shown:
        length = BAR_WIDTH * count.number / total
        parts.append(
            CountPart(
                kind=count.kind, start=_round(at), length=_round(max(length - BAR_GAP, BAR_GAP))
            )
        )
        at += length
    return tuple(parts)


def figure(value: Decimal | None, digits: int | None = None) -> str:
    """A figure with commas; `digits` after the point (None: as many as it has); None is a dash."""
    if value is None:
        return "－"
    if digits is not None:
        return f"{value:,.{digits}f}"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def joined(unit: str) -> str:
    """The unit as it follows its number: 28件, but 28 views and 26.6%."""
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit


def with_unit(value: Decimal, unit: str) -> str:
    """A figure and its unit as people write them side by side."""
    return f"{figure(value)}{joined(unit)}"


def _range(known: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(known), max(known)
    if 0 < low < (high - low):
        low = Decimal(0)
    if low == high:
        return low - 1, high + 1
    return low, high


def _runs(
    places: Iterable[tuple[Decimal, Decimal] | None],
) -> Iterable[list[tuple[Decimal, Decimal]]]:
    run: list[tuple[Decimal, Decimal]] = []
    for place in (*places, None):
        if place is not None:
            run.append(place)
        elif run:
            yield run
            run = []


def _round(value: Decimal) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"))
