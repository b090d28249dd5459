"""Layers of a chart in Vega-Lite: places are computed here in pixels, so that what is drawn is what is meant."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language, gettext, pgettext

from tsunagari.kernel.design.figures import figure, with_unit

FONT: Final = "Noto Sans JP Variable, Noto Sans JP, Noto Sans CJK JP, sans-serif"
INK, SOFT, FAINT = "#1a1a1a", "#4d4d4d", "#cccccc"
WHITE: Final = "#ffffff"
LABEL_STEP: Final = 20
"""Pixels between names at the right edge, so that none covers another."""

Layer = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One place on the horizontal axis: its name (令和7年度), a small second line (2025), its value."""

    label: str
    value: Decimal | None
    small: str = ""

    @property
    def short(self) -> str:
        """The name where there is little room: R7 for 令和7年度."""
        return re.sub(r"令和(\d+)(?:年度)?", r"R\1", self.label)


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
class _Place:
    at: float
    name: str
    small: str


@dataclass(frozen=True)
class _Scale:
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
        return round(self.height * float((self.high - value) / (self.high - self.low)), 2)


def line_spec(
    canvas: Canvas,
    *,
    series: Sequence[Series],
    unit: str,
    target: Decimal | None,
    breaks: Sequence[str],
) -> Layer:
    """The specification of a line chart."""
    places = _places(canvas, [one.marks for one in series])
    values = [mark.value for one in series for mark in one.marks if mark.value is not None]
    scale = _scale(canvas, [*values, *([target] if target is not None else [])])
    layers = [_grid(canvas, scale, unit)]
    if target is not None:
        layers.append(_rule(canvas, scale.at(target)))
    layers += [_break(canvas, label, places) for label in breaks if label in places]
    for one in reversed(series):
        layers += _line(one, places, scale, cuts=() if one.dash else breaks)
    names = _names(canvas, series, unit, target, scale)
    layers += [_at_edge(canvas, *name) for name in names]
    layers += [
        _at_last(canvas, one, series=series, target=target, unit=unit, places=places, scale=scale)
        for one in series
        if not one.dash
    ]
    right = 16 if canvas.narrow else 24 + max((_wide(words) for _, words, _ in names), default=40)
    return _spec(canvas, [*layers, *_axis(canvas, places)], left=_left(canvas, scale), right=right)


def bar_spec(canvas: Canvas, series: Series, unit: str) -> Layer:
    """The specification of a chart of bars."""
    places = _places(canvas, [series.marks])
    scale = _scale(canvas, [mark.value for mark in series.marks if mark.value is not None])
    half = canvas.width / max(len(places), 1) * 0.35
    known = [(places[mark.label].at, mark.value) for mark in series.marks if mark.value is not None]
    bars = [
        {"x": at - half, "x2": at + half, "y": scale.at(value), "y2": scale.at(Decimal(0))}
        for at, value in known
    ]
    telling = {max(known, key=lambda one: one[1]), known[-1]} if known else set()
    numbers = [
        _text(at, scale.at(value) - 12, figure(value), size=13, colour=INK, bold=True)
        for at, value in telling
    ]
    drawn = _marks({"type": "rect", "color": series.colour}, bars)
    return _spec(
        canvas,
        [_grid(canvas, scale, unit), drawn, *numbers, *_axis(canvas, places)],
        left=_left(canvas, scale),
        right=16,
    )


def _places(canvas: Canvas, marks: Sequence[Sequence[Mark]]) -> dict[str, _Place]:
    labels = {mark.label: mark for one in marks for mark in one}
    room = canvas.width / max(len(labels), 1)
    return {
        label: _Place(
            round(room * (at + 0.5), 2), mark.short if canvas.narrow else label, mark.small
        )
        for at, (label, mark) in enumerate(labels.items())
    }


def _scale(canvas: Canvas, values: Sequence[Decimal]) -> _Scale:
    """Lowest and highest of the axis and its step: zero is always on it."""
    top, bottom = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    span = float(top - bottom) or 1.0
    size = 10 ** math.floor(math.log10(span / 4))
    step = Decimal(str(size)) * next(n for n in (1, 2, 5, 10) if size * n >= span / 4.5)
    high = max(math.ceil(top / step), 1) * step
    # A line on the upper edge would leave no room for its name.
    room = step if high == top and canvas.narrow else 0
    each = next((each for each in _magnitudes() if max(high, -bottom) >= each * 10), Decimal(1))
    return _Scale(math.floor(bottom / step) * step, high + room, step, canvas.height, each)


def _magnitudes() -> dict[Decimal, str]:
    """How large numbers are counted in the reader's language, largest first: 億 and 万, or million and thousand."""
    if (get_language() or "ja").startswith("ja"):
        return {Decimal(100_000_000): "億", Decimal(10_000): "万"}
    return {Decimal(1_000_000): "million ", Decimal(1_000): "thousand "}


def _unit(scale: _Scale, unit: str) -> str:
    return (
        pgettext("unit of an axis", "（%s）") % f"{_magnitudes().get(scale.each, '')}{unit}".strip()
    )


def _grid(canvas: Canvas, scale: _Scale, unit: str) -> Layer:
    lines = [
        _marks(
            {"type": "rule", "color": INK if value == 0 else FAINT},
            [{"x": 0, "x2": canvas.width, "y": scale.at(value)}],
        )
        for value, _ in scale.words()
    ]
    words = [
        _text(-10, scale.at(value), said, align="right", size=13) for value, said in scale.words()
    ]
    # The unit stands above the axis at its left end, so that every number reads with it.
    corner = _text(4 - _left(canvas, scale), -22, _unit(scale, unit), align="left", size=13)
    return {"layer": [*lines, *words, corner]}


