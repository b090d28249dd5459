"""Puts measures together for a page: rows of the snapshot, names of divisions, and what meters say now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

from tsunagari.engines.plan.models import Indicator, Measure, Plan, Target, Value
from tsunagari.engines.plan.queries.board import (
    DivisionName,
    GradeName,
    IndicatorState,
    MeasureState,
    Result,
    SeriesLine,
    SeriesPart,
    ServiceLink,
    StageCell,
    StageLine,
    TargetState,
)
from tsunagari.engines.plan.queries.heads import label_of, scale_head
from tsunagari.engines.plan.queries.results import (
    Metered,
    Stock,
    aim_of,
    as_result,
    baseline_of,
    forecast_of,
    judged,
    results_of,
)
from tsunagari.engines.plan.queries.services import services_of
from tsunagari.engines.plan.queries.snapshot import Snapshot
from tsunagari.engines.plan.rules.how import How, how_of
from tsunagari.engines.plan.rules.progress import Aim, Progress, Scale, Status
from tsunagari.engines.plan.rules.stages import Span, covers
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering

SLOWEST_FIRST: tuple[Status, ...] = (
    "worsening",
    "behind",
    "slightly_behind",
    "no_result",
    "pending",
    "no_target",
    "on_track",
    "achieved",
)
"""A measure with several indicators is counted under the one that needs a look first."""


LAST = 9999
"""Later than every fiscal year."""


class Reading:
    """What a page about some measures needs. `whole` reads also what only a measure's own page shows:
    who does a division's work now, and the other plans' stretches of a series. Of a past day it all is as
    of its last moment. `metered` is what meters said to an earlier reading of the same measures, so that
    both tell the same."""

    def __init__(
        self,
        held: Snapshot,
        measures: Sequence[Measure],
        *,
        now: datetime,
        whole: bool = False,
        metered: Mapping[str, Metered] | None = None,
    ) -> None:
        self.held = held
        self.now = held.moment(now)
        self.metered = self._metered(measures, whole=whole) if metered is None else metered
        self._book = identity.division_book(FiscalYear.at(self.now)) if whole else None
        self.divisions = self._division_names(measures)
        self.heirs = self._heirs(measures)

    def _metered(self, measures: Sequence[Measure], *, whole: bool) -> dict[str, Metered]:
        held = self.held
        indicators = [each for measure in measures for each in held.indicators[measure.pk]]
        if whole:
            indicators += [
                sister
                for each in indicators
                if each.series_id
                for sister in held.indicators_of_series[each.series_id]
            ]
        meters = {each.meter for each in indicators if each.meter}
        if not meters:
            return {}
        first = min(plan.first_year for plan in held.plans.values())
        return Metered.read(meters, first_year=first, now=self.now, past=held.day is not None)

    def _division_names(self, measures: Sequence[Measure]) -> dict[tuple[int, str], str]:
        """Names by plan and code, as they were when the plan began; one query for each plan, where the whole
        book is not read anyway."""
        codes: dict[int, set[str]] = {}
        for measure in measures:
            codes.setdefault(measure.plan_id, set()).update(measure.divisions)
        names: dict[tuple[int, str], str] = {}
        for plan, wanted in codes.items():
            year = FiscalYear(self.held.plans_by_key[plan].first_year)
            found = (
                self._book.seen_from(year).names(wanted, self.held.language)
                if self._book
                else identity.division_names(wanted, year, self.held.language)
            )
            names.update({(plan, code): name for code, name in found.items()})
        return names

    def _heirs(self, measures: Sequence[Measure]) -> dict[str, tuple[str, ...]]:
        """By code, who does the division's work today; only of a whole reading."""
        codes = {code for measure in measures for code in measure.divisions}
        return self._book.names_of_heirs(codes, self.held.language) if self._book else {}

    def measure(self, measure: Measure) -> MeasureState:
        """One measure."""
        held, texts = self.held, self.held.texts
        plan = held.plans_by_key[measure.plan_id]
        indicators = tuple(self.indicator(each, plan) for each in held.indicators[measure.pk])
        labels = {each["code"]: each for each in plan.viewpoints}
        return MeasureState(
            public_id=measure.public_id,
            quoted=f"{plan.letter}/{measure.number}",
            version=measure.version,
            number=measure.number,
            name=texts.get(measure, "name"),
            kind=measure.kind,
            section=measure.section.code,
            section_name=texts.get(measure.section, "name"),
            divisions=tuple(self._division(measure.plan_id, code) for code in measure.divisions),
            and_others=measure.and_others,
            purpose=texts.get(measure, "purpose"),
            outline=texts.get(measure, "outline"),
            viewpoints=tuple(
                label_of(labels[code], held.language)
                for code in measure.viewpoints
                if code in labels
            ),
            services=self._services(plan, measure),
            note=texts.get(measure, "note"),
            mended=texts.get(measure, "mended"),
            managed_in=texts.get(measure, "managed_in"),
            indicators=indicators,
            stages=self._stage_lines(measure, plan),
            status=slowest([each.progress.status for each in indicators]),
            from_year=measure.from_year,
            until_year=measure.until_year,
            until_reason=texts.get(measure, "until_reason"),
            standing=self._standing(measure, plan),
        )

    def _standing(self, measure: Measure, plan: Plan) -> Literal["running", "ended", "ahead"]:
        year = min(max(self._year_told(), plan.first_year), plan.last_year)
        if measure.until_year is not None and measure.until_year < year:
            return "ended"
        return "ahead" if measure.from_year is not None and year < measure.from_year else "running"

    def _has_ended(self, indicator: Indicator, plan: Plan) -> bool:
        """Whether the indicator's measure has ended: nothing is expected of it any longer."""
        return self._standing(self.held.measures_by_key[indicator.measure_id], plan) == "ended"

    def _judged_at(self, indicator: Indicator, plan: Plan) -> datetime:
        """The moment at which an indicator is judged: now, or the end of its measure's last year."""
        until = self.held.measures_by_key[indicator.measure_id].until_year
        if until is None or not self._has_ended(indicator, plan):
            return self.now
        return min(self.now, FiscalYear(until).end)

    def _year_told(self) -> int:
        """The fiscal year of which is told: the running one."""
        return FiscalYear.at(self.now).year

    def _division(self, plan: int, code: str) -> DivisionName:
        name, now = self.divisions[plan, code], self.heirs.get(code, ())
        return DivisionName(code=code, name=name, now=() if now == (name,) else now)

    def _services(self, plan: Plan, measure: Measure) -> tuple[ServiceLink, ...]:
        return services_of(f"{plan.letter}/{measure.number}")

    def indicator(self, indicator: Indicator, plan: Plan) -> IndicatorState:
        """One indicator with its results and their judgement."""
        texts = self.held.texts
        stock = self._stock(indicator)
        results = self._results(indicator, plan, stock)
        ended = self._has_ended(indicator, plan)
        latest, progress = self._judged(indicator, plan, stock.aim, results)
        baseline = baseline_of(indicator, stock.values)
        running = FiscalYear.at(self.now).year
        return IndicatorState(
            public_id=indicator.public_id,
            order=indicator.order,
            name=texts.get(indicator, "name"),
            unit=texts.get(indicator, "unit"),
            digits=indicator.digits,
            accumulate=indicator.accumulate,
            factor=indicator.factor,
            phase=indicator.phase,
            to_set_year=indicator.to_set_year,
            target_open=indicator.target_open,
            reason=texts.get(indicator, "reason"),
            baseline_words=indicator.baseline_words,
            target_words=indicator.target_words,
            series=indicator.series.code if indicator.series else "",
            definition_note=texts.get(indicator, "definition_note"),
            meter=indicator.meter,
            how=self._how(indicator, plan, stock.values),
            aim=stock.aim,
            targets=self._targets(indicator),
            baseline=as_result(baseline, running=running) if baseline else None,
            baseline_estimated=bool(baseline and baseline.origin == "estimated"),
            baseline_source=self._source(plan, baseline),
            results=results,
            latest=latest,
            progress=progress,
            grade=self._grade(plan, progress.status),
            forecast=None if ended else forecast_of(stock, self.now),
            recent=() if ended else self._recent(stock.metered),
            meter_began_at=stock.metered.began_at if stock.metered else None,
        )

    def _judged(
        self, indicator: Indicator, plan: Plan, aim: Aim, results: Sequence[Result]
    ) -> tuple[Result | None, Progress]:
        scale = self.held.scales[plan.pk]
        return judged(
            aim,
            results,
            has_meter=bool(indicator.meter),
            scale=Scale(on_track=scale.on_track, slightly_behind=scale.slightly_behind),
            now=self._judged_at(indicator, plan),
        )

    def series_lines(self, measure: Measure) -> dict[int, SeriesLine]:
        """The lines of a measure's indicators that run over several plans, by the indicator's order."""
        return {
            each.order: self._line(each)
            for each in self.held.indicators[measure.pk]
            if each.series_id and len(self.held.indicators_of_series[each.series_id]) > 1
        }

    def _line(self, indicator: Indicator) -> SeriesLine:
        held = self.held
        sisters = [
            (held.measures_by_key[each.measure_id], each)
            for each in held.indicators_of_series[indicator.series_id or 0]
        ]
        sisters.sort(key=lambda pair: (pair[0].plan.first_year, pair[0].order, pair[1].order))
        assert indicator.series is not None  # noqa: S101 - only indicators of a series come here
        return SeriesLine(
            code=indicator.series.code,
            name=held.texts.get(indicator.series, "name"),
            parts=tuple(self._part(measure, each, indicator) for measure, each in sisters),
        )

    def _part(self, measure: Measure, indicator: Indicator, here: Indicator) -> SeriesPart:
        plan, texts = self.held.plans_by_key[measure.plan_id], self.held.texts
        return SeriesPart(
            plan=plan.code,
            plan_name=texts.get(plan, "short_name"),
            quoted=f"{plan.letter}/{measure.number}",
            number=measure.number,
            indicator=texts.get(indicator, "name"),
            unit=texts.get(indicator, "unit"),
            definition_note=texts.get(indicator, "definition_note"),
            results=self._results(indicator, plan, self._stock(indicator)),
            targets=self._targets(indicator),
            here=indicator.pk == here.pk,
        )

    def _results(self, indicator: Indicator, plan: Plan, stock: Stock) -> tuple[Result, ...]:
        """From the baseline on, while its measure runs: what a meter knows of earlier years belongs to the
        plan before, what it knows of others to the measure's origins or heirs."""
        measure = self.held.measures_by_key[indicator.measure_id]
        base = indicator.baseline_year or plan.first_year
        first, last = measure.from_year or base, measure.until_year or LAST
        return tuple(
            each
            for each in results_of(stock, self.now)
            if each.year == base or max(base, first) <= each.year <= last
        )

    def _stock(self, indicator: Indicator) -> Stock:
        values = self.held.values[indicator.pk]
        return Stock(
            aim=aim_of(indicator, self._standing_targets(indicator), values),
            factor=indicator.factor,
            values=values,
            evidence=self.held.evidence,
            metered=self.metered.get(indicator.meter),
            yearly=self.held.yearly[indicator.pk],
        )

    def _targets(self, indicator: Indicator) -> tuple[TargetState, ...]:
        return tuple(
            TargetState(
                year=each.fiscal_year,
                value=each.value,
                basis=each.basis,
                change=each.change,
                numerator=each.numerator,
                denominator=each.denominator,
                reason=each.reason,
            )
            for each in self._standing_targets(indicator)
        )

    def _standing_targets(self, indicator: Indicator) -> Sequence[Target]:
        """What is to be reached, by fiscal year."""
        return self.held.targets[indicator.pk]

    def _how(self, indicator: Indicator, plan: Plan, values: Sequence[Value]) -> How:
        meter = metering.declared_meter(indicator.meter) if indicator.meter else None
        return how_of(
            meter=meter is not None,
            loaded=isinstance(meter, metering.Loaded),
            entered=any(value.fiscal_year != indicator.baseline_year for value in values),
            ended=plan.last_year < FiscalYear.at(self.now).year or self._has_ended(indicator, plan),
        )

    def _grade(self, plan: Plan, status: Status) -> GradeName | None:
        scale = scale_head(self.held.scales[plan.pk], self.held.language)
        return next((grade for grade in scale.grades if status in grade.statuses), None)

    def _source(self, plan: Plan, value: Value | None) -> str:
        """Who says so: the plan itself for figures of the pack, else what was written with the figure."""
        if value is None:
            return ""
        return self.held.texts.get(plan, "source") if value.from_pack else value.source

    def _recent(self, metered: Metered | None) -> tuple[Decimal | None, ...]:
        if metered is None:
            return ()
        return tuple(p.figure.value for p in metered.months_of(FiscalYear.at(self.now)))

    def _stage_lines(self, measure: Measure, plan: Plan) -> tuple[StageLine, ...]:
        stages = self.held.stages[measure.pk]
        spans = [Span(column=s.column, first=s.first_year, last=s.last_year) for s in stages]
        years = range(plan.first_year, plan.last_year + 1)
        ended = self._standing(measure, plan) == "ended"
        last = measure.until_year if ended and measure.until_year else LAST
        return tuple(
            StageLine(
                text=self.held.texts.get(stage, "text"),
                word=stage.word,
                certain=stage.certain,
                column=stage.column,
                cells=tuple(
                    StageCell(year=year, cover=covers(spans, place, year) if year <= last else "")
                    for year in years
                ),
            )
            for place, stage in enumerate(stages)
        )


def slowest(statuses: Sequence[Status]) -> Status | None:
    """The status under which a measure is counted; None where it has no indicator."""
    return min(statuses, key=SLOWEST_FIRST.index) if statuses else None
