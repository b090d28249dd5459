"""A plan's workbook as the mapping that a plan's YAML file holds, so that one set of checks reads both.

Each node bears a number in the place of a line; `places` tells which cell the number means.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

import yaml

from tsunagari.engines.plan.rules.editable import Editable, english
from tsunagari.engines.plan.rules.pack import Problem
from tsunagari.engines.plan.rules.plan_book import (
    DEED,
    GRADE,
    ISSUE,
    MEASURED,
    ORIGIN,
    PLAN,
    SECTION,
    SHEETS,
    STEP,
    TARGET,
    THING,
    VALUE,
    VIEWPOINT,
    YEAR,
    BookRow,
    BookSheet,
)
from tsunagari.engines.plan.rules.plan_book_faults import BookFault, Place, said_of
from tsunagari.engines.plan.rules.plan_book_reading import BookAsRead

_NO_KEYS: Final = ("measure", "indicator", "written_at")
"""Columns that say to what a row belongs, or when it was written; they are no keys of the file."""

_CALLED: Final = {STEP.kind: {"first_year": "from", "last_year": "to"}}
"""Keys of the file that the console's fields call otherwise."""

_KEYS: Final = {
    MEASURED.kind: "indicators",
    STEP.kind: "stages",
    ORIGIN.kind: "grew_from",
    DEED.kind: "actions",
    TARGET.kind: "targets",
    VALUE.kind: "values",
    SECTION.kind: "sections",
    VIEWPOINT.kind: "viewpoints",
    ISSUE.kind: "issues",
    YEAR.kind: "action_plans",
    THING.kind: "measures",
}

Pairs = list[tuple[yaml.ScalarNode, yaml.Node]]


