"""An indicator in the API: its figures, targets, judgement and estimate."""

from datetime import date, datetime
from typing import Literal

from tsunagari.engines.plan.api import How, Reason, Status
from tsunagari.engines.plan.endpoints.shapes.plans import GradeOut
from tsunagari.kernel.answers.api import Figure, Minute, Shape, Share, Words


class ResultOut(Shape):
    """The figure reached in one fiscal year."""

    year: int
    """The fiscal year."""
    value: Figure
    """The figure in the indicator's unit."""
    numerator: Figure | None
    """The numerator of a ratio."""
    denominator: Figure | None
    """The denominator of a ratio."""
    origin: Literal["metered", "loaded", "summed", "typed", "estimated"]
    """Counted by a service, taken in from outside, a sum of both, entered by a clerk, or an estimate."""
    status: Literal["provisional", "final", "revised"]
    """Whether the figure may still change."""
    whole: bool
    """Whether the whole fiscal year stands behind it."""
    source: Words
    """Where it comes from; null where the plan itself says it."""
    reason: Words
    """Why it took the place of another."""
    as_of: Minute | None
    """The moment up to which was counted, to the minute."""
    through: date | None
    """The last day that loaded months cover."""
    counted: Figure | None
    """What the meter alone says, where a division replaced the year's figure."""


class TargetOut(Shape):
    """What a fiscal year's figure is to be."""

    year: int
    """The fiscal year."""
    value: Figure
    """The figure in the indicator's unit."""
    basis: Literal["absolute", "points", "percent"]
    """How the plan gives it: as a figure, as points added to the baseline, or as per cent of it."""
    change: Figure | None
    """The points or per cent, where the plan gives a change."""
    numerator: Figure | None
    """The numerator of a ratio, where the plan gives it."""
    denominator: Figure | None
    """The denominator of a ratio, where the plan gives it."""
    reason: Words
    """Why it was changed."""


class ProgressOut(Shape):
    """The judgement with everything it rests on: p = (actual - baseline) / (target - baseline),
    pace = p / expected share."""

    status: Status
    """The judgement."""
    words: str
    """The judgement in words."""
    reason: Reason
    """Why it is so, where the figures do not say it; the measure's page says it in a sentence."""
    actual: Figure | None
    """The figure that is judged."""
    actual_year: int | None
    """Its fiscal year."""
    baseline: Figure | None
    """The figure one starts from."""
    baseline_year: int | None
    """Its fiscal year."""
    target: Figure | None
    """The figure to reach."""
    target_year: int | None
    """Its fiscal year."""
    share: Share | None
    """p: the share of the way from baseline to target; may be below 0 or above 1."""
    expected_share: Share | None
    """The share expected by now: the year's own target, or the straight line."""
    expected_value: Figure | None
    """The figure that the expected share stands for."""
    pace: Share | None
    """p by the expected share."""
    on_track: Share
    """The pace from which it is on track."""
    slightly_behind: Share
    """The pace from which it is slightly behind."""


class ForecastOut(Shape):
    """Where the running year's count will end (見込)."""

    year: int
    """The running fiscal year."""
    value: Figure
    """The foretold figure."""
    so_far: Figure
    """What has come in."""
    share: Share
    """The part of a year's figure that has come in by this date."""
    method: Literal["seasonal", "days"]
    """Whether the share is that of earlier years, or simply of days."""
    years: list[int]
    """The years on which a seasonal share rests."""


class IndicatorOut(Shape):
    """One indicator with its aim, its results and their judgement."""

    public_id: str
    """Its id, which stays when names change."""
    order: int
    """Its place in the measure, from 1; its word in addresses."""
    name: str
    """Its name as in the plan."""
    unit: Words
    """Its unit."""
    digits: int
    """How many places after the point the plan shows."""
    accumulate: Literal["flow", "stock", "latest", "ratio"]
    """flow is added up over a year; of stock and latest the last figure stands; of a ratio numerators
    and denominators are added first and divided last."""
    direction: Literal["up", "down", "keep", "range", "milestone"]
    """What is better: more, less, at least the target, within low..high, or a step reached."""
    factor: int
    """What turns a quotient into the unit: 100 for per cent."""
    phase: Literal["build", "use"]
    """Whether the means are still being made, or are in use."""
    to_set_year: int | None
    """The fiscal year in which the plan promises to set an indicator that it does not have yet."""
    target_open: bool
    """Whether the plan leaves its target open (検討)."""
    reason: Words
    """Why the plan measures this."""
    baseline_words: Words
    """The plan's own words for the baseline, where a figure alone does not say it."""
    target_words: Words
    """The plan's own words for the target, where a figure alone does not say it."""
    series: Words
    """The series over several plans to which it belongs."""
    definition_note: Words
    """What changed against the indicator before it in the series."""
    meter: Words
    """The id of the meter that feeds it; figures by the hour and the last recount: /api/meters/{meter}."""
    how: How
    """How it gets its figures: metered 自動, loaded 取込, entered 入力, none これから, ended 期間終了."""
    low: Figure | None
    """The lowest figure inside a range."""
    high: Figure | None
    """The highest figure inside a range."""
    baseline: ResultOut | None
    """The figure one starts from."""
    baseline_estimated: bool
    """Whether the plan marks the baseline as an estimate (見込み)."""
    baseline_source: Words
    """Who says so."""
    targets: list[TargetOut]
    """The standing targets, by year; the last one is the target."""
    results: list[ResultOut]
    """Each year's known figure, oldest first. A year that is missing is not known."""
    latest: ResultOut | None
    """The result that is judged."""
    progress: ProgressOut
    """The judgement and its inputs."""
    grade: GradeOut | None
    """The grade; null where the plan shows words alone."""
    forecast: ForecastOut | None
    """The forecast of the running year; null where it cannot be told honestly."""
    recent: list[Figure | None]
    """The months of the running year as metered, April first."""
    meter_began_at: datetime | None
    """When the meter began to count."""
