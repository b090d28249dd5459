"""Reads a plan's YAML file and says, all at once, what is wrong in it and what would be right."""

from collections.abc import Collection, Sequence
from typing import Final

import yaml

from tsunagari.engines.plan.rules.grades import BEST, PRESETS, faults_of
from tsunagari.engines.plan.rules.pack import (
    EMPTY,
    PackAction,
    PackActionPlan,
    PackBaseline,
    PackGrade,
    PackIndicator,
    PackLabel,
    PackMeasure,
    PackOrigin,
    PackPlan,
    PackRefused,
    PackScale,
    PackSection,
    PackSeries,
    PackStage,
    PackTarget,
    PackValue,
    Text,
)
from tsunagari.engines.plan.rules.pack_reader import NUMBER, Mapping, PackReader
from tsunagari.engines.plan.rules.progress import STATUSES, divide
from tsunagari.engines.plan.rules.targets import changed, rounded

PLAN_KINDS: Final = ("policy", "plan")
SECTION_KINDS: Final = ("field", "list")
MEASURE_KINDS: Final = ("indicator", "as_needed", "elsewhere", "staged")
DIRECTIONS: Final = ("up", "down", "keep", "range", "milestone")
ACCUMULATIONS: Final = ("flow", "stock", "latest", "ratio")
PHASES: Final = ("build", "use")
ORIGINS: Final = ("metered", "typed", "loaded", "estimated")
STATES: Final = ("provisional", "final", "revised")
LINEAGE_KINDS: Final = ("continued", "renamed", "merged", "split")
STAGE_WORDS: Final = ("research", "evaluate", "introduce", "other")
RESERVED: Final = ("measures", "compare", "drivers", "assets", "evidence")
"""Words that mean pages of their own beside the plans' codes: /plan/compare/."""
RESERVED_NUMBERS: Final = ("data", "fields", "viewpoints", "years")
"""The same below a plan's code: a measure of such a number would have no page (/plan/<code>/data/)."""
LABELS: Final = ("number", "measure", "divisions", "indicator", "baseline", "target")


def read_plan(
    text: str,
    *,
    file: str,
    divisions: Collection[str],
    meters: Collection[str],
    running: int | None = None,
) -> PackPlan:
    """The plan in `text`, or PackRefused with every problem found.

    `divisions` and `meters` are the codes and ids that exist; `file` is the name to show; `running` is the
    fiscal year now, after which nobody knows a result.
    """
    reader = _PlanReader(file=file, divisions=divisions, meters=meters, running=running)
    top = reader.root(text, begin="begin with `code: …` and the plan's other keys")
    return _checked(reader, top)


def read_nodes(
    root: yaml.MappingNode,
    *,
    file: str,
    divisions: Collection[str],
    meters: Collection[str],
    running: int | None = None,
) -> PackPlan:
    """The same for a plan that stands in nodes already: a workbook's, whose lines are numbers of cells."""
    reader = _PlanReader(file=file, divisions=divisions, meters=meters, running=running)
    return _checked(reader, Mapping(root))


def _checked(reader: "_PlanReader", top: Mapping | None) -> PackPlan:
    plan = reader.plan(top) if top else None
    reader.close()
    if plan is None:
        raise PackRefused(())
    return plan


