"""What the plans' API answers: every field with its meaning, its unit and what null says.

Figures are decimal numbers written as strings, without padding ("26.6"); null says that a figure is not
known, which is never 0. Years are fiscal years, named by the calendar year in which they begin in April.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer

from tsunagari.engines.plan.api import How, Status
from tsunagari.engines.plan.rules.targets import rounded


def _plain(figure: Decimal, places: int) -> str:
    """A figure without exponent and without zeros that say nothing."""
    written = f"{rounded(figure, places):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


Figure = Annotated[Decimal, PlainSerializer(lambda figure: _plain(figure, 4), return_type=str)]
"""A decimal number as a string, with four places at most."""

Share = Annotated[Decimal, PlainSerializer(lambda share: _plain(share, 6), return_type=str)]
"""A share of 1 as a string, with six places at most: 0.5 is half."""

Minute = Annotated[
    datetime, BeforeValidator(lambda moment: moment and moment.replace(second=0, microsecond=0))
]
"""A moment to the minute, so that an answer stays the same for a while."""

Words = Annotated[str | None, BeforeValidator(lambda told: told or None)]
"""A text; null where there is none."""


class Shape(Schema):
    """Describes each field by the sentence below it."""

    model_config = ConfigDict(use_attribute_docstrings=True, from_attributes=True)


class LabelOut(Shape):
    """A central issue (中心課題) or a viewpoint (重視する視点) of a plan."""

    code: str
    """Its word in addresses and filters."""
    name: str
    """Its name."""
    outline: Words
    """What is meant, in a few sentences."""


class SectionOut(Shape):
    """A field (重点分野) or list in which a plan sets out its measures."""

    code: str
    """Its word in addresses and filters."""
    kind: Literal["field", "list"]
    """A field of work, or a plain list."""
    name: str
    """Its name."""
    outline: Words
    """What the field is about."""


class GradeOut(Shape):
    """A grade of a plan's scale."""

    code: str
    """Its letter or number."""
    title: str
    """What it says."""
    statuses: list[str]
    """The statuses for which it stands."""


class ScaleOut(Shape):
    """How a plan grades progress."""

    preset: str
    """words, abcd, fsabc, or own: the city's own grades."""
    on_track: Share
    """The pace from which an indicator is on track."""
    slightly_behind: Share
    """The pace from which it is slightly behind; below it is behind."""
    best: Literal["first", "last"]
    """Which end of `grades` is the best."""
    grades: list[GradeOut]
    """The grades; none where the plan shows words alone."""


class YearOut(Shape):
    """The action plan (アクションプラン) of one fiscal year."""

    year: int
    """The fiscal year."""
    name: str
    """Its name."""
    note: Words
    """What is to be known of it."""


class PlanOut(Shape):
    """A plan without its measures."""

    public_id: str
    """Its id, which stays when names change."""
    code: str
    """Its word in addresses."""
    letter: str
    """The letter with which its measures are quoted: P in P/2."""
    kind: Literal["policy", "plan"]
    """A policy (方針) or a plan (計画)."""
    name: str
    """Its whole name."""
    short_name: str
    """Its name within a sentence."""
    idea: Words
    """Its basic idea (基本理念)."""
    outline: Words
    """What it is about."""
    source: str
    """The document from which its figures were read."""
    list_name: str
    """What the plan calls its list of measures."""
    first_year: int
    """Its first fiscal year."""
    last_year: int
    """Its last fiscal year."""
    ended: bool
    """Whether its last year is over. Of an ended plan only stored results are known."""
    predecessor: Words
    """The code of the plan before it."""
    address: str
    """Its page for people."""


class CountsOut(Shape):
    """How many measures there are; statuses are counted, percentages are never averaged."""

    all: int
    """All measures."""
    indicator: int
    """Those with an indicator."""
    as_needed: int
    """Those that are done as needed (随時対応)."""
    staged: int
    """Those that are managed by stages."""
    elsewhere: int
    """Those that are managed in another plan."""
    by_status: dict[str, int]
    """Measures with an indicator by status; a status without any is left out."""


