"""Layers of a chart in Vega-Lite: places are computed here in pixels, so that what is drawn is what is meant."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language, pgettext

from tsunagari.kernel.design.chart_labels import wide
from tsunagari.kernel.design.figures import figure

FONT: Final = "Noto Sans JP Variable, Noto Sans JP, Noto Sans CJK JP, sans-serif"
INK, SOFT, FAINT = "#1a1a1a", "#4d4d4d", "#cccccc"
WHITE: Final = "#ffffff"
Layer = dict[str, Any]
_ERA_YEAR: Final = re.compile(r"(平成|令和)(元|\d+)(?:年度?)?")
_LETTERS: Final = {"平成": "H", "令和": "R"}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One place on the horizontal axis: its name (令和7年度), a small second line (2025), its value."""

    label: str
    value: Decimal | None
    small: str = ""

    @property
    def short(self) -> str:
        """The name where there is little room: R7 for 令和7年度, 2025 for FY2025."""
        era = _ERA_YEAR.fullmatch(self.label)
        if era:
            return f"{_LETTERS[era[1]]}{'1' if era[2] == '元' else era[2]}"
        return self.label.removeprefix("FY")


@dataclass(frozen=True)
class Series:
    """One line or row of bars: its name, its marks, its colour and dashes (none: a full line)."""

    name: str
    marks: Sequence[Mark]
    colour: str
    dash: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """Room for a drawing in pixels; on a narrow one names stand inside and axis names are short."""

    width: int
    height: int
    left: int
    narrow: bool


WIDE: Final = Canvas(width=600, height=260, left=56, narrow=False)
NARROW: Final = Canvas(width=264, height=220, left=48, narrow=True)


@dataclass(frozen=True)
class Place:
    """Where a name of the horizontal axis stands, in pixels, with its short and small forms."""

    at: float
    name: str
    short: str
    small: str


@dataclass(frozen=True)
class Scale:
    """The vertical axis: its ends and step, and the number that one of its numbers stands for (10,000 for 万)."""

    low: Decimal
    high: Decimal
    step: Decimal
    height: int
    each: Decimal

    def words(self) -> list[tuple[Decimal, str]]:
        """The values with a line, and what is written at them."""
        count = int((self.high - self.low) / self.step) + 1
        return [
            (value, figure(value / self.each))
            for value in (self.low + self.step * at for at in range(count))
        ]

    def at(self, value: Decimal) -> float:
        """The height of a value, in pixels from the top."""
        return round(self.height * float((self.high - value) / (self.high - self.low)), 2)


def bar_spec(canvas: Canvas, series: Series, unit: str) -> Layer:
    """The specification of a chart of bars."""
    places = places_of(canvas, [series.marks])
    scale = scale_of(canvas, [mark.value for mark in series.marks if mark.value is not None])
    half = canvas.width / max(len(places), 1) * 0.35
    known = [(places[mark.label].at, mark.value) for mark in series.marks if mark.value is not None]
    bars = [
        {"x": at - half, "x2": at + half, "y": scale.at(value), "y2": scale.at(Decimal(0))}
        for at, value in known
    ]
    telling = {max(known, key=lambda one: one[1]), known[-1]} if known else set()
    numbers = [
        text(at, scale.at(value) - 12, figure(value), size=13, colour=INK, bold=True)
        for at, value in telling
    ]
    drawn = marks_layer({"type": "rect", "color": series.colour}, bars)
    return whole(
        canvas,
        [grid(canvas, scale, unit), drawn, *numbers, *axis(canvas, places)],
        left=left_of(canvas, scale),
        right=16,
    )


def places_of(canvas: Canvas, marks: Sequence[Sequence[Mark]]) -> dict[str, Place]:
    """Every name of the axis with its place, evenly spaced."""
    labels = {mark.label: mark for one in marks for mark in one}
    room = canvas.width / max(len(labels), 1)
    return {
        label: Place(round(room * (at + 0.5), 2), label, mark.short, mark.small)
        for at, (label, mark) in enumerate(labels.items())
    }


def scale_of(canvas: Canvas, values: Sequence[Decimal]) -> Scale:
    """Lowest and highest of the axis and its step: zero is always on it."""
    top, bottom = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    span = float(top - bottom) or 1.0
    size = 10 ** math.floor(math.log10(span / 4))
    step = Decimal(str(size)) * next(n for n in (1, 2, 5, 10) if size * n >= span / 4.5)
    high = max(math.ceil(top / step), 1) * step
    # A line on the upper edge would leave no room for its name.
    room = step if high == top and canvas.narrow else 0
    each = next((each for each in _magnitudes() if max(high, -bottom) >= each * 10), Decimal(1))
    return Scale(math.floor(bottom / step) * step, high + room, step, canvas.height, each)


