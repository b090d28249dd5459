"""The river of lineage as a drawing: plans from left to right, measures as boxes, ways as curves with words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from tsunagari.engines.plan.api import River, RiverMeasure
from tsunagari.engines.plan.views.as_of import address_of
from tsunagari.engines.plan.views.words import LINEAGE, year_short
from tsunagari.kernel.design.chart_labels import wrapped

BOX: Final = 280
GAP: Final = 180
LINE: Final = 22
PADDING: Final = 14
BETWEEN: Final = 24
TOP: Final = 56
"""Pixels: width of a box, room between plans, a line of words, around words, between boxes, above them."""


@dataclass(frozen=True, kw_only=True)
class RiverLine:
    """One line of words in a box and its height in the drawing."""

    y: float
    words: str


@dataclass(frozen=True, kw_only=True)
class RiverBox:
    """A measure: its place, its lines, where it leads ("" for the page's own)."""

    public_id: str
    quoted: str
    name: str
    address: str
    x: float
    y: float
    height: float
    number_y: float
    lines: tuple[RiverLine, ...]
    here: bool

    @property
    def text_x(self) -> float:
        """Where words begin."""
        return self.x + PADDING

    @property
    def middle(self) -> float:
        """The height at which ways begin and end."""
        return self.y + self.height / 2


@dataclass(frozen=True, kw_only=True)
class RiverPlan:
    """The head of a column."""

    x: float
    name: str
    years: str


@dataclass(frozen=True, kw_only=True)
class RiverCurve:
    """One way: its curve, and its word with the place of that."""

    path: str
    word: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class RiverStep:
    """One way in words, for those who read the list."""

    origin: RiverBox
    origin_plan: str
    heir: RiverBox
    heir_plan: str
    word: str
    note: str


@dataclass(frozen=True, kw_only=True)
class RiverDrawing:
    """Everything of the drawing, and the list that says the same."""

    width: float
    height: float
    box: int
    plans: tuple[RiverPlan, ...]
    boxes: tuple[RiverBox, ...]
    curves: tuple[RiverCurve, ...]
    steps: tuple[RiverStep, ...]


def river_drawing(river: River, language: str, *, on: date | None = None) -> RiverDrawing | None:
    """The drawing of a river, whose boxes lead to the past day `on` if one is given; None where a measure stands alone."""
    if not river.ways:
        return None
    columns = _columns(river)
    height = max(_tall(measures) for measures in columns.values())
    boxes = {
        box.public_id: box
        for column, measures in columns.items()
        for box in _stacked(column, measures, height, on)
    }
    return RiverDrawing(
        width=len(columns) * BOX + (len(columns) - 1) * GAP + _beside(boxes, river),
        height=TOP + height + 4,
        box=BOX,
        plans=tuple(_plan(at, measures[0], language) for at, measures in columns.items()),
        boxes=tuple(boxes.values()),
        curves=tuple(
            _curve(boxes[way.origin], boxes[way.heir], str(LINEAGE[way.kind])) for way in river.ways
        ),
        steps=_steps(river, boxes),
    )


def _beside(boxes: dict[str, RiverBox], river: River) -> int:
    """Room at the right for ways that stay inside the last plan."""
    edge = max(box.x for box in boxes.values())
    stays = any(boxes[way.origin].x == edge == boxes[way.heir].x for way in river.ways)
    return GAP if stays else 0


def _columns(river: River) -> dict[int, list[RiverMeasure]]:
    """The measures of each plan; in later plans beside what they grew from, so that ways cross little."""
    columns: dict[int, list[RiverMeasure]] = defaultdict(list)
    for measure in river.measures:
        columns[measure.column].append(measure)
    places: dict[str, float] = {}
    for column in sorted(columns):
        columns[column].sort(key=lambda each: _wanted(each, river, places))
        places |= {each.public_id: at for at, each in enumerate(columns[column])}
    return {column: columns[column] for column in sorted(columns)}


def _wanted(measure: RiverMeasure, river: River, places: dict[str, float]) -> float:
    """The middle of the places it grew from; first where there is none."""
    origins = [
        places[way.origin]
        for way in river.ways
        if way.heir == measure.public_id and way.origin in places
    ]
    return sum(origins) / len(origins) if origins else 0


def _lines(measure: RiverMeasure) -> tuple[str, ...]:
    return wrapped(measure.name, BOX - 2 * PADDING, 15)


def _box_height(measure: RiverMeasure) -> float:
    return 2 * PADDING + LINE * (1 + len(_lines(measure)))


def _tall(measures: list[RiverMeasure]) -> float:
    return sum(_box_height(each) for each in measures) + BETWEEN * (len(measures) - 1)


def _stacked(
    column: int, measures: list[RiverMeasure], height: float, on: date | None
) -> list[RiverBox]:
    """A column's boxes, the whole of them in the middle of the drawing."""
    y = TOP + (height - _tall(measures)) / 2
    boxes = []
    for measure in measures:
        boxes.append(_box(measure, x=column * (BOX + GAP), y=y, on=on))
        y += _box_height(measure) + BETWEEN
    return boxes


def _box(measure: RiverMeasure, *, x: float, y: float, on: date | None) -> RiverBox:
    first = y + PADDING + LINE * 0.75
    return RiverBox(
        public_id=measure.public_id,
        quoted=measure.quoted,
        name=measure.name,
        address="" if measure.here else address_of("measure", measure.plan, measure.number, on=on),
        x=x,
        y=y,
        height=_box_height(measure),
        number_y=first,
        lines=tuple(
            RiverLine(y=first + LINE * (at + 1), words=words)
            for at, words in enumerate(_lines(measure))
        ),
        here=measure.here,
    )


def _plan(column: int, measure: RiverMeasure, language: str) -> RiverPlan:
    first, last = (year_short(year, language) for year in measure.years)
    return RiverPlan(x=column * (BOX + GAP), name=measure.plan_name, years=f"{first}–{last}")


def _curve(origin: RiverBox, heir: RiverBox, word: str) -> RiverCurve:
    """From the right edge of the origin to the left edge of its heir; inside one plan along the side."""
    start, end = origin.x + BOX, heir.x
    if heir.x <= origin.x:  # the next year of the same plan
        start, end = origin.x + BOX, heir.x + BOX
        out = start + GAP / 2
        path = f"M{start} {origin.middle}C{out} {origin.middle} {out} {heir.middle} {end} {heir.middle}"
        return RiverCurve(path=path, word=word, x=out, y=(origin.middle + heir.middle) / 2)
    bend = (start + end) / 2
    path = (
        f"M{start} {origin.middle}C{bend} {origin.middle} {bend} {heir.middle} {end} {heir.middle}"
    )
    return RiverCurve(path=path, word=word, x=bend, y=(origin.middle + heir.middle) / 2)


def _steps(river: River, boxes: dict[str, RiverBox]) -> tuple[RiverStep, ...]:
    plans = {each.public_id: each.plan_name for each in river.measures}
    return tuple(
        RiverStep(
            origin=boxes[way.origin],
            origin_plan=plans[way.origin],
            heir=boxes[way.heir],
            heir_plan=plans[way.heir],
            word=str(LINEAGE[way.kind]),
            note=way.note,
        )
        for way in river.ways
    )
