"""A plan of the database as the rows of its workbook, and the names that its cells may choose from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import override

from tsunagari.engines.plan.models import (
    Action,
    Indicator,
    Lineage,
    Measure,
    Plan,
    Stage,
    Target,
    Value,
)
from tsunagari.engines.plan.queries.choices import meter_choices
from tsunagari.engines.plan.queries.desk import english_of
from tsunagari.engines.plan.queries.marks import mark
from tsunagari.engines.plan.rules.editable import as_text, parts_of
from tsunagari.engines.plan.rules.grades import from_kept
from tsunagari.engines.plan.rules.pack import PackScale
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
    Book,
    BookRow,
    BookSheet,
    Called,
    Names,
)
from tsunagari.engines.plan.rules.progress import STATUSES
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.translations import public_id_of
from tsunagari.kernel.identity import api as identity

Cells = Mapping[str, object]

_OLDEST: Final = 1990
"""The fiscal year from which names of divisions are understood."""


def book_of(code: str, *, written_at: datetime | None = None) -> Book | None:
    """The rows of a plan's workbook as the plan stands; None where there is no such plan. A fixed number
    of queries. `written_at` goes into it where it is written out."""
    plan = Plan.objects.select_related("predecessor").filter(code=code).first()
    return _Rows(plan, written_at).book() if plan else None


def names(*, running: FiscalYear, first_year: int | None = None) -> Names:
    """What cells may choose from. Divisions are called as in the running year, older names are understood;
    `first_year` is that of the plan whose names are shown."""
    with override("ja"):
        meters = dict(meter_choices())
        statuses = {str(code): mark(code).title for code in STATUSES}
    with override("en"):
        also = {title: meter for meter, title in meter_choices()}
        spoken = {mark(code).title: str(code) for code in STATUSES}
    plans = list(Plan.objects.all())
    return {
        "divisions": _divisions(running, first_year),
        "meter": Called(words=meters, also=also),
        "statuses": Called(words=statuses, also=spoken),
        "predecessor": Called(
            words={each.code: each.name for each in plans},
            also={each.short_name: each.code for each in plans},
        ),
    }


def _divisions(running: FiscalYear, first_year: int | None) -> Called:
    now = {each.code: each.name for each in identity.divisions(running)}
    older: dict[str, str] = {}
    codes: dict[str, str] = {}
    for year in range(running.year + 5, _OLDEST, -1):
        for each in identity.divisions(FiscalYear(year)):
            older.setdefault(each.name, each.code)
            codes.setdefault(each.code, each.name)
    then = (
        identity.division_names(codes, FiscalYear(first_year), "ja")
        if first_year is not None
        else {}
    )
    return Called(
        words={**now, **{c: n for c, n in codes.items() if c not in now}}, also=older, then=then
    )


class _Rows:
    """One plan's rows, read table by table."""

    def __init__(self, plan: Plan, written_at: datetime | None) -> None:
        self.plan = plan
        self.written_at = written_at
        of_plan = {"measure__plan": plan}
        self.sections = list(plan.sections.order_by("order"))
        self.measures = list(plan.measures.select_related("section").order_by("order"))
        self.stages = list(
            Stage.objects.filter(**of_plan)
            .select_related("measure")
            .order_by("measure__order", "order")
        )
        self.indicators = list(
            Indicator.objects.filter(**of_plan)
            .select_related("measure", "series")
            .order_by("measure__order", "order")
        )
        self.ranks = _ranks(self.indicators)
        self.ways = list(
            Lineage.objects.filter(heir__plan=plan)
            .select_related("heir", "origin__plan")
            .order_by("heir__order", "origin__plan__first_year", "origin__order")
        )
        self.years = list(plan.action_plans.order_by("fiscal_year"))
        self.actions = list(
            Action.objects.filter(**of_plan)
            .select_related("measure", "action_plan")
            .order_by("measure__order", "action_plan__fiscal_year")
        )
        series = [each.series for each in self.indicators if each.series]
        self.english = english_of(
            [
                plan,
                *self.sections,
                *self.measures,
                *self.stages,
                *self.indicators,
                *series,
                *self.ways,
                *self.years,
                *self.actions,
            ]
        )

    def book(self) -> dict[str, list[BookRow]]:
        """Every sheet's rows, in the order in which the plan shows them."""
        values = self._values()
        baselines = {
            each.pk: found
            for each in self.indicators
            if (found := _baseline(each, values.get(each.pk, ())))
        }
        told = {found.pk for found in baselines.values()}
        rows: dict[str, Iterable[BookRow]] = {
            PLAN.kind: [self._plan()],
            SECTION.kind: [self._row(SECTION, each, {}) for each in self.sections],
            VIEWPOINT.kind: [_label(VIEWPOINT, each) for each in self.plan.viewpoints],
            ISSUE.kind: [_label(ISSUE, each) for each in self.plan.issues],
            GRADE.kind: self._grades(),
            THING.kind: [self._measure(each) for each in self.measures],
            STEP.kind: [
                self._row(STEP, each, {"measure": each.measure.number}) for each in self.stages
            ],
            MEASURED.kind: [
                self._indicator(each, baselines.get(each.pk)) for each in self.indicators
            ],
            TARGET.kind: self._targets(),
            VALUE.kind: [
                self._value(each, value)
                for each in self.indicators
                for value in values.get(each.pk, ())
                if value.pk not in told and value.superseded_at is None and value.value is not None
            ],
            ORIGIN.kind: [self._way(each) for each in self.ways],
            YEAR.kind: [self._row(YEAR, each, {"year": each.fiscal_year}) for each in self.years],
            DEED.kind: [
                self._row(
                    DEED,
                    each,
                    {"measure": each.measure.number, "year": each.action_plan.fiscal_year},
                )
                for each in self.actions
            ],
        }
        return {kind: list(rows[kind]) for kind in SHEETS}

    def _row(self, sheet: BookSheet, row: Any, given: Cells) -> BookRow:
        """The row of a thing: what is `given`, else what its own fields hold."""
        cells = {}
        for key in sheet.sheet.keys:
            name, language = parts_of(key)
            if key in given or name in given:
                cells[key] = as_text(given.get(key))
            elif language != "ja":
                cells[key] = self._english(row, name)
            else:
                cells[key] = as_text(getattr(row, name))
        return BookRow(cells=cells)

    def _english(self, row: Model, name: str) -> str:
        kept = self.english.get((public_id_of(row), name))
        return kept.text if kept else ""

    def _plan(self) -> BookRow:
        plan, usual = self.plan, PackScale()
        scale = from_kept(plan.scale)
        given: dict[str, object] = {
            "predecessor": plan.predecessor.code if plan.predecessor else "",
            "written_at": self.written_at.isoformat() if self.written_at else "",
            "scale.preset": scale.preset,
            "scale.best": scale.best,
            "scale.on_track": scale.on_track if scale.on_track != usual.on_track else "",
            "scale.slightly_behind": ""
            if scale.slightly_behind == usual.slightly_behind
            else scale.slightly_behind,
        }
        for field in PLAN.sheet.fields:
            if field.name.startswith("labels."):
                said = plan.labels.get(field.name.removeprefix("labels."), {})
                given |= {field.name: said.get("ja", ""), f"{field.name}.en": said.get("en", "")}
        return self._row(PLAN, plan, given)

    def _grades(self) -> list[BookRow]:
        return [
            BookRow(
                cells={
                    "code": each.code,
                    "title": each.title.ja,
                    "title.en": each.title.by_language.get("en", ""),
                    "statuses": as_text(each.statuses),
                }
            )
            for each in from_kept(self.plan.scale).grades
        ]

    def _measure(self, row: Measure) -> BookRow:
        return self._row(THING, row, {"section": row.section.code})

    def _indicator(self, row: Indicator, baseline: Value | None) -> BookRow:
        series = row.series
        given: dict[str, object] = {
            "measure": row.measure.number,
            "indicator": self.ranks[row.pk],
            "series.code": series.code if series else "",
            "series.name": series.name if series else "",
            "series.name.en": self._english(series, "name") if series else "",
            "baseline.year": baseline.fiscal_year if baseline else "",
            "baseline.value": baseline.value if baseline else "",
            "baseline.estimated": baseline is not None and baseline.origin == "estimated",
            "baseline.numerator": baseline.numerator if baseline else "",
            "baseline.denominator": baseline.denominator if baseline else "",
        }
        return self._row(MEASURED, row, given)

    def _targets(self) -> list[BookRow]:
        keys = [each.pk for each in self.indicators]
        standing: dict[int, list[Target]] = defaultdict(list)
        for row in Target.objects.filter(indicator__in=keys, superseded_at=None).order_by(
            "fiscal_year"
        ):
            standing[row.indicator_id].append(row)
        return [self._target(each, row) for each in self.indicators for row in standing[each.pk]]

    def _target(self, indicator: Indicator, row: Target) -> BookRow:
        given: dict[str, object] = {
            "measure": indicator.measure.number,
            "indicator": self.ranks[indicator.pk],
            "year": row.fiscal_year,
            "points": row.change if row.basis == "points" else "",
            "percent": row.change if row.basis == "percent" else "",
        }
        return self._row(TARGET, row, given)

    def _values(self) -> dict[int, list[Value]]:
        """Values by indicator, the standing ones last of their period."""
        found: dict[int, list[Value]] = defaultdict(list)
        keys = [each.pk for each in self.indicators]
        rows = Value.objects.filter(indicator__in=keys).order_by("recorded_at", "pk")
        # Not by the database: one puts a year before its months, the other behind them.
        for each in sorted(rows, key=lambda row: (row.fiscal_year, row.month or 0)):
            found[each.indicator_id].append(each)
        return found

    def _value(self, indicator: Indicator, row: Value) -> BookRow:
        own = row.from_pack and row.source == self.plan.source
        given: dict[str, object] = {
            "measure": indicator.measure.number,
            "indicator": self.ranks[indicator.pk],
            "year": row.fiscal_year,
            "source": "" if own else row.source,
        }
        return self._row(VALUE, row, given)

    def _way(self, row: Lineage) -> BookRow:
        given = {
            "measure": row.heir.number,
            "plan": row.origin.plan.code,
            "number": row.origin.number,
        }
        return self._row(ORIGIN, row, given)


def _ranks(indicators: Iterable[Indicator]) -> dict[int, int]:
    """By its key, which of its measure's indicators each is, from 1: one that people added has a place
    (order) far behind those of the pack."""
    held: dict[int, int] = defaultdict(int)
    ranks: dict[int, int] = {}
    for each in indicators:
        held[each.measure_id] += 1
        ranks[each.pk] = held[each.measure_id]
    return ranks


def _baseline(indicator: Indicator, values: Iterable[Value]) -> Value | None:
    """The value of the baseline's year: the standing one, or the last that was known."""
    year = [
        each
        for each in values
        if each.fiscal_year == indicator.baseline_year
        and each.month is None
        and each.value is not None
    ]
    standing = [each for each in year if each.superseded_at is None]
    return next(reversed(standing or year), None)


def _label(sheet: BookSheet, label: Mapping[str, Any]) -> BookRow:
    """A viewpoint or central issue, which the plan keeps in its own row."""
    cells = {"code": str(label["code"])}
    for name in ("name", "outline"):
        said = label.get(name, {})
        cells |= {name: str(said.get("ja", "")), f"{name}.en": str(said.get("en", ""))}
    return BookRow(cells={key: cells[key] for key in sheet.sheet.keys})
