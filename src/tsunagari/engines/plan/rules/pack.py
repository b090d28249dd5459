"""Reads a plan's YAML file with its line numbers and says, all at once, what is wrong and what would be right."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

import yaml

MEASURE_KINDS: Final = ("indicator", "as_needed", "elsewhere", "staged")
DIRECTIONS: Final = ("up", "down", "keep", "range", "milestone")
ACCUMULATIONS: Final = ("flow", "stock", "latest", "ratio")
STAGE_WORDS: Final = ("research", "evaluate", "introduce", "other")
LABELS: Final = ("number", "measure", "divisions", "indicator", "baseline", "target")

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,11}")
_FIGURE: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?")
_YEAR: Final = re.compile(r"[0-9]{4}")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in a pack: where, what, and what would be right."""

    file: str
    line: int
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}; {self.right}"


class PackRefused(Exception):
    """The pack was not loaded, and nothing was changed; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text in Japanese with its translations by language."""

    ja: str
    others: tuple[tuple[str, str], ...] = ()


EMPTY: Final = Text(ja="")


@dataclass(frozen=True, kw_only=True)
class PackTarget:
    """A target of one fiscal year; its line is kept for messages."""

    year: int
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class PackBaseline:
    """The figure one starts from; `estimated` where the source says 見込."""

    year: int
    value: Decimal
    estimated: bool


@dataclass(frozen=True, kw_only=True)
class PackIndicator:
    """An indicator as the pack gives it."""

    name: Text
    unit: Text
    digits: int
    accumulate: str
    direction: str
    meter: str
    low: Decimal | None
    high: Decimal | None
    baseline: PackBaseline | None
    targets: tuple[PackTarget, ...]


@dataclass(frozen=True, kw_only=True)
class PackStage:
    """A stage as the pack gives it; `first` and `last` are None where the source does not say."""

    column: int
    first: int | None
    last: int | None
    word: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class PackMeasure:
    """A measure as the pack gives it."""

    number: str
    section: str
    kind: str
    name: Text
    divisions: tuple[str, ...]
    and_others: bool
    note: Text
    mended: Text
    managed_in: Text
    indicators: tuple[PackIndicator, ...]
    stages: tuple[PackStage, ...]


@dataclass(frozen=True, kw_only=True)
class PackSection:
    """A list or field of the plan, in its order."""

    code: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class PackPlan:
    """A whole plan as the pack gives it."""

    code: str
    letter: str
    kind: str
    name: Text
    short_name: Text
    idea: Text
    source: Text
    list_name: Text
    first_year: int
    last_year: int
    labels: tuple[tuple[str, Text], ...]
    sections: tuple[PackSection, ...]
    measures: tuple[PackMeasure, ...]


def read_plan(
    text: str, *, file: str, divisions: Collection[str], meters: Collection[str]
) -> PackPlan:
    """The plan in `text`, or PackRefused with every problem found.

    `divisions` and `meters` are the codes and ids that exist; `file` is the name to show.
    """
    reader = _Reader(file=file, divisions=divisions, meters=meters)
    plan = reader.plan(text)
    if reader.problems or plan is None:
        raise PackRefused(sorted(reader.problems, key=lambda problem: problem.line))
    return plan


class _Map:
    """A YAML mapping whose keys are taken one by one; what is left over is unknown."""

    def __init__(self, node: yaml.MappingNode) -> None:
        self.node = node
        self.line = node.start_mark.line + 1
        self.left: dict[str, yaml.Node] = {}
        self.twice: list[tuple[str, int]] = []
        for key, value in node.value:
            if key.value in self.left:
                self.twice.append((key.value, key.start_mark.line + 1))
            self.left[key.value] = value