class PlanWholeOut(PlanOut):
    """A plan with its own words, its parts and how it grades."""

    labels: dict[str, str]
    """The plan's own words for its columns, for example 所管課 or 担当課."""
    issues: list[LabelOut]
    """Its central issues (中心課題)."""
    viewpoints: list[LabelOut]
    """The viewpoints it stresses (重視する視点)."""
    sections: list[SectionOut]
    """Its fields or lists, in its order."""
    scale: ScaleOut
    """How it grades."""
    action_plans: list[YearOut]
    """The action plans of its years, as far as there are any."""
    counts: CountsOut
    """Counts of its measures as they stand now."""


class DivisionOut(Shape):
    """A division with the name it bears in the plan's years."""

    code: str
    """Its word in filters."""
    name: str
    """Its name."""
    now: list[str]
    """Who does its work today, where that is another name; only with a single measure."""


class ServiceOut(Shape):
    """A service of this platform that carries a measure out."""

    id: str
    """Its id."""
    title: str
    """Its name."""
    purpose: str
    """What it is for."""
    address: Words
    """Its pages; null where it has none of its own."""


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
    reason: Words
    """Why it is so, where the figures do not say it: began_this_year, year_running, not_begun,
    not_yet_expected, no_yearly_step, no_baseline or held_target."""
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
    """How it gets its figures: metered 自動, loaded 取込, entered 入力, none これから."""
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


class StageCellOut(Shape):
    """One year of one stage."""

    year: int
    """The fiscal year."""
    cover: Literal["", "possible", "certain"]
    """Whether the stage covers it: not, possibly (the source lost its columns), or for certain."""


class StageOut(Shape):
    """One stage of a measure over the plan's years."""

    text: str
    """The plan's words."""
    word: Literal["research", "evaluate", "introduce", "other"]
    """Research 調査研究, evaluation 適用検討, introduction 導入実行, or other words."""
    column: int
    """The fiscal year under which the words stand."""
    certain: bool
    """Whether both ends of the span are known."""
    cells: list[StageCellOut]
    """Each year of the plan."""


class MeasureOut(Shape):
    """A measure with its indicators and stages."""

    public_id: str
    """Its id, which stays when numbers change."""
    plan: str
    """The code of its plan."""
    quoted: str
    """How it is quoted: P/2."""
    number: str
    """Its number in the plan; its word in addresses."""
    name: str
    """Its name as in the plan."""
    kind: Literal["indicator", "as_needed", "elsewhere", "staged"]
    """How it is managed: by an indicator, as needed, in another plan, by stages."""
    section: str
    """The code of its field or list."""
    section_name: str
    """The name of its field or list."""
    divisions: list[DivisionOut]
    """The divisions in charge, in the plan's order."""
    and_others: bool
    """Whether the plan adds 関係各課, the divisions concerned."""
    viewpoints: list[str]
    """Codes of the viewpoints that it serves."""
    purpose: Words
    """What it is for."""
    outline: Words
    """What is done."""
    note: Words
    """What is to be known of it."""
    mended: Words
    """A slip of the source that was mended, and how."""
    managed_in: Words
    """The plan in which it is managed."""
    services: list[ServiceOut]
    """The services that carry it out."""
    indicators: list[IndicatorOut]
    """Its indicators."""
    stages: list[StageOut]
    """Its stages."""
    status: Status | None
    """The status of the indicator that needs a look first; null where none is judged."""
    words: str
    """The status, or the kind of management, in words."""
    address: str
    """Its page for people."""


class WayOut(Shape):
    """One way of lineage, from measure to measure."""

    origin: str
    """The public id of the earlier measure."""
    heir: str
    """The public id of the later measure."""
    kind: Literal["continued", "renamed", "merged", "split"]
    """How one grew from the other."""
    note: Words
    """Who reads it so, where the source does not say it."""


class LineMeasureOut(Shape):
    """A measure within the lineage."""

    public_id: str
    """Its id."""
    plan: str
    """The code of its plan."""
    plan_name: str
    """The short name of its plan."""
    number: str
    """Its number there."""
    quoted: str
    """How it is quoted: P/2."""
    name: str
    """Its name."""


class LineageOut(Shape):
    """What grew from what, over plans and years; many to many."""

    measures: list[LineMeasureOut]
    """The measures at the ends of the ways, the oldest plan first."""
    ways: list[WayOut]
    """The ways."""


