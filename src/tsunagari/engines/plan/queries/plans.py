"""Reads plans for their pages in a bounded number of queries, whatever the number of measures."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from tsunagari.engines.plan.models import Indicator, Measure, Plan, Stage, Target, Value
from tsunagari.engines.plan.queries.board import (
    DivisionName,
    IndicatorState,
    MeasurePage,
    MeasureState,
    PlanBoard,
    PlanHead,
    StageCell,
    StageLine,
)
from tsunagari.engines.plan.queries.results import (
    Metered,
    aim_of,
    baseline_of,
    judged,
    results_of,
)
from tsunagari.engines.plan.queries.texts import Texts
from tsunagari.engines.plan.rules.progress import Status
from tsunagari.engines.plan.rules.stages import Span, covers
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity

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


def plan_heads(language: str) -> tuple[PlanHead, ...]:
    """Every plan, the newest first."""
    plans = list(Plan.objects.order_by("-first_year"))
    texts = Texts.of(plans, language)
    return tuple(_head(plan, texts, language) for plan in plans)


def plan_board(code: str, *, now: datetime, language: str) -> PlanBoard | None:
    """A plan with every measure; None when there is no such plan or it has no measures yet."""
    measures = list(_measures().filter(plan__code=code))
    stages = list(Stage.objects.filter(measure__in=measures).order_by("order")) if measures else []
    return _board(measures, stages, now=now, language=language)


def newest_board(*, now: datetime, language: str) -> PlanBoard | None:
    """The plan that began last, without the stages of its measures; None where there is no plan."""
    newest = Plan.objects.order_by("-first_year").values("pk")[:1]
    return _board(list(_measures().filter(plan__in=newest)), [], now=now, language=language)


def _measures() -> QuerySet[Measure]:
    return Measure.objects.select_related("plan", "section").order_by("order")


def _board(
    measures: Sequence[Measure], stages: Sequence[Stage], *, now: datetime, language: str
) -> PlanBoard | None:
    if not measures:
        return None
    reading = _Reading(measures[0].plan, measures, stages, now=now, language=language)
    return PlanBoard(head=reading.head(), measures=tuple(reading.measure(m) for m in measures))


def measure_page(code: str, number: str, *, now: datetime, language: str) -> MeasurePage | None:
    """One measure of a plan; None when there is no such measure."""
    measures = list(_measures().filter(plan__code=code))
    place = next((at for at, each in enumerate(measures) if each.number == number), None)
    if place is None:
        return None
    measure = measures[place]
    stages = list(measure.stages.order_by("order")) if measure.kind == "staged" else []
    reading = _Reading(measure.plan, [measure], stages, now=now, language=language)
    return MeasurePage(
        head=reading.head(),
        measure=reading.measure(measure),
        before=measures[place - 1].number if place else "",
        after=measures[place + 1].number if place + 1 < len(measures) else "",
    )


class _Reading:
    """Everything that hangs on some measures, read at once."""

    def __init__(
        self,
        plan: Plan,
        measures: Sequence[Measure],
        stages: Sequence[Stage],
        *,
        now: datetime,
        language: str,
    ) -> None:
        self.plan = plan
        self.now = now
        self.language = language
        self.stages: dict[int, list[Stage]] = defaultdict(list)
        for stage in stages:
            self.stages[stage.measure_id].append(stage)
        indicators = list(Indicator.objects.filter(measure__in=measures).order_by("order"))
        self.indicators: dict[int, list[Indicator]] = defaultdict(list)
        for indicator in indicators:
            self.indicators[indicator.measure_id].append(indicator)
        self.targets: dict[int, list[Target]] = defaultdict(list)
        self.values: dict[int, list[Value]] = defaultdict(list)
        self.metered: dict[str, Metered] = {}
        if indicators:
            self._figures(indicators)
        self.texts = Texts.of(
            [plan, *measures, *{m.section for m in measures}, *stages, *indicators], language
        )
        self.divisions = identity.division_names(
            {code for measure in measures for code in measure.divisions},
            FiscalYear(plan.first_year),
            language,
        )

    def _figures(self, indicators: Sequence[Indicator]) -> None:
        standing = {"indicator__in": indicators, "superseded_at": None}
        for target in Target.objects.filter(**standing).order_by("fiscal_year"):
            self.targets[target.indicator_id].append(target)
        for value in Value.objects.filter(**standing).order_by("fiscal_year"):
            self.values[value.indicator_id].append(value)
        meters = {each.meter for each in indicators if each.meter}
        if meters:
            self.metered = Metered.read(meters, first_year=self.plan.first_year, now=self.now)

    def head(self) -> PlanHead:
        return _head(self.plan, self.texts, self.language)

    def measure(self, measure: Measure) -> MeasureState:
        indicators = tuple(self.indicator(each) for each in self.indicators[measure.pk])
        return MeasureState(
            number=measure.number,
            name=self.texts.get(measure, "name"),
            kind=measure.kind,
            section=measure.section.code,
            section_name=self.texts.get(measure.section, "name"),
            divisions=tuple(
                DivisionName(code=code, name=self.divisions[code]) for code in measure.divisions
            ),
            and_others=measure.and_others,
            note=self.texts.get(measure, "note"),
            mended=self.texts.get(measure, "mended"),
            managed_in=self.texts.get(measure, "managed_in"),
            indicators=indicators,
            stages=self._stage_lines(self.stages[measure.pk]),
            status=slowest([each.progress.status for each in indicators]),
        )

    def indicator(self, indicator: Indicator) -> IndicatorState:
        targets, values = self.targets[indicator.pk], self.values[indicator.pk]
        aim = aim_of(indicator, targets, values)
        metered = self.metered.get(indicator.meter)
        results = results_of(aim, values, metered, self.now)
        latest, progress = judged(aim, results, has_meter=bool(indicator.meter), now=self.now)
        baseline = baseline_of(indicator, values)
        return IndicatorState(
            public_id=indicator.public_id,
            order=indicator.order,
            name=self.texts.get(indicator, "name"),
            unit=self.texts.get(indicator, "unit"),
            digits=indicator.digits,
            meter=indicator.meter,
            aim=aim,
            baseline_estimated=bool(baseline and baseline.origin == "estimated"),
            baseline_source=self._source(baseline),
            results=results,
            latest=latest,
            progress=progress,
            recent=self._recent(metered),
            meter_began_at=metered.began_at if metered else None,
        )

    def _source(self, value: Value | None) -> str:
        """Who says so: the plan itself for figures of the pack, else what was written with the figure."""
        if value is None:
            return ""
        return self.texts.get(self.plan, "source") if value.from_pack else value.source

    def _recent(self, metered: Metered | None) -> tuple[Decimal | None, ...]:
        if metered is None:
            return ()
        return tuple(p.figure.value for p in metered.months_of(FiscalYear.at(self.now)))

    def _stage_lines(self, stages: Sequence[Stage]) -> tuple[StageLine, ...]:
        spans = [Span(column=s.column, first=s.first_year, last=s.last_year) for s in stages]
        years = range(self.plan.first_year, self.plan.last_year + 1)
        return tuple(
            StageLine(
                text=self.texts.get(stage, "text"),
                word=stage.word,
                certain=stage.certain,
                column=stage.column,
                cells=tuple(
                    StageCell(year=year, cover=covers(spans, place, year)) for year in years
                ),
            )
            for place, stage in enumerate(stages)
        )


def slowest(statuses: Sequence[Status]) -> Status | None:
    """The status under which a measure is counted; None where it has no indicator."""
    return min(statuses, key=SLOWEST_FIRST.index) if statuses else None


def _head(plan: Plan, texts: Texts, language: str) -> PlanHead:
    return PlanHead(
        code=plan.code,
        letter=plan.letter,
        name=texts.get(plan, "name"),
        short_name=texts.get(plan, "short_name"),
        idea=texts.get(plan, "idea"),
        source=texts.get(plan, "source"),
        list_name=texts.get(plan, "list_name"),
        first_year=plan.first_year,
        last_year=plan.last_year,
        labels={
            column: words.get(language) or words["ja"] for column, words in plan.labels.items()
        },
    )
