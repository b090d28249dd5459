"""What the plan's pages show: plan, measures and stages as plain data, in one language."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from tsunagari.engines.plan.rules.forecast import Forecast
from tsunagari.engines.plan.rules.how import How
from tsunagari.engines.plan.rules.progress import Aim, Progress, Status
from tsunagari.engines.plan.rules.running import runs_in
from tsunagari.engines.plan.rules.stages import Cover


@dataclass(frozen=True, kw_only=True)
class Label:
    """A central issue (中心課題) or a viewpoint (重視する視点) of a plan."""

    code: str
    name: str
    outline: str


@dataclass(frozen=True, kw_only=True)
class SectionHead:
    """A field (重点分野) or list of a plan; `kind` is "field" or "list"."""

    code: str
    kind: str
    name: str
    outline: str


@dataclass(frozen=True, kw_only=True)
class GradeName:
    """A grade of the plan's scale: its letter, its words, the statuses for which it stands."""

    code: str
    title: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ScaleHead:
    """How a plan grades. `best` says which end of `grades` is the best; no grades: words alone."""

    preset: str
    on_track: Decimal
    slightly_behind: Decimal
    best: str
    grades: tuple[GradeName, ...]


@dataclass(frozen=True, kw_only=True)
class YearHead:
    """The action plan of one fiscal year (policy 1: a policy of five years holds plans of one)."""

    year: int
    name: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PlanHead:
    """A plan without its measures. `labels` are its own words for the columns.

    `predecessor` is the code of the plan before it, "" where there is none. `ended`: its last fiscal
    year is over. `on` is the past day as of whose evening it is shown, None for the present; `read_again`
    the day after it on which a newer file of the city's pack changed the plan, which cannot be turned back.
    `known_since` is a day from which on it can surely be shown, None where nothing tells one.
    """

    public_id: str
    code: str
    letter: str
    kind: str
    name: str
    short_name: str
    idea: str
    outline: str
    source: str
    list_name: str
    first_year: int
    last_year: int
    ended: bool
    predecessor: str
    labels: dict[str, str]
    issues: tuple[Label, ...]
    viewpoints: tuple[Label, ...]
    sections: tuple[SectionHead, ...]
    scale: ScaleHead
    action_plans: tuple[YearHead, ...]
    on: date | None = None
    read_again: date | None = None
    known_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceLink:
    """What stands behind an entered figure; `public` says that residents may open it. What was withdrawn
    keeps its title, when and why; only staff see that."""

    public_id: str
    title: str
    address: str
    file_name: str
    size: int
    public: bool
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A figure reached. `whole` says that the whole fiscal year stands behind it.

    `origin` is metered, loaded, summed, typed or estimated; `status` provisional, final or revised.
    `as_of` is the moment up to which was counted, or at which a figure of a year that was not over was
    recorded; `through` the last day that loaded months cover, with `gaps` where a month before it is not
    known; the figure of a whole year has none of these. Both parts of a ratio stand beside its value. `counted` is what
    the meter alone says of a year whose figure a division replaced; None elsewhere.
    """

    year: int
    value: Decimal
    origin: str
    whole: bool
    status: str = "final"
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    source: str = ""
    reason: str = ""
    evidence: tuple[EvidenceLink, ...] = ()
    as_of: datetime | None = None
    through: date | None = None
    began_at: datetime | None = None
    counted: Decimal | None = None
    gaps: bool = False


@dataclass(frozen=True, kw_only=True)
class TargetState:
    """The standing target of one fiscal year. `basis` absolute, points or percent, with its `change`."""

    year: int
    value: Decimal
    basis: str
    change: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class IndicatorState:
    """One indicator with what it aims at, what was reached and how that is judged.

    `results` holds each year's known figure from the baseline on; `recent` the months of the running
    year as metered, April first, None where nothing is known. `baseline` is the whole figure one starts
    from. `to_set_year`, `target_open`, `baseline_words` … are those of the model. `grade` is the scale's
    letter for the status, None where the plan shows words alone. `forecast` is of the running year.
    """

    public_id: str
    order: int
    name: str
    unit: str
    digits: int
    accumulate: str
    factor: int
    phase: str
    to_set_year: int | None
    target_open: bool
    reason: str
    baseline_words: str
    target_words: str
    series: str
    definition_note: str
    meter: str
    how: How
    aim: Aim
    targets: tuple[TargetState, ...]
    baseline: Result | None
    baseline_estimated: bool
    baseline_source: str
    results: tuple[Result, ...]
    latest: Result | None
    progress: Progress
    grade: GradeName | None = None
    forecast: Forecast | None = None
    recent: tuple[Decimal | None, ...] = ()
    meter_began_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DivisionName:
    """A division by its code, with the name it bears in the plan's years.

    `now` names who does its work today where that is another name; () where it is the same.
    """

    code: str
    name: str
    now: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StageCell:
    """One year of one stage: covered for certain, possibly, or not."""

    year: int
    cover: Cover


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """One stage over the plan's years; its words stand in the source under `column`. `certain` says that both of its ends are known."""

    text: str
    word: str
    column: int
    certain: bool
    cells: tuple[StageCell, ...]


