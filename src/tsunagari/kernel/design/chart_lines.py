"""A chart of lines: what was reached, the way to the goals, what is foretold and what nobody knows.

A line joins only neighbours on the axis: over a place without a value it is broken, and a stretch of
which nothing is known says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext

from tsunagari.kernel.design.chart_labels import (
    LINE_HEIGHT,
    Box,
    Placed,
    Point,
    Words,
    along,
    around,
    heights,
    place,
    wide,
    wrapped,
)
from tsunagari.kernel.design.chart_layers import (
    INK,
    SOFT,
    WHITE,
    Canvas,
    Layer,
    Mark,
    axis,
    grid,
    left_of,
    marks_layer,
    places_of,
    scale_of,
    text,
    whole,
)
from tsunagari.kernel.design.figures import figure, joined

EXPECTED: Final = "#c74700"
"""Orange 800 of the tokens; beside the city's key colour it is told apart with any sight, and by its dashes."""

UNKNOWN: Final = "#f2f2f2"
GOAL_HALF: Final = 13
"""Half the length of a goal's bar, in pixels."""

CROWD: Final = 10
"""With more places than this a narrow drawing names only what is newest."""

Dot = tuple[float, float, int]
"""A value's place and the run it belongs to: dots of one run are joined."""


@dataclass(frozen=True, kw_only=True)
class Break:
    """A place from which figures are counted in another way, and the words that say so."""

    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Places from `first` to `last` of which nothing is known, and the words that say so."""

    first: str
    last: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What a chart of lines shows. `points` name every place of the axis; the others use its names.

    `goals` are targets of single places, `foretold` values that have not come yet. `digits` after the
    point; None: as many as a value has.
    """

    unit: str
    points: Sequence[Mark]
    expected: Sequence[Mark] = ()
    goals: Sequence[Mark] = ()
    foretold: Sequence[Mark] = ()
    stretches: Sequence[Stretch] = ()
    breaks: Sequence[Break] = ()
    digits: int | None = None
    colour: str = field(default=INK)

    def said(self, value: Decimal) -> str:
        """A value with its unit."""
        return f"{figure(value, self.digits)}{joined(self.unit)}"


def known(marks: Sequence[Mark]) -> list[tuple[Mark, Decimal]]:
    """The marks that have a value."""
    return [(mark, mark.value) for mark in marks if mark.value is not None]


def line_spec(canvas: Canvas, lines: Lines) -> Layer:
    """The specification of a chart of lines."""
    drawing = _Drawing(canvas, lines)
    return whole(
        canvas,
        [
            *drawing.stretches(),
            grid(canvas, drawing.scale, lines.unit),
            *drawing.breaks(),
            *drawing.lines(),
            *drawing.words(),
            *axis(canvas, drawing.places),
        ],
        left=left_of(canvas, drawing.scale),
        right=round(drawing.right - canvas.width + 8),
    )