def _left(canvas: Canvas, scale: _Scale) -> int:
    """Room for the numbers of the axis."""
    return max(canvas.left, 18 + max(_wide(said) for _, said in scale.words()))


def _rule(canvas: Canvas, height: float) -> Layer:
    line = {"x": 0, "x2": canvas.width, "y": height}
    return _marks({"type": "rule", "color": INK, "strokeWidth": 2, "strokeDash": [2, 3]}, [line])


def _break(canvas: Canvas, label: str, places: dict[str, _Place]) -> Layer:
    at = round(places[label].at - canvas.width / len(places) / 2, 2)
    line = {"x": at, "x2": at, "y": 0, "y2": canvas.height}
    right = at > canvas.width / 2
    words = gettext("ここから数え方を変更") if not right else gettext("数え方を変更")
    said = _text(
        at + (-6 if right else 6),
        canvas.height - 12,
        words,
        align="right" if right else "left",
        size=12,
    )
    return {"layer": [_marks({"type": "rule", "color": SOFT, "strokeDash": [1, 3]}, [line]), said]}


def _line(
    series: Series, places: dict[str, _Place], scale: _Scale, *, cuts: Sequence[str]
) -> list[Layer]:
    dots: list[dict[str, Any]] = []
    run = 0
    for mark in series.marks:
        if mark.value is None or mark.label in cuts:
            run += 1
        if mark.value is not None:
            dots.append({"x": places[mark.label].at, "y": scale.at(mark.value), "run": run})
    line = {
        "type": "line",
        "color": series.colour,
        "strokeWidth": 3,
        "strokeDash": list(series.dash),
    }
    drawn = [_marks(line, dots)]
    if not series.dash:
        drawn.append(
            _marks(
                {"type": "point", "filled": True, "size": 80, "color": series.colour, "opacity": 1},
                dots,
            )
        )
    return drawn


def _names(
    canvas: Canvas, series: Sequence[Series], unit: str, target: Decimal | None, scale: _Scale
) -> list[tuple[float, str, str]]:
    """Height, words and colour of the names at the right edge, none above another; the target keeps its place."""
    wanted: list[tuple[float, int, str, str]] = []
    if target is not None:
        words = f"{gettext('目標')} {with_unit(target, unit)}"
        wanted.append((scale.at(target) - (14 if canvas.narrow else 0), 0, words, INK))
    for one in series:
        known = [mark.value for mark in one.marks if mark.value is not None]
        if one.dash and known:
            wanted.append(
                (scale.at(known[-1]) + (20 if canvas.narrow else 0), 1, one.name, one.colour)
            )
    named, floor = [], -math.inf
    for height, _, words, colour in sorted(wanted):
        floor = max(height, floor + LABEL_STEP)
        named.append((floor, words, colour))
    return named


def _at_edge(canvas: Canvas, height: float, words: str, colour: str) -> Layer:
    if canvas.narrow:
        return _text(
            canvas.width, height, words, align="right", colour=colour, bold=True, halo=True
        )
    return _text(canvas.width + 10, height, words, align="left", colour=colour, bold=True)


def _at_last(
    canvas: Canvas,
    one: Series,
    *,
    series: Sequence[Series],
    target: Decimal | None,
    unit: str,
    places: dict[str, _Place],
    scale: _Scale,
) -> Layer:
    """The name and number at a line's last point, on the side with more room."""
    known = [mark for mark in one.marks if mark.value is not None]
    if not known or known[-1].value is None:
        words = gettext("実績はまだありません")
        return _text(canvas.width / 2, canvas.height / 2, words, halo=True)
    last, value = known[-1], known[-1].value
    near = _near(last.label, places)
    others = [
        mark.value
        for other in series
        if other is not one
        for mark in other.marks
        if mark.label in near
    ]
    taken = [scale.at(other) for other in [*others, target] if other is not None]
    point = scale.at(value)
    sides = [side for side in (point - 20, point + 22) if 4 < side < canvas.height - 8]
    height = max(sides, key=lambda side: min((abs(side - line) for line in taken), default=0))
    words = f"{one.name} {with_unit(value, unit)}"
    half = _wide(words) / 2
    at = min(max(places[last.label].at, half), canvas.width - half)
    return _text(at, height, words, colour=one.colour, bold=True, halo=True)


def _near(label: str, places: dict[str, _Place]) -> set[str]:
    """A place's label and its neighbours', over which words at it reach."""
    labels = list(places)
    at = labels.index(label)
    return set(labels[max(at - 1, 0) : at + 2])


def _axis(canvas: Canvas, places: dict[str, _Place]) -> list[Layer]:
    """Names of the places; where they would touch, only every second, third … is shown."""
    widest = max((_wide(place.name) for place in places.values()), default=1)
    every = max(1, math.ceil(len(places) * (widest + 4) / canvas.width))
    shown = [place for at, place in enumerate(places.values()) if at % every == 0]
    return [
        *(_text(place.at, canvas.height + 20, place.name, size=13, colour=INK) for place in shown),
        *(
            _text(place.at, canvas.height + 38, place.small, size=11)
            for place in shown
            if place.small
        ),
    ]


def _wide(words: str) -> int:
    """About how many pixels wide words are at 14 px."""
    return sum(14 if unicodedata.east_asian_width(letter) in "FWA" else 9 for letter in words)


def _text(
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
        return _marks(mark, data)
    ground = {**mark, "color": WHITE, "stroke": WHITE, "strokeWidth": 5, "strokeJoin": "round"}
    return {"layer": [_marks(ground, data), _marks(mark, data)]}


def _marks(mark: dict[str, Any], data: Sequence[dict[str, Any]]) -> Layer:
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


def _spec(canvas: Canvas, layers: Sequence[Layer], *, left: int, right: int) -> Layer:
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
