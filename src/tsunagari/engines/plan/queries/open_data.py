"""What the plans give away: the lines of the open table, and what a catalogue says of each plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.queries.board import (
    IndicatorState,
    MeasureState,
    PlanBoard,
    PlanHead,
    Result,
)
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.engines.plan.rules.open_data import FigureRow, Status
from tsunagari.engines.plan.rules.open_data_terms import Terms, TermsRefused, terms_in
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.mapping_file import mapping_in
from tsunagari.kernel.metering import api as metering

STATUSES: dict[str, Status] = {
    "final": "final",
    "provisional": "provisional",
    "revised": "revised",
}


@cache
def open_data_terms() -> Terms:
    """The terms of this installation's city, read once."""
    return terms_of_pack(Path(settings.CITY_PACK))


def terms_of_pack(pack: Path) -> Terms:
    """The terms in a pack's city.yaml. Raises TermsRefused or UnreadableFileError."""
    file = pack / "city.yaml"
    if not file.is_file():
        raise TermsRefused(f"{file} is missing; write it as in cities/sample/city.yaml.")
    return terms_in(mapping_in(file), file=str(file))


def figure_rows(board: PlanBoard, *, language: str, now: datetime) -> tuple[FigureRow, ...]:
    """Every figure of a plan: baseline, actuals and targets of each indicator, year by year.

    A year of the plan that is over and of which nothing is known has a line that says so, where the measure
    ran in it. Indicators
    that the plan itself has not set yet have none.
    """
    running = FiscalYear.at(now).year
    with translation.override(language):
        return tuple(
            row
            for measure in board.measures
            for state in measure.indicators
            for row in _Lines(board.head, measure, state, language).rows(running)
        )


@dataclass(frozen=True)
class _Lines:
    """The lines of one indicator."""

    head: PlanHead
    measure: MeasureState
    state: IndicatorState
    language: str

    def rows(self, running: int) -> Iterator[FigureRow]:
        found = chain(self._results(), self._missing(running), self._targets(), self._range())
        yield from sorted(found, key=lambda row: (row.fiscal_year, _ORDER.index(row.kind)))

    def _results(self) -> Iterator[FigureRow]:
        for result in self.state.results:
            base = result.year == self.state.aim.baseline_year
            yield self._row(
                year=result.year,
                kind="baseline" if base else "actual",
                value=result.value,
                numerator=result.numerator,
                denominator=result.denominator,
                obs_status=_status(result),
                whole_year=result.whole,
                as_of=_as_of(result),
                # A baseline that the plan itself prints came with the pack, whose figures count as loaded.
                provenance="plan" if base and result.origin == "loaded" else result.origin,
                source=self._source(result, base=base),
                note=result.reason,
            )

    def _missing(self, running: int) -> Iterator[FigureRow]:
        if self.state.to_set_year:
            return
        known = {result.year for result in self.state.results}
        for year in range(self.head.first_year, min(running, self.head.last_year + 1)):
            if year not in known and self.measure.runs_in(year):
                yield self._row(year=year, kind="actual", value=None, obs_status="missing")

    def _targets(self) -> Iterator[FigureRow]:
        for target in self.state.targets:
            yield self._row(
                year=target.year,
                kind="target",
                value=target.value,
                numerator=target.numerator,
                denominator=target.denominator,
                note=target.reason,
            )

    def _range(self) -> Iterator[FigureRow]:
        """The two ends of a range hold to the plan's end where no year is named."""
        aim = self.state.aim
        year = aim.target_year or self.head.last_year
        if aim.direction == "range" and aim.low is not None and aim.high is not None:
            yield self._row(year=year, kind="target_low", value=aim.low)
            yield self._row(year=year, kind="target_high", value=aim.high)

    def _row(self, *, year: int, **said: object) -> FigureRow:
        return FigureRow(
            plan=self.head.code,
            plan_name=self.head.name,
            measure_number=self.measure.number,
            measure=self.measure.name,
            indicator_order=self.state.order,
            indicator=self.state.name,
            unit=self.state.unit,
            fiscal_year=year,
            fiscal_year_name=format_fiscal_year(FiscalYear(year), language=self.language),
            definition=self._definition(),
            accumulation=self.state.accumulate,
            direction=self.state.aim.direction,
            **said,  # type: ignore[arg-type]  # the fields of a row, named in the methods above
        )

    def _definition(self) -> str:
        """How its meter counts, and what the plan says of it."""
        meter = metering.declared_meter(self.state.meter) if self.state.meter else None
        how = gettext(meter.how) if meter else ""
        return " ".join(filter(None, (how, self.state.definition_note)))

    def _source(self, result: Result, *, base: bool) -> str:
        """What was written with the figure, else where the meter has it from."""
        written = result.source or (self.state.baseline_source if base else "")
        if written or result.origin not in ("metered", "loaded", "summed"):
            return written
        meter = metering.declared_meter(self.state.meter) if self.state.meter else None
        source = getattr(meter, "source", "") or (meter.title if meter else "")
        return gettext(source) if source else ""