def _magnitudes() -> dict[Decimal, str]:
    """How large numbers are counted in the reader's language, largest first: 億 and 万, or million and thousand."""
    if (get_language() or "ja").startswith("ja"):
        return {Decimal(100_000_000): "億", Decimal(10_000): "万"}
    return {Decimal(1_000_000): "million ", Decimal(1_000): "thousand "}


def _unit(scale: Scale, unit: str) -> str:
    return (
        pgettext("unit of an axis", "（%s）") % f"{_magnitudes().get(scale.each, '')}{unit}".strip()
    )


def grid(canvas: Canvas, scale: Scale, unit: str) -> Layer:
    """The lines and numbers of the vertical axis; zero's line is dark."""
    lines = [
        marks_layer(
            {"type": "rule", "color": INK if value == 0 else FAINT},
            [{"x": 0, "x2": canvas.width, "y": scale.at(value)}],
        )
        for value, _ in scale.words()
    ]
    words = [
        text(-10, scale.at(value), said, align="right", size=13) for value, said in scale.words()
    ]
    # The unit stands above the axis at its left end, so that every number reads with it.
    corner = text(4 - left_of(canvas, scale), -22, _unit(scale, unit), align="left", size=13)
    return {"layer": [*lines, *words, corner]}


def left_of(canvas: Canvas, scale: Scale) -> int:
    """Room for the numbers of the axis."""
    return max(canvas.left, 18 + round(max(wide(said) for _, said in scale.words())))


def axis(canvas: Canvas, places: dict[str, Place]) -> list[Layer]:
    """Names of the places: whole, else short; where these would touch too, only every second, third …"""
    short = canvas.narrow or _every(canvas, places, short=False) > 1
    every = _every(canvas, places, short=short)
    shown = [place for at, place in enumerate(places.values()) if at % every == 0]
    return [
        *(
            text(place.at, canvas.height + 20, _named(place, short=short), size=13, colour=INK)
            for place in shown
        ),
        *(
            text(place.at, canvas.height + 38, place.small, size=11)
            for place in shown
            if place.small
        ),
    ]


def _every(canvas: Canvas, places: dict[str, Place], *, short: bool) -> int:
    """How many places one name needs."""
    widest = max(
        (
            max(wide(_named(place, short=short), 13), wide(place.small, 11))
            for place in places.values()
        ),
        default=1,
    )
    return max(1, math.ceil(len(places) * (widest + 6) / canvas.width))


def _named(place: Place, *, short: bool) -> str:
    return place.short if short else place.name


def text(
    x: float,
    y: float,
    words: str,
    *,
    align: str = "center",
    size: int = 14,
    colour: str = SOFT,
    bold: bool = False,
    halo: bool = False,
) -> Layer:
    """One line of words; `halo` keeps it readable over lines."""
    mark: dict[str, Any] = {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "fontSize": size,
        "color": colour,
    }
    if bold:
        mark["fontWeight"] = "bold"
    data = [{"x": round(x, 2), "y": round(y, 2), "words": words}]
    if not halo:
        return marks_layer(mark, data)
    ground = {**mark, "color": WHITE, "stroke": WHITE, "strokeWidth": 5, "strokeJoin": "round"}
    return {"layer": [marks_layer(ground, data), marks_layer(mark, data)]}


def marks_layer(mark: dict[str, Any], data: Sequence[dict[str, Any]]) -> Layer:
    """One layer, its places given in pixels."""
    plain = {"type": "quantitative", "scale": None, "axis": None}
    fields = {field for row in data for field in row}
    encoding: dict[str, Any] = {"x": {"field": "x", **plain}, "y": {"field": "y", **plain}}
    encoding |= {end: {"field": end} for end in ("x2", "y2") if end in fields}
    if "words" in fields:
        encoding["text"] = {"field": "words", "type": "nominal"}
    if "run" in fields:
        encoding["detail"] = {"field": "run", "type": "nominal"}
    return {"data": {"values": list(data)}, "mark": mark, "encoding": encoding}


def whole(canvas: Canvas, layers: Sequence[Layer], *, left: int, right: int) -> Layer:
    """The specification of a drawing with its room around."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": canvas.width,
        "height": canvas.height,
        "padding": {"left": left, "right": right, "top": 36, "bottom": 52},
        "autosize": {"type": "none"},
        "layer": list(layers),
        "config": {
            "aria": False,
            "font": FONT,
            "view": {"stroke": None, "clip": False},
            "background": None,
        },
    }
