"""Makes the API's answers from what the plan engine gives: one object in, one out."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from tsunagari.engines.plan import api
from tsunagari.engines.plan.endpoints import shapes


def plan_out(head: api.PlanHead) -> dict[str, Any]:
    """A plan without its measures."""
    return {**_fields(head), "address": reverse("plan:plan", args=[head.code])}


def plan_whole(board: api.PlanBoard | None, head: api.PlanHead) -> dict[str, Any]:
    """A plan with its words and parts; `board` None: it has no measures yet."""
    counts = api.counts(board.measures if board else ())
    return {**plan_out(head), "counts": {**_fields(counts), "by_status": dict(counts.by_status)}}


def measure_out(measure: api.MeasureState, head: api.PlanHead) -> dict[str, Any]:
    """A measure with its indicators and stages."""
    return {
        **_fields(measure),
        "plan": head.code,
        "viewpoints": [label.code for label in measure.viewpoints],
        "indicators": [indicator_out(each, measure, head) for each in measure.indicators],
        "words": api.mark_of(measure, head).title,
        "address": reverse("plan:measure", args=[head.code, measure.number]),
    }


def measure_whole(page: api.MeasurePage) -> dict[str, Any]:
    """A measure with all that surrounds it."""
    return {
        **measure_out(page.measure, page.head),
        "before": page.before,
        "after": page.after,
        "lineage": page.river,
        "series": list({line.code: line for line in page.series.values()}.values()),
        "actions": page.actions,
        "drivers": page.drivers,
        "assets": page.assets,
    }


def indicator_out(
    indicator: api.IndicatorState, measure: api.MeasureState, head: api.PlanHead
) -> dict[str, Any]:
    """An indicator with what its judgement rests on."""
    aim = indicator.aim
    return {
        **_fields(indicator),
        "direction": aim.direction,
        "low": aim.low,
        "high": aim.high,
        "progress": {
            **_fields(indicator.progress),
            "words": api.mark_of_indicator(indicator, measure, head).title,
            "actual": indicator.latest.value if indicator.latest else None,
            "actual_year": indicator.latest.year if indicator.latest else None,
            "baseline": aim.baseline,
            "baseline_year": aim.baseline_year,
            "target": aim.target,
            "target_year": aim.target_year,
            "on_track": head.scale.on_track,
            "slightly_behind": head.scale.slightly_behind,
        },
    }


def row_out(measure: api.MeasureState, head: api.PlanHead) -> dict[str, Any]:
    """A row of the table of all measures."""
    return {
        **_fields(measure),
        "plan": head.code,
        "indicators": [
            {**_fields(each), "status": each.progress.status} for each in measure.indicators
        ],
        "address": reverse("plan:measure", args=[head.code, measure.number]),
    }


def series_heads_out(heads: Iterable[api.SeriesHead]) -> list[shapes.SeriesHeadOut]:
    """Series without their figures."""
    return [
        shapes.SeriesHeadOut(
            code=head.code,
            name=head.name,
            indicators=[
                shapes.SeriesPlaceOut(quoted=quoted, order=order)
                for quoted, order in head.indicators
            ],
        )
        for head in heads
    ]


def _fields(thing: object) -> dict[str, Any]:
    """The fields of a dataclass by name, their own parts as they are."""
    return dict(vars(thing))