class SeriesPartOut(Shape):
    """One plan's stretch of a series."""

    plan: str
    """The code of the plan."""
    plan_name: str
    """Its short name."""
    quoted: str
    """The measure: P/2."""
    number: str
    """The measure's number."""
    indicator: str
    """The indicator's name in that plan."""
    unit: Words
    """Its unit there."""
    definition_note: Words
    """What changed against the stretch before."""
    results: list[ResultOut]
    """Each year's known figure. A year that is missing is not known: draw no line over it."""
    targets: list[TargetOut]
    """The standing targets."""


class SeriesOut(Shape):
    """The same indicator over several plans, oldest first."""

    code: str
    """Its word in addresses."""
    name: str
    """Its name."""
    parts: list[SeriesPartOut]
    """Each plan's stretch."""


class SeriesPlaceOut(Shape):
    """An indicator of a series."""

    quoted: str
    """The measure: P/2."""
    order: int
    """The indicator's place in it."""


class SeriesHeadOut(Shape):
    """A series without its figures."""

    code: str
    """Its word in addresses."""
    name: str
    """Its name."""
    indicators: list[SeriesPlaceOut]
    """The indicators that it joins, oldest first."""


class ActionOut(Shape):
    """What the action plan of one year says of a measure."""

    year: int
    """The fiscal year."""
    plan_name: str
    """The name of the action plan."""
    planned: Words
    """What will be done."""
    done: Words
    """What was done."""


class DriverOut(Shape):
    """Why measures exist: a law, a guideline, a technology or a local issue."""

    public_id: str
    """Its id."""
    code: str
    """Its word."""
    kind: Literal["state_and_tokyo", "technology", "town"]
    """国・都の情報政策, 技術動向 or まちづくり."""
    name: str
    """Its name."""
    issuer: Words
    """Who issued it."""
    issued_on: date | None
    """The day it was issued; null where only the year is known."""
    issued_year: int | None
    """The calendar year in which it was issued."""
    source: str
    """Where it can be read."""
    address: Words
    """Its address on the web."""
    outline: Words
    """What follows from it."""
    measures: list[str]
    """The measures that follow from it: P/2."""


class AssetOut(Shape):
    """A piece of information infrastructure that the city has."""

    public_id: str
    """Its id."""
    code: str
    """Its word."""
    name: str
    """Its name."""
    outline: Words
    """What it is."""
    division: Words
    """The code of the division in charge."""
    since_year: int | None
    """The fiscal year since which it is in use."""
    yearly_cost: int | None
    """Its cost in yen a year; null where it is not known."""
    use: Words
    """How far it is used, in words."""
    verdict: Annotated[
        Literal["keep", "promote", "review"] | None, BeforeValidator(lambda told: told or None)
    ]
    """Keep it, promote its use, or review it; null while nobody has judged."""
    source: str
    """Who says so."""
    measures: list[str]
    """The measures that use it: P/2."""


class MeasureWholeOut(MeasureOut):
    """A measure with all that surrounds it."""

    before: Words
    """The number of the measure before it in the plan."""
    after: Words
    """The number of the measure after it in the plan."""
    lineage: LineageOut
    """What it grew from and what grew from it, near and far."""
    series: list[SeriesOut]
    """The lines of its indicators that run over several plans."""
    actions: list[ActionOut]
    """What the action plans say of it."""
    drivers: list[DriverOut]
    """Why it exists."""
    assets: list[AssetOut]
    """The information infrastructure that it uses."""


class RowIndicatorOut(Shape):
    """How an indicator is measured, and where it stands."""

    order: int
    """Its place in the measure."""
    name: str
    """Its name."""
    unit: Words
    """Its unit."""
    how: How
    """How it gets its figures: metered 自動, loaded 取込, entered 入力, none これから."""
    meter: Words
    """The id of its meter."""
    status: Status
    """Its judgement."""


class RowOut(Shape):
    """One row of the table of all measures."""

    public_id: str
    """Its id."""
    plan: str
    """The code of its plan."""
    quoted: str
    """How it is quoted: P/2."""
    number: str
    """Its number in the plan."""
    name: str
    """Its name."""
    kind: Literal["indicator", "as_needed", "elsewhere", "staged"]
    """How it is managed."""
    divisions: list[DivisionOut]
    """The divisions in charge."""
    and_others: bool
    """Whether the plan adds 関係各課."""
    services: list[ServiceOut]
    """The services that carry it out, and where to try them."""
    indicators: list[RowIndicatorOut]
    """Its indicators."""
    status: Status | None
    """Its status."""
    address: str
    """Its page for people."""