class _PlanReader(PackReader):
    """One plan's file."""

    def __init__(
        self,
        *,
        file: str,
        divisions: Collection[str],
        meters: Collection[str],
        running: int | None,
    ) -> None:
        super().__init__(file=file)
        self.divisions = divisions
        self.meters = meters
        self.running = running
        self.plan_years = self.years
        self.viewpoints: list[str] = []

    def plan(self, top: Mapping) -> PackPlan:
        """The whole file."""
        first = self._year(top, "first_year")
        last = self._year(top, "last_year")
        if first and last and first > last:
            self._refuse(
                top.line, f"the plan ends ({last}) before it begins ({first})", "swap the years"
            )
        self.plan_years = range(first, last + 1)
        self.years = self.plan_years
        labels = self._labels(top)
        viewpoints = self._each(top, "viewpoints", self._label, needed=False)
        self.viewpoints = [each.code for each in viewpoints]
        sections = self._each(top, "sections", self._section)
        codes = {section.code for section in sections}
        measures = self._each(top, "measures", lambda inner: self._measure(inner, codes))
        plan = PackPlan(
            file=self.file,
            code=self._slug(top, "code"),
            letter=self._word(top, "letter", NUMBER, "a short letter or digit such as P"),
            kind=self._choice(top, "kind", PLAN_KINDS),
            name=self._text(top, "name"),
            short_name=self._text(top, "short_name"),
            idea=self._text(top, "idea", default=EMPTY),
            outline=self._text(top, "outline", default=EMPTY),
            source=self._text(top, "source"),
            list_name=self._text(top, "list_name"),
            first_year=first,
            last_year=last,
            predecessor=self._optional_slug(top, "predecessor"),
            labels=labels,
            issues=self._each(top, "issues", self._label, needed=False),
            viewpoints=viewpoints,
            scale=self._scale(top),
            action_plans=self._each(top, "action_plans", self._action_plan, needed=False),
            sections=sections,
            measures=measures,
        )
        self._finish(top)
        self._refuse_doubles(top, sections, measures)
        if plan.code in RESERVED:
            self._refuse(
                top.line, f"code {plan.code!r} is a page's own word", "choose another code"
            )
        return plan

    def _refuse_doubles(
        self, top: Mapping, sections: Sequence[PackSection], measures: Sequence[PackMeasure]
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

    def _labels(self, top: Mapping) -> tuple[tuple[str, Text], ...]:
        inner = self._map(top, "labels")
        if inner is None:
            return ()
        labels = tuple((name, self._text(inner, name)) for name in LABELS)
        self._finish(inner)
        return labels

    def _section(self, inner: Mapping) -> PackSection:
        section = PackSection(
            code=self._slug(inner, "code"),
            kind=self._choice(inner, "kind", SECTION_KINDS, default="list"),
            name=self._text(inner, "name"),
            outline=self._text(inner, "outline", default=EMPTY),
        )
        self._finish(inner)
        return section

    def _measure(self, inner: Mapping, sections: Collection[str]) -> PackMeasure:
        kind = self._choice(inner, "kind", MEASURE_KINDS)
        measure = PackMeasure(
            number=self._number(inner),
            section=self._choice(inner, "section", sorted(sections)),
            kind=kind,
            name=self._text(inner, "name"),
            divisions=self._divisions(inner),
            and_others=self._truth(inner, "and_others"),
            purpose=self._text(inner, "purpose", default=EMPTY),
            outline=self._text(inner, "outline", default=EMPTY),
            viewpoints=self._viewpoints(inner),
            note=self._text(inner, "note", default=EMPTY),
            mended=self._text(inner, "mended", default=EMPTY),
            managed_in=self._text(inner, "managed_in", default=EMPTY),
            indicators=self._each(inner, "indicators", self._indicator, needed=kind == "indicator"),
            stages=self._each(inner, "stages", self._stage, needed=kind == "staged"),
            origins=self._each(inner, "grew_from", self._origin, needed=False),
            actions=self._each(inner, "actions", self._action, needed=False),
            from_year=self._own_year(inner, "from_year"),
            until_year=self._own_year(inner, "until_year"),
            until_reason=self._text(inner, "until_reason", default=EMPTY),
        )
        if kind == "elsewhere" and not measure.managed_in.ja:
            self._refuse(
                inner.line, "a measure managed elsewhere does not say where", "add managed_in: …"
            )
        if measure.number in RESERVED_NUMBERS:
            self._refuse(
                inner.line,
                f"number {measure.number!r} is a page's own word",
                "choose another number",
            )
        if kind != "indicator" and measure.indicators:
            self._refuse(
                inner.line, f"a measure of kind {kind} has indicators", "write kind: indicator"
            )
        self._finish(inner)
        return measure

    def _own_year(self, inner: Mapping, key: str) -> int | None:
        return self._year(inner, key, inside=True) if key in inner.left else None

    def _divisions(self, inner: Mapping) -> tuple[str, ...]:
        if "divisions" not in inner.left:
            self._refuse(
                inner.line,
                "divisions are missing",
                "write divisions: [code, …] as in divisions.yaml",
            )
        return self._codes(inner, "divisions", self.divisions, right="add it to divisions.yaml")

    def _indicator(self, inner: Mapping) -> PackIndicator:
        to_set = self._optional_year(inner, "to_set_year")
        open_yet = bool(to_set) or "target_open" in inner.left  # nothing is counted yet
        baseline = self._baseline(inner)
        indicator = PackIndicator(
            name=self._text(inner, "name"),
            unit=self._text(inner, "unit", default=EMPTY if open_yet else None),
            digits=self._whole(inner, "digits") or 0,
            accumulate=self._choice(inner, "accumulate", ACCUMULATIONS),
            direction=self._choice(inner, "direction", DIRECTIONS),
            factor=self._whole(inner, "factor") or 1,
            phase=self._choice(inner, "phase", PHASES, default="use"),
            to_set_year=to_set,
            target_open=self._truth(inner, "target_open"),
            reason=self._text(inner, "reason", default=EMPTY),
            baseline_words=self._words(inner, "baseline_words"),
            target_words=self._words(inner, "target_words"),
            series=self._series(inner),
            definition_note=self._text(inner, "definition_note", default=EMPTY),
            meter=self._meter(inner),
            low=self._optional_figure(inner, "low"),
            high=self._optional_figure(inner, "high"),
            baseline=baseline,
            targets=self._each(inner, "targets", self._target, needed=False),
            values=self._each(inner, "values", self._value, needed=False),
        )
        self._check_indicator(inner, indicator)
        self._finish(inner)
        return indicator

    def _meter(self, inner: Mapping) -> str:
        meter = self._plain(inner, "meter")
        if meter and meter not in self.meters:
            self._refuse(
                inner.line,
                f"meter {meter!r} is not declared by any service",
                f"use one of: {', '.join(sorted(self.meters)) or 'none is declared'}",
            )
        return meter

    def _check_indicator(self, inner: Mapping, indicator: PackIndicator) -> None:
        if indicator.direction == "range" and None in (indicator.low, indicator.high):
            self._refuse(inner.line, "a range has no low or no high", "add low: … and high: …")
        if indicator.target_open and indicator.targets:
            self._refuse(inner.line, "target_open stands beside targets", "keep one of the two")
        self._check_doubles(inner, indicator)
        baseline = indicator.baseline
        for figure in (*((baseline,) if baseline else ()), *indicator.targets, *indicator.values):
            self._check_ratio(inner, indicator, figure)
            self._check_count(inner, indicator, figure)
        for target in indicator.targets:
            self._check_change(inner, indicator, target)
            if baseline and baseline.year >= target.year:
                self._refuse(
                    inner.line,
                    f"the target of {target.year} does not come after the baseline of {baseline.year}",
                    "check both years",
                )

    def _check_doubles(self, inner: Mapping, indicator: PackIndicator) -> None:
        years = [target.year for target in indicator.targets]
        if len(set(years)) < len(years):
            self._refuse(inner.line, "two targets stand for one year", "keep one target a year")
        periods = [(value.year, value.month) for value in indicator.values]
        if indicator.baseline:
            periods.append((indicator.baseline.year, None))
        if len(set(periods)) < len(periods):
            self._refuse(
                inner.line, "two values stand for one period", "keep one value a year or month"
            )

    def _check_count(
        self,
        inner: Mapping,
        indicator: PackIndicator,
        figure: PackBaseline | PackTarget | PackValue,
    ) -> None:
        if indicator.accumulate in ("flow", "stock") and figure.value < 0:
            self._refuse(
                inner.line,
                f"{figure.value} of {figure.year} is a count below zero",
                "write a figure from 0, or check accumulate:",
            )
        if figure.value != rounded(figure.value, indicator.digits):
            self._refuse(
                inner.line,
                f"{figure.value} of {figure.year} has more places than are shown",
                f"write digits: with the number of places; now it is {indicator.digits}",
            )

    def _check_ratio(
        self,
        inner: Mapping,
        indicator: PackIndicator,
        figure: PackBaseline | PackTarget | PackValue,
    ) -> None:
        """The figure a source prints must follow from its two parts, rounded as it prints."""
        if (figure.numerator is None) != (figure.denominator is None):
            self._refuse(
                inner.line,
                f"the figure of {figure.year} has only one part of its ratio",
                "write numerator: … and denominator: …",
            )
        quotient = divide(figure.numerator, figure.denominator)
        if quotient is None:
            return
        follows = rounded(quotient * indicator.factor, indicator.digits)
        if follows != rounded(figure.value, indicator.digits):
            self._refuse(
                inner.line,
                f"{figure.value} of {figure.year} does not follow from {figure.numerator} of {figure.denominator}",
                f"write {follows}, or check digits: and factor: (100 for %)",
            )

    def _check_change(self, inner: Mapping, indicator: PackIndicator, target: PackTarget) -> None:
        """A target given as a change must be the baseline with that change."""
        if target.change is None:
            return
        if indicator.baseline is None:
            self._refuse(
                inner.line,
                "a target is given as a change of a baseline that is missing",
                "add baseline: …",
            )
            return
        follows = changed(indicator.baseline.value, target.basis, target.change, indicator.digits)
        if follows != target.value:
            self._refuse(
                inner.line,
                f"the target {target.value} is not {indicator.baseline.value} with {target.change} {target.basis}",
                f"write {follows}, or check which of points: and percent: the source means",
            )

    def _series(self, inner: Mapping) -> PackSeries | None:
        if "series" not in inner.left:
            return None
        part = self._map(inner, "series")
        if part is None:
            return None
        series = PackSeries(code=self._slug(part, "code"), name=self._text(part, "name"))
        self._finish(part)
        return series

    def _baseline(self, inner: Mapping) -> PackBaseline | None:
        if "baseline" not in inner.left:
            return None
        part = self._map(inner, "baseline")
        if part is None:
            return None
        baseline = PackBaseline(
            year=self._year(part, "year", before=True),
            value=self._figure(part, "value"),
            estimated=self._truth(part, "estimated"),
            numerator=self._optional_figure(part, "numerator"),
            denominator=self._optional_figure(part, "denominator"),
        )
        self._finish(part)
        return baseline

    def _target(self, inner: Mapping) -> PackTarget:
        basis, change = "absolute", None
        for word in ("points", "percent"):
            if word in inner.left:
                basis, change = word, self._figure(inner, word)
        target = PackTarget(
            year=self._year(inner, "year", inside=True),
            value=self._figure(inner, "value"),
            basis=basis,
            change=change,
            numerator=self._optional_figure(inner, "numerator"),
            denominator=self._optional_figure(inner, "denominator"),
        )
        self._finish(inner)
        return target

    def _value(self, inner: Mapping) -> PackValue:
        month = self._whole(inner, "month")
        if month is not None and not 1 <= month <= 12:
            self._refuse(inner.line, f"month is {month}", "write a month from 1 to 12")
        year = self._year(inner, "year", before=True)
        if self.running is not None and year > self.running:
            self._refuse(
                inner.line,
                f"a result of {year} cannot be known yet",
                "give results up to the running fiscal year; what is aimed at goes under targets:",
            )
        value = PackValue(
            year=year,
            month=month,
            value=self._figure(inner, "value"),
            numerator=self._optional_figure(inner, "numerator"),
            denominator=self._optional_figure(inner, "denominator"),
            origin=self._choice(inner, "origin", ORIGINS, default="loaded"),
            status=self._choice(inner, "status", STATES, default="final"),
            source=self._words(inner, "source"),
            reason=self._words(inner, "reason"),
        )
        self._finish(inner)
        return value

    def _origin(self, inner: Mapping) -> PackOrigin:
        origin = PackOrigin(
            plan=self._slug(inner, "plan"),
            number=self._number(inner),
            kind=self._choice(inner, "kind", LINEAGE_KINDS),
            note=self._text(inner, "note", default=EMPTY),
            line=inner.line,
        )
        self._finish(inner)
        return origin

    def _action(self, inner: Mapping) -> PackAction:
        action = PackAction(
            year=self._year(inner, "year", inside=True),
            planned=self._text(inner, "planned", default=EMPTY),
            done=self._text(inner, "done", default=EMPTY),
        )
        self._finish(inner)
        return action

    def _action_plan(self, inner: Mapping) -> PackActionPlan:
        action_plan = PackActionPlan(
            year=self._year(inner, "year", inside=True),
            name=self._text(inner, "name"),
            note=self._text(inner, "note", default=EMPTY),
        )
        self._finish(inner)
        return action_plan

    def _label(self, inner: Mapping) -> PackLabel:
        label = PackLabel(
            code=self._slug(inner, "code"),
            name=self._text(inner, "name"),
            outline=self._text(inner, "outline", default=EMPTY),
        )
        self._finish(inner)
        return label

    def _viewpoints(self, inner: Mapping) -> tuple[str, ...]:
        return self._codes(
            inner, "viewpoints", self.viewpoints, right="add it to the plan's viewpoints"
        )

    def _scale(self, top: Mapping) -> PackScale:
        if "scale" not in top.left:
            return PackScale()
        part = self._map(top, "scale")
        if part is None:
            return PackScale()
        scale = PackScale(
            preset=self._choice(part, "preset", (*PRESETS, "own")),
            on_track=self._optional_figure(part, "on_track") or PackScale().on_track,
            slightly_behind=self._optional_figure(part, "slightly_behind")
            or PackScale().slightly_behind,
            best=self._choice(part, "best", BEST, default="first"),
            grades=self._each(part, "grades", self._grade, needed=False),
        )
        for fault in faults_of(scale):
            self._refuse(part.line, fault.wrong, fault.right)
        self._finish(part)
        return scale

    def _grade(self, inner: Mapping) -> PackGrade:
        grade = PackGrade(
            code=self._word(inner, "code", NUMBER, 'a letter or number in quotes such as "A"'),
            title=self._text(inner, "title"),
            statuses=self._codes(inner, "statuses", STATUSES, right="use another status"),
        )
        self._finish(inner)
        return grade

    def _stage(self, inner: Mapping) -> PackStage:
        column = self._year(inner, "column", inside=True)
        first = self._own_year(inner, "from")
        last = self._own_year(inner, "to")
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