@dataclass(frozen=True, kw_only=True)
class ServiceLink:
    """A service that carries a measure out; `address` is "" where it has no public pages."""

    id: str
    title: str
    purpose: str
    face_to_face: str
    address: str


@dataclass(frozen=True, kw_only=True)
class MeasureState:
    """One measure as the pages show it. `status` is None where no indicator is judged.

    `quoted` is how the measure is quoted: P/2. `version` is what an editor must have seen. `from_year`
    and `until_year` are its own first and last fiscal year, None for the plan's; `standing` says whether
    it runs in the running year (of a plan that is over: in its last one).
    """

    public_id: str
    quoted: str
    version: int
    number: str
    name: str
    kind: str
    section: str
    section_name: str
    divisions: tuple[DivisionName, ...]
    and_others: bool
    purpose: str
    outline: str
    viewpoints: tuple[Label, ...]
    services: tuple[ServiceLink, ...]
    note: str
    mended: str
    managed_in: str
    indicators: tuple[IndicatorState, ...]
    stages: tuple[StageLine, ...]
    status: Status | None
    from_year: int | None = None
    until_year: int | None = None
    until_reason: str = ""
    standing: Literal["running", "ended", "ahead"] = "running"

    @property
    def counted(self) -> bool:
        """Whether it counts among its plan's measures wherever these are counted: all but those that have
        ended. It is decided here alone."""
        return self.standing != "ended"

    @property
    def code(self) -> str:
        """Under which it is told and counted (MARKS): "ended" or "ahead" where it does not run, else its
        status, or its kind where no indicator is judged."""
        return self.status or self.kind if self.standing == "running" else self.standing

    def runs_in(self, year: int) -> bool:
        """Whether it is one of its plan's measures in a fiscal year of the plan."""
        return runs_in(year, first=self.from_year, last=self.until_year)


@dataclass(frozen=True, kw_only=True)
class PlanBoard:
    """A plan with all its measures, in its own order."""

    head: PlanHead
    measures: tuple[MeasureState, ...]


@dataclass(frozen=True, kw_only=True)
class RiverMeasure:
    """A measure in the river of lineage. `column` counts plans from the left, `here` is the page's own."""

    public_id: str
    plan: str
    plan_name: str
    years: tuple[int, int]
    number: str
    quoted: str
    name: str
    column: int
    here: bool


@dataclass(frozen=True, kw_only=True)
class RiverWay:
    """One way of the river, from measure to measure by public id."""

    origin: str
    heir: str
    kind: str
    note: str


@dataclass(frozen=True, kw_only=True)
class River:
    """What a measure grew from and what grew from it, near and far; no measures where it stands alone."""

    measures: tuple[RiverMeasure, ...]
    ways: tuple[RiverWay, ...]


@dataclass(frozen=True, kw_only=True)
class SeriesPart:
    """One plan's stretch of a series: its indicator, its results and its standing targets."""

    plan: str
    plan_name: str
    quoted: str
    number: str
    indicator: str
    unit: str
    definition_note: str
    results: tuple[Result, ...]
    targets: tuple[TargetState, ...]
    here: bool


@dataclass(frozen=True, kw_only=True)
class SeriesLine:
    """The same indicator over several plans, oldest first. Years that no plan knows are simply missing."""

    code: str
    name: str
    parts: tuple[SeriesPart, ...]


@dataclass(frozen=True, kw_only=True)
class ActionState:
    """What the action plan of one year says of a measure: what will be done, what was done."""

    year: int
    plan_name: str
    planned: str
    done: str


@dataclass(frozen=True, kw_only=True)
class DriverState:
    """Why measures exist: a law, guideline, technology or local issue. `measures` are quoted: P/2."""

    public_id: str
    code: str
    kind: str
    name: str
    issuer: str
    issued_on: date | None
    issued_year: int | None
    source: str
    address: str
    outline: str
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssetState:
    """A piece of information infrastructure. Cost in yen a year, None where it is not known."""

    public_id: str
    code: str
    name: str
    outline: str
    division: str
    since_year: int | None
    yearly_cost: int | None
    use: str
    verdict: str
    source: str
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeasurePage:
    """One measure with its plan, its neighbours in the list ("" at either end) and what surrounds it.

    `series` holds the lines of its indicators that run over several plans, by the indicator's order;
    `known_since` is a day from which on it can surely be shown, None where nothing tells one.
    """

    head: PlanHead
    measure: MeasureState
    before: str
    after: str
    river: River
    series: dict[int, SeriesLine]
    actions: tuple[ActionState, ...]
    drivers: tuple[DriverState, ...]
    assets: tuple[AssetState, ...]
    known_since: date | None = None