class FigureVersionOut(Shape):
    """One version of a value or a target."""

    public_id: str
    """Its id."""
    figure: Literal["value", "target"]
    """A result or a target."""
    indicator: int
    """The indicator's place in the measure."""
    year: int
    """The fiscal year."""
    month: int | None
    """The month, 1 to 12; null for a whole year."""
    value: Figure | None
    """The figure; null: it was withdrawn."""
    origin: Words
    """metered, loaded, typed or estimated; null for a target."""
    status: Words
    """provisional, final or revised; null for a target."""
    source: Words
    """Where it came from."""
    reason: Words
    """Why it took the place of another."""
    since: datetime
    """When it was recorded."""
    until: datetime | None
    """When another took its place; null while it stands."""


class TextEditOut(Shape):
    """One field that was edited."""

    made_at: datetime
    """When."""
    indicator: int | None
    """The indicator's place; null for the measure itself."""
    field: str
    """The field."""
    language: str
    """The language of the text."""
    before: Words
    """What stood there."""
    after: Words
    """What stands there now."""
    reason: Words
    """Why."""


class HistoryOut(Shape):
    """How a measure came to read as it does, newest first; figures that were never replaced are left out."""

    figures: list[FigureVersionOut]
    """Figures that were replaced, and those that stand in their place."""
    edits: list[TextEditOut]
    """Texts that were edited."""


class StandingFigureOut(Shape):
    """A stored figure that stands now."""

    public_id: str
    """Its id: what `supersedes` names when a sender replaces it."""
    year: int
    """The fiscal year."""
    month: int | None
    """The month, 1 to 12; null for a whole year."""
    value: Figure | None
    """The figure in the indicator's unit; null: it was withdrawn."""
    numerator: Figure | None
    """The numerator of a ratio."""
    denominator: Figure | None
    """The denominator of a ratio."""
    origin: Literal["metered", "typed", "loaded", "estimated"]
    """Where it came from."""
    status: Literal["provisional", "final", "revised"]
    """Whether it may still change."""
    source: Words
    """Its source in words."""
    reason: Words
    """Why it took the place of another."""
    recorded_at: datetime
    """When it was recorded."""


class EntryIn(Shape):
    """A figure of a fiscal year, or of one month of it."""

    model_config = ConfigDict(
        use_attribute_docstrings=True,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"year": 2025, "value": 9100, "source": "窓口システムの年次集計"},
            ]
        },
    )

    year: int
    """The fiscal year, within the plan's years and not in the future."""
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    """The month, 1 to 12 (January to March belong to the fiscal year before); left out for a whole year."""
    value: Decimal | None = None
    """The figure in the indicator's unit, 15 digits and 4 places at most; left out for a ratio."""
    numerator: Decimal | None = None
    """The numerator of a ratio, 0 or more."""
    denominator: Decimal | None = None
    """The denominator of a ratio, more than 0."""
    status: Literal["provisional", "final", "revised"] = "final"
    """Whether the figure may still change; of a year or month that is not over, provisional."""
    source: str
    """Where the figure comes from; 300 letters at most."""
    reason: str = ""
    """Why it takes the place of another. Needed where one stands, or where a meter has counted."""
    supersedes: str = ""
    """The public id of the figure that the sender saw; where it no longer stands, nothing is taken in."""


class TakenInOut(Shape):
    """What came of a figure that was sent."""

    changed: bool
    """False: the same figure stood there already, and nothing was written."""
    figure: StandingFigureOut
    """The figure that stands now."""
    message: str
    """The same in a sentence."""


class RefusedOut(Shape):
    """Why nothing was done."""

    detail: str
    """The reason, in a sentence that says what to do."""


class OvertakenOut(RefusedOut):
    """Somebody else was first."""

    standing: StandingFigureOut | None
    """The figure that stands now; null where none does."""


class FaultOut(Shape):
    """What is wrong with one part of an address."""

    type: str
    """The kind of fault."""
    loc: list[str | int]
    """Where it is: query or path, and the name."""
    msg: str
    """What is wrong, in English."""


class MisfitOut(Shape):
    """An address that asks for something that cannot be."""

    detail: list[FaultOut]
    """Each fault."""