_ORDER = ("baseline", "actual", "target", "target_low", "target_high")


def _status(result: Result) -> Status:
    return "estimated" if result.origin == "estimated" else STATUSES[result.status]


def _as_of(result: Result) -> date | None:
    if result.whole:
        return None
    return result.through or (japan_day(result.as_of) if result.as_of else None)


@dataclass(frozen=True, kw_only=True)
class PlanWords:
    """A plan in every language, as a catalogue names it; `changed` is when its rows last changed.

    `sections`, `viewpoints` and `indicators` are names.
    """

    code: str
    first_year: int
    last_year: int
    ended: bool
    name: dict[str, str]
    outline: dict[str, str]
    sections: dict[str, tuple[str, ...]]
    indicators: dict[str, tuple[str, ...]]
    changed: datetime | None


def plan_words(languages: Sequence[str], *, now: datetime) -> tuple[PlanWords, ...]:
    """Every plan that has measures, the newest first; no queries beside those of the snapshots."""
    held = {language: snapshot(language) for language in languages}
    first = held[languages[0]]
    plans = [plan for plan in first.plans.values() if first.measures[plan.pk]]
    return tuple(_words(plan, held, now) for plan in plans)


def _words(plan: Plan, held: dict[str, Snapshot], now: datetime) -> PlanWords:
    first = next(iter(held.values()))
    return PlanWords(
        code=plan.code,
        first_year=plan.first_year,
        last_year=plan.last_year,
        ended=plan.last_year < FiscalYear.at(now).year,
        name={language: each.texts.get(plan, "name") for language, each in held.items()},
        outline={language: each.texts.get(plan, "outline") for language, each in held.items()},
        sections={
            language: tuple(each.texts.get(section, "name") for section in first.sections[plan.pk])
            for language, each in held.items()
        },
        indicators={
            language: tuple(
                each.texts.get(indicator, "name")
                for measure in first.measures[plan.pk]
                for indicator in first.indicators[measure.pk]
                if not indicator.to_set_year
            )
            for language, each in held.items()
        },
        changed=_changed(plan, first),
    )


def _changed(plan: Plan, held: Snapshot) -> datetime | None:
    """The last write to a plan's figures, targets or texts; what was replaced since counts too."""
    keys = [i.pk for measure in held.measures[plan.pk] for i in held.indicators[measure.pk]]
    moments = chain(
        (v.recorded_at for key in keys for v in held.values[key]),
        (t.set_at for key in keys for t in held.targets[key]),
        (v.superseded_at for key in keys for v in held.replaced_values[key] if v.superseded_at),
        (t.superseded_at for key in keys for t in held.replaced_targets[key] if t.superseded_at),
        (e.made_at for edits in held.edits.values() for e in edits if e.plan_id == plan.pk),
    )
    return max(moments, default=None)
