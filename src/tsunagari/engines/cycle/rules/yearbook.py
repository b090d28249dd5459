"""What a year says when it is closed: plain data in one language, from which every publication is made.

A frozen year is this, in Japanese and English, as canonical JSON (rules/seal.py). PDF, workbook, tables,
pages and API read it and nothing else, so that they stay what they were. Figures are decimals, None for
"not known"; years are fiscal years by the calendar year in which they begin.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Self

from pydantic import TypeAdapter

LANGUAGES: Final = ("ja", "en")
"""The languages in which a year is sealed."""

FORMAT: Final = 2
"""Grows when the shape changes; years that were frozen before keep theirs and stay readable."""


@dataclass(frozen=True, kw_only=True)
class YearFigure:
    """A target, or a result with what stands behind it. `origin` is metered, loaded, summed, typed or
    estimated ("" for a target), `status` provisional, final or revised. `whole`: the whole fiscal year
    stands behind it."""

    year: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    origin: str = ""
    status: str = ""
    source: str = ""
    reason: str = ""
    whole: bool = True


@dataclass(frozen=True, kw_only=True)
class YearMonth:
    """A month's figure, by its calendar month 1 to 12."""

    month: int
    value: Decimal | None


@dataclass(frozen=True, kw_only=True)
class YearIndicator:
    """An indicator as it stood. `status` and `reason` are the judgement's words of the plan engine, `rate`
    the share of the way from baseline to target, `grade` the plan's letter ("" where it has none).
    `counted` says how it is counted: metered, loaded, typed … `quarters` are what was reached by the end
    of each quarter, None where it is not known. `months` of the year itself, April first, () where none
    is known. `definition` says what changed in the counting, `low` and `high` are the ends of a range."""

    public_id: str
    order: int
    name: str
    unit: str
    digits: int
    direction: str
    accumulate: str
    counted: str
    baseline_year: int | None
    baseline: Decimal | None
    target_year: int | None
    target: Decimal | None
    targets: tuple[YearFigure, ...]
    results: tuple[YearFigure, ...]
    months: tuple[YearMonth, ...]
    quarters: tuple[Decimal | None, ...]
    status: str
    status_title: str
    reason: str
    rate: Decimal | None
    grade: str
    definition: str = ""
    low: Decimal | None = None
    high: Decimal | None = None

    def result_of(self, year: int) -> YearFigure | None:
        """The result of a fiscal year."""
        return next((each for each in self.results if each.year == year), None)


@dataclass(frozen=True, kw_only=True)
class YearStage:
    """A stage and the years it covers; None where the plan's source does not show the end."""

    word: str
    text: str
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, kw_only=True)
class YearQuarter:
    """What was to be done in a quarter, and what was."""

    quarter: int
    plan: str
    note: str


@dataclass(frozen=True, kw_only=True)
class YearOpinion:
    """An opinion of the committee and the city's answer. `about` is a measure's number, "" for the year."""

    about: str
    text: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class YearTie:
    """A measure from which this one grew, or which grew from it. `quoted`: P/2. `kind`: continued, renamed,
    merged, split; "" for a new one that grew from none."""

    quoted: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class YearRevision:
    """A target that was changed by the decision: the old figure, the new one, and why."""

    indicator: str
    year: int
    old: Decimal | None
    new: Decimal | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class YearTextRevision:
    """A text of an indicator that was changed by the decision. `part` is the plan's sign of it: "name",
    "name.en", "definition_note", "unit" …; `old` and `new` are "" for no text."""

    indicator: str
    part: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class YearCriterion:
    """A criterion that was set before, and whether it was met."""

    text: str
    met: bool


@dataclass(frozen=True, kw_only=True)
class YearDecision:
    """How the measure goes on, from which year, and what became of it. `against` says why a stage was moved
    though not every criterion was met; `stage_from` and `stage_to` are words."""

    kind: str
    title: str
    reason: str
    from_year: int
    stage_from: str
    stage_to: str
    criteria: tuple[YearCriterion, ...]
    revisions: tuple[YearRevision, ...]
    heirs: tuple[YearTie, ...]
    against: str = ""
    text_revisions: tuple[YearTextRevision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class YearMeasure:
    """A measure with its year. Money in yen; `staff_years` is 人工. `grade` is the division's own (A to D),
    `way`, `fitness`, `effect`, `efficiency` and `grade` are codes of rules/fields.py."""

    public_id: str
    quoted: str
    number: str
    name: str
    section: str
    divisions: tuple[str, ...]
    and_others: bool
    kind: str
    managed_in: str
    purpose: str
    outline: str
    status: str
    status_title: str
    planned: str
    quarters: tuple[YearQuarter, ...]
    budget: int | None
    budget_item: str
    legal_basis: str
    way: str
    criteria: tuple[str, ...]
    done: str
    settled: int | None
    from_state: int | None
    from_tokyo: int | None
    from_bonds: int | None
    from_others: int | None
    staff_years: Decimal | None
    fitness: str
    effect: str
    efficiency: str
    grade: str
    comment: str
    missing_reason: str
    next_planned: str
    stages: tuple[YearStage, ...]
    indicators: tuple[YearIndicator, ...]
    opinions: tuple[YearOpinion, ...]
    decision: YearDecision | None
    origins: tuple[YearTie, ...]
    heirs: tuple[YearTie, ...]

    @property
    def general(self) -> int | None:
        """一般財源: what of the settled cost came from the city's own funds."""
        if self.settled is None:
            return None
        parts = (self.from_state, self.from_tokyo, self.from_bonds, self.from_others)
        return self.settled - sum(each or 0 for each in parts)


@dataclass(frozen=True, kw_only=True)
class YearSection:
    """A field or list of the plan, in the plan's order."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Yearbook:
    """A plan's year in one language. `labels` are the plan's own words for its columns. `staff_cost` is the
    average cost of one staff-year in yen as stated for the year, None where nobody stated it. `additions`
    are decisions for measures that are altogether new. `source` is the document behind the plan's figures."""

    format: int
    language: str
    city: str
    plan: str
    letter: str
    plan_name: str
    short_name: str
    first_year: int
    last_year: int
    fiscal_year: int
    labels: dict[str, str]
    sections: tuple[YearSection, ...]
    measures: tuple[YearMeasure, ...]
    opinions: tuple[YearOpinion, ...]
    staff_cost: int | None
    closed_on: date
    additions: tuple[YearDecision, ...] = ()
    source: str = ""

    def counts(self) -> Counter[str]:
        """How many measures bear each status; "" for those without indicators."""
        return Counter(each.status for each in self.measures)

    def grades(self) -> Counter[str]:
        """How many measures their divisions graded A, B, C, D; "" for those without a grade."""
        return Counter(each.grade for each in self.measures)

    def measure(self, number: str) -> YearMeasure | None:
        """A measure by its number."""
        return next((each for each in self.measures if each.number == number), None)

    def plain(self) -> Any:
        """As JSON holds it: decimals and days as texts."""
        return _PLAIN.dump_python(self, mode="json")

    @classmethod
    def of_plain(cls, held: Any) -> Self:
        """The yearbook that `plain` gave. Raises pydantic's ValidationError for anything else."""
        return _PLAIN.validate_python(held)  # type: ignore[return-value]  # nobody derives from it


_PLAIN: Final = TypeAdapter(Yearbook)
