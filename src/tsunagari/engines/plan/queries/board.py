"""What the plan's pages show: plan, measures and stages as plain data, in one language."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tsunagari.engines.plan.rules.progress import Aim, Progress, Status
from tsunagari.engines.plan.rules.stages import Cover


@dataclass(frozen=True, kw_only=True)
class PlanHead:
    """A plan without its measures. `labels` are its own words for the columns."""

    code: str
    letter: str
    name: str
    short_name: str
    idea: str
    source: str
    list_name: str
    first_year: int
    last_year: int
    labels: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Result:
    """A figure reached. `whole` says that the whole fiscal year stands behind it.

    `origin` is metered, loaded, summed, typed or estimated. `as_of` is the moment up to which was
    counted, `through` the last day that loaded months cover; a stored year's figure has neither.
    """

    year: int
    value: Decimal
    origin: str
    whole: bool
    as_of: datetime | None = None
    through: date | None = None
    began_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class IndicatorState:
    """One indicator with what it aims at, what was reached and how that is judged.

    `results` holds each year's known figure from the baseline on; `recent` the months of the running
    year as metered, April first, None where nothing is known.
    """

    public_id: str
    order: int
    name: str
    unit: str
    digits: int
    meter: str
    aim: Aim
    baseline_estimated: bool
    baseline_source: str
    results: tuple[Result, ...]
    latest: Result | None
    progress: Progress
    recent: tuple[Decimal | None, ...] = ()
    meter_began_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DivisionName:
    """A division by its code, with the name it bears in the plan's years."""

    code: str
    name: str


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
class MeasureState:
    """One measure as the pages show it. `status` is None where no indicator is judged."""

    number: str
    name: str
    kind: str
    section: str
    section_name: str
    divisions: tuple[DivisionName, ...]
    and_others: bool
    note: str
    mended: str
    managed_in: str
    indicators: tuple[IndicatorState, ...]
    stages: tuple[StageLine, ...]
    status: Status | None


@dataclass(frozen=True, kw_only=True)
class PlanBoard:
    """A plan with all its measures, in its own order."""

    head: PlanHead
    measures: tuple[MeasureState, ...]


@dataclass(frozen=True, kw_only=True)
class MeasurePage:
    """One measure with its plan and its neighbours in the list ("" at either end)."""

    head: PlanHead
    measure: MeasureState
    before: str
    after: str