class _Drawing:
    """One chart on one canvas: everything in pixels."""

    def __init__(self, canvas: Canvas, lines: Lines) -> None:
        self.canvas, self.of = canvas, lines
        self.places = places_of(canvas, [lines.points])
        every = (lines.points, lines.expected, lines.goals, lines.foretold)
        self.scale = scale_of(canvas, [value for marks in every for _, value in known(marks)])
        self.actual = self._dots(lines.points, cuts={one.label for one in lines.breaks})
        self.way = self._dots(lines.expected)
        self.last = next(reversed(self.places), "")
        self.right = self._right_edge()

    def _at(self, mark: Mark, value: Decimal) -> Point:
        return self.places[mark.label].at, self.scale.at(value)

    def _dots(
        self, marks: Sequence[Mark], cuts: frozenset[str] | set[str] = frozenset()
    ) -> list[Dot]:
        """Values in the axis's order; a place without one, or a cut, begins a new run."""
        values = {mark.label: value for mark, value in known(marks)}
        dots, run = [], 0
        for label, at in self.places.items():
            run += label not in values or label in cuts
            if label in values:
                dots.append((at.at, self.scale.at(values[label]), run))
        return dots

    def _right_edge(self) -> float:
        """Wide drawings have room at their right for what is said of the last place."""
        if self.canvas.narrow:
            return self.canvas.width + 4
        ends = [
            wide(self._goal_words(value)) + 16
            for mark, value in known(self.of.goals)
            if mark.label == self.last
        ]
        room = max(ends, default=0) - (self.canvas.width - self.places[self.last].at) + 16
        return self.canvas.width + max(16, room)

    def stretches(self) -> list[Layer]:
        """Grounds of what nobody knows."""
        grounds = [
            {"x": left, "x2": right, "y": 0, "y2": self.canvas.height}
            for left, right in (self._span(one) for one in self.of.stretches)
        ]
        return [marks_layer({"type": "rect", "color": UNKNOWN}, grounds)] if grounds else []

    def _span(self, one: Stretch) -> Point:
        half = self.canvas.width / len(self.places) / 2
        return self.places[one.first].at - half, self.places[one.last].at + half

    def breaks(self) -> list[Layer]:
        """Upright lines from which figures are counted in another way."""
        rules = [
            {"x": at, "x2": at, "y": 0, "y2": self.canvas.height}
            for at in (self._break_at(one) for one in self.of.breaks)
        ]
        mark = {"type": "rule", "color": SOFT, "strokeDash": [2, 3], "strokeWidth": 1.5}
        return [marks_layer(mark, rules)] if rules else []

    def _break_at(self, one: Break) -> float:
        half = self.canvas.width / len(self.places) / 2
        return round(self.places[one.label].at - half, 2)

    def lines(self) -> list[Layer]:
        """The way, the goals, what was reached and what is foretold, each over the one before."""
        return [
            *_run_layers(self.way, EXPECTED, dash=[6, 4]),
            *self._goals(),
            *_run_layers(self.actual, self.of.colour, dash=[]),
            *self._dots_layer(self.actual, filled=True),
            *self._dots_layer(
                [(*self._at(mark, value), 0) for mark, value in known(self.of.foretold)],
                filled=False,
            ),
        ]

    def _goals(self) -> list[Layer]:
        bars = []
        for mark, value in known(self.of.goals):
            x, y = self._at(mark, value)
            bars.append({"x": x - GOAL_HALF, "x2": x + GOAL_HALF, "y": y})
        return [marks_layer({"type": "rule", "color": INK, "strokeWidth": 4}, bars)] if bars else []

    def _dots_layer(self, dots: Sequence[Dot], *, filled: bool) -> list[Layer]:
        if not dots:
            return []
        mark = {"type": "point", "size": 80, "color": self.of.colour, "opacity": 1}
        mark |= {"filled": True} if filled else {"filled": True, "color": WHITE}
        layers = [marks_layer(mark, [{"x": x, "y": y} for x, y, _ in dots])]
        if not filled:
            ring = {"type": "point", "size": 80, "color": self.of.colour, "strokeWidth": 2.5}
            layers.append(
                marks_layer({**ring, "opacity": 1}, [{"x": x, "y": y} for x, y, _ in dots])
            )
        return layers

    def words(self) -> list[Layer]:
        """Every name at what it names."""
        wanted = [
            *self._goal_names(),
            *self._actual_names(),
            *self._foretold_names(),
            *self._way_name(),
            *self._break_names(),
            *self._stretch_names(),
        ]
        placed = place(wanted, self._taken(), right=self.right, height=self.canvas.height)
        return [layer for one in placed for layer in _written(one)]

    def _taken(self) -> list[Box]:
        dots = [(x, y) for x, y, _ in self.actual]
        dots += [self._at(mark, value) for mark, value in known(self.of.foretold)]
        goals = [self._at(mark, value) for mark, value in known(self.of.goals)]
        return [
            *(Box(x=x, y=y, width=14, height=14, weight=8) for x, y in dots),
            *(Box(x=x, y=y, width=2 * GOAL_HALF, height=8, weight=8) for x, y in goals),
            *(box for run in _runs(self.actual) for box in along(run, 2)),
            *(box for run in _runs(self.way) for box in along(run)),
        ]

    def _goal_words(self, value: Decimal) -> str:
        return gettext("目標 %s") % self.of.said(value)

    @property
    def _crowded(self) -> bool:
        """Whether there is room for the newest names only; the table beside the drawing has them all."""
        return self.canvas.narrow and len(self.places) > CROWD

    def _goal_names(self) -> list[Words]:
        found = []
        goals = known(self.of.goals)
        for mark, value in goals[-1:] if self._crowded else goals:
            words = self._goal_words(value)
            at_edge = mark.label == self.last and not self.canvas.narrow
            places = around(self._at(mark, value), wide(words) + 8, right=at_edge)
            found.append(Words(lines=(words,), places=places, colour=INK, bold=True))
        return found

    def _actual_names(self) -> list[Words]:
        """The name at the last value, and the value alone where an earlier run ends."""
        if not self.actual and self.of.stretches:  # they say of which years nothing is known
            return []
        if not self.actual:
            words = gettext("実績はまだありません")
            return [Words(lines=(words,), places=self._between_lines(), colour=SOFT)]
        values = [value for _, value in known(self.of.points)]
        ends = [
            at
            for at, dot in enumerate(self.actual)
            if at + 1 == len(self.actual) or self.actual[at + 1][2] != dot[2]
        ]
        return [
            self._value_name(
                (self.actual[at][0], self.actual[at][1]), values[at], last=at == ends[-1]
            )
            for at in reversed(ends[-1:] if self._crowded else ends)
        ]

    def _between_lines(self) -> tuple[Point, ...]:
        """Places between the lines of the axis, the middle ones first."""
        width, height = self.canvas.width, self.canvas.height
        lines = [self.scale.at(value) for value, _ in self.scale.words()]
        gaps = sorted(
            ((one + other) / 2 for one, other in pairwise(lines)),
            key=lambda y: abs(y - height / 2),
        )
        return tuple((width * share, y) for y in gaps for share in (1 / 2, 1 / 4, 3 / 4))

    def _value_name(self, point: Point, value: Decimal, *, last: bool) -> Words:
        said = self.of.said(value)
        words = gettext("実績 %s") % said if last else said
        return Words(
            lines=(words,), places=around(point, wide(words)), colour=self.of.colour, bold=True
        )

    def _foretold_names(self) -> list[Words]:
        found = []
        for mark, value in known(self.of.foretold):
            words = gettext("見込 %s") % self.of.said(value)
            places = around(self._at(mark, value), wide(words))
            found.append(Words(lines=(words,), places=places, colour=self.of.colour))
        return found

    def _way_name(self) -> list[Words]:
        if len(self.way) < 2:
            return []
        words = gettext("目安")
        points = [(x, y) for x, y, _ in self.way]
        inner = points[1:-1] or points
        places = tuple(
            at for point in inner for at in ((point[0], point[1] - 16), (point[0], point[1] + 18))
        )
        return [Words(lines=(words,), places=places, colour=EXPECTED, bold=True)]

    def _break_names(self) -> list[Words]:
        found = []
        for one in self.of.breaks:
            at = self._break_at(one)
            lines = wrapped(one.words, 148 if self.canvas.narrow else 190, 12)
            if len(lines) > 3:
                lines = (gettext("ここから数え方を変更"),)
            half = max(wide(line, 12) for line in lines) / 2 + 8
            tall, height = LINE_HEIGHT * len(lines), self.canvas.height
            preferred = (height - tall / 2 - 6, tall / 2, height / 2)
            rows = heights(preferred, tall, height)
            places = tuple((at + side * half, y) for y in rows for side in (1, -1))
            found.append(Words(lines=lines, places=places, colour=SOFT, size=12))
        return found

    def _stretch_names(self) -> list[Words]:
        found = []
        for one in self.of.stretches:
            left, right = self._span(one)
            room = max(right - left - 8, 84)
            lines = wrapped(one.words, room, 12)
            tall, height = LINE_HEIGHT * len(lines), self.canvas.height
            preferred = (height - tall / 2 - 8, height / 2, height * 0.7, tall / 2 + 4)
            middle = (left + right) / 2
            rows = heights(preferred, tall, height)
            places = tuple((middle + aside, y) for aside in (0, 14, -14, 28) for y in rows)
            found.append(
                Words(lines=lines, places=places, colour=SOFT, size=12, minor=self.canvas.narrow)
            )
        return found


def _runs(dots: Sequence[Dot]) -> list[list[Point]]:
    runs: dict[int, list[Point]] = {}
    for x, y, run in dots:
        runs.setdefault(run, []).append((x, y))
    return list(runs.values())


def _run_layers(dots: Sequence[Dot], colour: str, *, dash: list[int]) -> list[Layer]:
    """A broken line: one mark, each run a piece of its own."""
    mark = {"type": "line", "color": colour, "strokeWidth": 3, "strokeDash": dash}
    rows = [{"x": x, "y": y, "run": run} for x, y, run in dots]
    return [marks_layer(mark, rows)] if rows else []


def _written(one: Placed) -> list[Layer]:
    return [
        text(
            one.x,
            y,
            said,
            size=one.words.size,
            colour=one.words.colour,
            bold=one.words.bold,
            halo=True,
        )
        for y, said in one.lines()
    ]