class BookNodes:
    """The nodes of one workbook, and where each of them stands in it."""

    def __init__(self, read: BookAsRead) -> None:
        self.read = read
        self.places: list[Place] = []
        self.rows: dict[tuple[str, ...], list[tuple[str, BookRow]]] = defaultdict(list)
        for kind in (STEP.kind, MEASURED.kind, ORIGIN.kind, DEED.kind, TARGET.kind, VALUE.kind):
            for row in read.book[kind]:
                self.rows[_owner(kind, row)].append((kind, row))

    def root(self) -> yaml.MappingNode:
        """The whole plan."""
        plan = self.read.book[PLAN.kind][0]
        place = self._place(PLAN.kind)
        pairs = self._fields(PLAN, plan, place)
        for kind in (VIEWPOINT.kind, ISSUE.kind, YEAR.kind, SECTION.kind, THING.kind):
            pairs += self._list(kind, self.read.book[kind])
        grades = self._list(GRADE.kind, self.read.book[GRADE.kind], key="grades")
        for key, node in pairs:
            if key.value == "scale" and isinstance(node, yaml.MappingNode):
                node.value += grades
        return _mapping(pairs, place)

    def _list(self, kind: str, rows: Iterable[BookRow], *, key: str = "") -> Pairs:
        items = [self._row(kind, row) for row in rows]
        if not items:
            return []
        place = self._place(kind)
        return [(_scalar(key or _KEYS[kind], place), _sequence(items, place))]

    def _row(self, kind: str, row: BookRow) -> yaml.Node:
        place = self._place(kind, row)
        pairs = self._fields(SHEETS[kind], row, place)
        if kind in (THING.kind, MEASURED.kind):
            pairs += self._hanging(kind, row)
        return _mapping(pairs, place)

    def _hanging(self, kind: str, row: BookRow) -> Pairs:
        """What belongs to a measure or an indicator, in the order of its own."""
        owner = (kind, *(row.cells[name] for name in SHEETS[kind].identity))
        held: dict[str, list[BookRow]] = defaultdict(list)
        for each, one in self.rows[owner]:
            held[each].append(one)
        held.get(MEASURED.kind, []).sort(key=lambda one: int(one.cells["indicator"]))
        return [pair for each, rows in held.items() for pair in self._list(each, rows)]

    def _fields(self, each: BookSheet, row: BookRow, place: int) -> Pairs:
        pairs: Pairs = []
        inner: dict[str, Pairs] = defaultdict(list)
        for field in each.sheet.fields:
            if field.name in _NO_KEYS:
                continue
            outer, _, name = field.name.rpartition(".")
            node = self._field(each, row, field)
            if node is None:
                continue
            key = _CALLED.get(each.kind, {}).get(name, name)
            at = self._place(each.kind, row, field.name)
            (inner[outer] if outer else pairs).append((_scalar(key, at), node))
        return [
            *pairs,
            *((_scalar(key, place), _mapping(held, place)) for key, held in inner.items()),
        ]

    def _field(self, each: BookSheet, row: BookRow, field: Editable) -> yaml.Node | None:
        text = row.cells[field.name]
        at = self._place(each.kind, row, field.name)
        if field.translated:
            return self._text(each, row, field)
        if not text:
            return None
        if field.kind == "codes":
            return _sequence([_scalar(code, at) for code in text.split(",")], at)
        if field.kind == "truth":
            return _scalar("true", at)
        return _scalar(text, at)

    def _text(self, each: BookSheet, row: BookRow, field: Editable) -> yaml.Node | None:
        texts = {"ja": row.cells[field.name], "en": row.cells[english(field.name)]}
        keys = {"ja": field.name, "en": english(field.name)}
        given = {language: text for language, text in texts.items() if text}
        pairs: Pairs = []
        for language, text in given.items():
            at = self._place(each.kind, row, keys[language])
            pairs.append((_scalar(language, at), _scalar(text, at)))
        at = self._place(each.kind, row, keys["en" if "ja" not in given else "ja"])
        return _mapping(pairs, at) if pairs else None

    def _place(self, kind: str, row: BookRow | None = None, key: str = "") -> int:
        self.places.append(self.read.place(kind, row, key))
        return len(self.places)

    def fault(self, problem: Problem) -> BookFault:
        """A problem of the plan's checks, at its place in the workbook and in words for it."""
        says, named, kind = said_of(problem)
        place = self.places[problem.line - 1]
        if kind and kind != place.kind:
            place = self.read.place(kind)
        return BookFault(place=self._closer(place, named), says=says)

    def _closer(self, place: Place, named: Mapping[str, str]) -> Place:
        """The row of the figure itself, where a check tells only its indicator, its year and its value."""
        if place.kind != MEASURED.kind or not named.keys() & {"year", "value"}:
            return place
        for kind, row in self.rows[MEASURED.kind, *place.row]:
            if all(_same(row.cells[key], named[key]) for key in ("year", "value") if key in named):
                return self.read.place(kind, row, "value")
        return replace(place, column=0)


def _same(kept: str, told: str) -> bool:
    try:
        return kept == told or Decimal(kept) == Decimal(told)
    except InvalidOperation:
        return False


def _owner(kind: str, row: BookRow) -> tuple[str, ...]:
    if kind in (TARGET.kind, VALUE.kind):
        return (MEASURED.kind, row.cells["measure"], row.cells["indicator"])
    return (THING.kind, row.cells["measure"])


def _mark(place: int) -> yaml.Mark:
    return yaml.Mark("", 0, place - 1, 0, None, 0)


def _scalar(text: str, place: int) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, _mark(place), _mark(place))


def _sequence(items: list[yaml.Node] | list[yaml.ScalarNode], place: int) -> yaml.SequenceNode:
    return yaml.SequenceNode(
        "tag:yaml.org,2002:seq", list(items), _mark(place), _mark(place), flow_style=False
    )


def _mapping(pairs: Pairs, place: int) -> yaml.MappingNode:
    return yaml.MappingNode(
        "tag:yaml.org,2002:map", pairs, _mark(place), _mark(place), flow_style=False
    )
