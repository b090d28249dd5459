"""A measure in the API: its stages, divisions and services, and all that surrounds it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from tsunagari.engines.plan.api import How, Status
from tsunagari.engines.plan.endpoints.shapes.figures import IndicatorOut
from tsunagari.engines.plan.endpoints.shapes.lines import LineageOut, SeriesOut
from tsunagari.kernel.answers.api import Shape, Words


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
    from_year: int | None
    """Its first fiscal year; null where it began with its plan."""
    until_year: int | None
    """Its last fiscal year; null where it ends with its plan."""
    until_reason: Words
    """Why it ends before its plan does."""
    standing: Literal["running", "ended", "ahead"]
    """Whether it runs in the running year (of a plan that is over: in its last one), has ended or is still to
    begin. One that has ended is not counted, and no results are expected of it."""
    status: Status | None
    """The status of the indicator that needs a look first; null where none is judged."""
    words: str
    """In words: that it has ended or is still to begin, else the status or the kind of management."""
    address: str
    """Its page for people."""


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
    """How it gets its figures: metered 自動, loaded 取込, entered 入力, none これから, ended 期間終了."""
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
    standing: Literal["running", "ended", "ahead"]
    """Whether it runs in the running year (of a plan that is over: in its last one), has ended or is still to
    begin."""
    status: Status | None
    """Its status."""
    address: str
    """Its page for people."""