class _Reader:
    """Walks the nodes, gathers problems, and never stops at the first."""

    def __init__(self, *, file: str, divisions: Collection[str], meters: Collection[str]) -> None:
        self.file = file
        self.divisions = divisions
        self.meters = meters
        self.problems: list[Problem] = []
        self.years = range(1990, 2100)

    def plan(self, text: str) -> PackPlan | None:
        """The whole file; None when it is no mapping at all."""
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            self._refuse(
                mark.line + 1 if mark else 1,
                f"this is not YAML: {error.problem}",
                "check the indentation, colons and quotes just before this line",
            )
            return None
        if not isinstance(root, yaml.MappingNode):
            self._refuse(
                1, "the file holds no plan", "begin with `code: …` and the plan's other keys"
            )
            return None
        return self._plan(_Map(root))

    def _plan(self, top: _Map) -> PackPlan:
        first = self._year(top, "first_year")
        last = self._year(top, "last_year")
        if first and last and first > last:
            self._refuse(
                top.line, f"the plan ends ({last}) before it begins ({first})", "swap the years"
            )
        labels = self._labels(top)
        sections = self._each(top, "sections", self._section)
        codes = {section.code for section in sections}
        measures = self._each(
            top, "measures", lambda inner: self._measure(inner, codes, range(first, last + 1))
        )
        plan = PackPlan(
            code=self._slug(top, "code"),
            letter=self._word(top, "letter", _NUMBER, "a short letter or digit such as P"),
            kind=self._choice(top, "kind", ("policy", "plan")),
            name=self._text(top, "name"),
            short_name=self._text(top, "short_name"),
            idea=self._text(top, "idea", default=EMPTY),
            source=self._text(top, "source"),
            list_name=self._text(top, "list_name"),
            first_year=first,
            last_year=last,
            labels=labels,
            sections=sections,
            measures=measures,
        )
        self._finish(top)
        self._refuse_doubles(top, sections, measures)
        return plan

    def _refuse_doubles(
        self, top: _Map, sections: Sequence[PackSection], measures: Sequence[PackMeasure]
    ) -> None:
        nodes = next((v for k, v in top.node.value if k.value == "measures"), top.node)
        lines = [node.start_mark.line + 1 for node in nodes.value] if measures else []
        seen: dict[str, int] = {}
        for measure, line in zip(measures, lines, strict=False):
            if measure.number in seen:
                self._refuse(
                    line,
                    f"two measures bear the number {measure.number} (the other is at line {seen[measure.number]})",
                    "give each measure its own number",
                )
            seen.setdefault(measure.number, line)
        codes = [section.code for section in sections]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self._refuse(top.line, f"two sections bear the code {code}", "give each its own code")

    def _labels(self, top: _Map) -> tuple[tuple[str, Text], ...]:
        inner = self._map(top, "labels")
        if inner is None:
            return ()
        labels = tuple((name, self._text(inner, name)) for name in LABELS)
        self._finish(inner)
        return labels

    def _section(self, inner: _Map) -> PackSection:
        section = PackSection(code=self._slug(inner, "code"), name=self._text(inner, "name"))
        self._finish(inner)
        return section

    def _measure(self, inner: _Map, sections: Collection[str], years: range) -> PackMeasure:
        self.years = years
        kind = self._choice(inner, "kind", MEASURE_KINDS)
        measure = PackMeasure(
            number=self._word(inner, "number", _NUMBER, 'a number in quotes such as "7" or "7-1"'),
            section=self._choice(inner, "section", sorted(sections)),
            kind=kind,
            name=self._text(inner, "name"),
            divisions=self._divisions(inner),
            and_others=self._truth(inner, "and_others"),
            note=self._text(inner, "note", default=EMPTY),
            mended=self._text(inner, "mended", default=EMPTY),
            managed_in=self._text(inner, "managed_in", default=EMPTY),
            indicators=self._each(inner, "indicators", self._indicator, needed=kind == "indicator"),
            stages=self._each(inner, "stages", self._stage, needed=kind == "staged"),
        )
        if kind == "elsewhere" and not measure.managed_in.ja:
            self._refuse(
                inner.line, "a measure managed elsewhere does not say where", "add managed_in: …"
            )
        if kind != "indicator" and measure.indicators:
            self._refuse(
                inner.line, f"a measure of kind {kind} has indicators", "write kind: indicator"
            )
        self._finish(inner)
        return measure

    def _divisions(self, inner: _Map) -> tuple[str, ...]:
        node = inner.left.pop("divisions", None)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._refuse(
                inner.line,
                "divisions are missing",
                "write divisions: [code, …] as in divisions.yaml",
            )
            return ()
        codes: list[str] = []
        for item in node.value:
            if item.value in codes:
                self._refuse(_line(item), f"division {item.value} is named twice", "name it once")
            elif item.value not in self.divisions:
                self._refuse(
                    _line(item),
                    f"division {item.value!r} is not known",
                    f"add it to divisions.yaml or use one of: {', '.join(sorted(self.divisions))}",
                )
            codes.append(item.value)
        return tuple(codes)

    def _indicator(self, inner: _Map) -> PackIndicator:
        meter = self._plain(inner, "meter")
        if meter and meter not in self.meters:
            self._refuse(
                inner.line,
                f"meter {meter!r} is not declared by any service",
                f"use one of: {', '.join(sorted(self.meters)) or 'none is declared'}",
            )
        direction = self._choice(inner, "direction", DIRECTIONS)
        indicator = PackIndicator(
            name=self._text(inner, "name"),
            unit=self._text(inner, "unit"),
            digits=int(self._optional_figure(inner, "digits") or 0),
            accumulate=self._choice(inner, "accumulate", ACCUMULATIONS),
            direction=direction,
            meter=meter,
            low=self._optional_figure(inner, "low"),
            high=self._optional_figure(inner, "high"),
            baseline=self._baseline(inner),
            targets=self._each(inner, "targets", self._target, needed=False),
        )
        if direction == "range" and (indicator.low is None or indicator.high is None):
            self._refuse(inner.line, "a range has no low or no high", "add low: … and high: …")
        years = [target.year for target in indicator.targets]
        if len(set(years)) < len(years):
            self._refuse(inner.line, "two targets stand for one year", "keep one target a year")
        self._finish(inner)
        return indicator

    def _baseline(self, inner: _Map) -> PackBaseline | None:
        if "baseline" not in inner.left:
            return None
        part = self._map(inner, "baseline")
        if part is None:
            return None
        baseline = PackBaseline(
            year=self._year(part, "year", before=True),
            value=self._figure(part, "value"),
            estimated=self._truth(part, "estimated"),
        )
        self._finish(part)
        return baseline

    def _target(self, inner: _Map) -> PackTarget:
        target = PackTarget(
            year=self._year(inner, "year", inside=True), value=self._figure(inner, "value")
        )
        self._finish(inner)
        return target

    def _stage(self, inner: _Map) -> PackStage:
        column = self._year(inner, "column", inside=True)
        first = self._year(inner, "from", inside=True) if "from" in inner.left else None
        last = self._year(inner, "to", inside=True) if "to" in inner.left else None
        if (first or column) > column or (last or column) < column:
            self._refuse(
                inner.line,
                "the stage does not cover the column that holds its words",
                f"let from … to include {column}",
            )
        stage = PackStage(
            column=column,
            first=first,
            last=last,
            word=self._choice(inner, "word", STAGE_WORDS),
            text=self._text(inner, "text"),
        )
        self._finish(inner)
        return stage

    def _each(
        self, outer: _Map, key: str, read: Callable[[_Map], T], *, needed: bool = True
    ) -> tuple[T, ...]:
        node = outer.left.pop(key, None)
        if node is None and not needed:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            line = _line(node) if node else outer.line
            self._refuse(line, f"{key} is missing or empty", f"write {key}: and a list under it")
            return ()
        found: list[T] = []
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                found.append(read(_Map(item)))
            else:
                self._refuse(
                    _line(item), f"an entry of {key} is no mapping", "write `- key: value`"
                )
        return tuple(found)

    def _map(self, outer: _Map, key: str) -> _Map | None:
        node = outer.left.pop(key, None)
        if isinstance(node, yaml.MappingNode):
            return _Map(node)
        line = _line(node) if node else outer.line
        self._refuse(
            line, f"{key} is missing or no mapping", f"write {key}: with its keys under it"
        )
        return None

    def _text(self, outer: _Map, key: str, *, default: Text | None = None) -> Text:
        node = outer.left.pop(key, None)
        if node is None:
            if default is None:
                self._refuse(outer.line, f"{key} is missing", f"write {key}: {{ ja: …, en: … }}")
            return default or EMPTY
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return Text(ja=node.value)
        if isinstance(node, yaml.MappingNode):
            words = {k.value: v.value for k, v in node.value if isinstance(v, yaml.ScalarNode)}
            if words.get("ja", "").strip():
                others = tuple((k, v) for k, v in words.items() if k != "ja")
                return Text(ja=words["ja"], others=others)
        self._refuse(_line(node), f"{key} has no Japanese text", f"write {key}: {{ ja: …, en: … }}")
        return EMPTY

    def _plain(self, outer: _Map, key: str) -> str:
        node = outer.left.pop(key, None)
        return node.value if isinstance(node, yaml.ScalarNode) else ""

    def _word(self, outer: _Map, key: str, shape: re.Pattern[str], right: str) -> str:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        if not shape.fullmatch(value):
            line = _line(node) if node else outer.line
            self._refuse(
                line, f"{key} is {value!r}" if value else f"{key} is missing", f"write {right}"
            )
        return value

    def _slug(self, outer: _Map, key: str) -> str:
        return self._word(outer, key, _SLUG, "small letters, digits and hyphens")

    def _choice(self, outer: _Map, key: str, allowed: Sequence[str]) -> str:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        if value not in allowed:
            line = _line(node) if node else outer.line
            self._refuse(
                line,
                f"{key} is {value!r}" if value else f"{key} is missing",
                f"use one of: {', '.join(allowed)}",
            )
        return value

    def _truth(self, outer: _Map, key: str) -> bool:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        if value not in ("", "true", "false"):
            self._refuse(
                _line(node) if node else outer.line, f"{key} is {value!r}", "write true or false"
            )
        return value == "true"

    def _figure(self, outer: _Map, key: str) -> Decimal:
        if key not in outer.left:
            self._refuse(outer.line, f"{key} is missing", "write the figure, for example 163000")
            return Decimal(0)
        return self._optional_figure(outer, key) or Decimal(0)

    def _optional_figure(self, outer: _Map, key: str) -> Decimal | None:
        node = outer.left.pop(key, None)
        if node is None:
            return None
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not isinstance(node, yaml.ScalarNode) or node.style or not _FIGURE.fullmatch(value):
            self._refuse(
                _line(node),
                f"{key} is {value!r}, a text where a figure must stand",
                "write digits only, without quotes, commas or unit, for example 163000",
            )
            return Decimal(0)
        return Decimal(value)

    def _year(self, outer: _Map, key: str, *, inside: bool = False, before: bool = False) -> int:
        node = outer.left.get(key)
        value = self._plain(outer, key)
        line = _line(node) if node else outer.line
        if not _YEAR.fullmatch(value):
            self._refuse(
                line,
                f"{key} is {value!r}" if value else f"{key} is missing",
                "write the year in which the fiscal year begins, for example 2024 for 令和6年度",
            )
            return self.years[0] if self.years else 2000
        year = int(value)
        if inside and year not in self.years:
            self._refuse(
                line,
                f"{key} {year} lies outside the plan",
                f"use a fiscal year from {self.years[0]} to {self.years[-1]}",
            )
        if before and self.years and year > self.years[-1]:
            self._refuse(
                line,
                f"the baseline's {key} {year} comes after the plan",
                f"use a year up to {self.years[-1]}",
            )
        return year

    def _finish(self, inner: _Map) -> None:
        """Refuse keys that nobody took."""
        for key, node in inner.left.items():
            self._refuse(
                _line(node),
                f"{key!r} is not a key that belongs here",
                "remove it or check its spelling",
            )
        for key, line in inner.twice:
            self._refuse(line, f"{key!r} stands twice", "keep one of the two")

    def _refuse(self, line: int, wrong: str, right: str) -> None:
        self.problems.append(Problem(file=self.file, line=line, wrong=wrong, right=right))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
