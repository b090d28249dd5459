"""What the API of closed years answers: every field with its meaning, its unit and what null says.

Figures are decimal numbers written as strings; null says that a figure is not known, which is never 0. Years
are fiscal years, named by the calendar year in which they begin in April. Texts of clerks are Japanese.
"""

from datetime import date, datetime
from typing import Literal

from tsunagari.kernel.answers.api import Figure, Shape, Words


class CorrectionOut(Shape):
    """One place that an erratum changed, as texts."""

    measure: str
    """The measure's number."""
    place: str
    """A field of the measure, or an indicator's id and a fiscal year: its result."""
    title: str
    """The place's name in Japanese."""
    before: Words
    """What stood there; null for nothing."""
    after: Words
    """What stands there now; null for nothing."""


class VersionOut(Shape):
    """One version of a closed year. Its content never changes; an erratum is a later version."""

    version: int
    """1 for what was published first."""
    published_at: datetime
    """When it was published."""
    sha256: str
    """The SHA-256 of the sealed content: that of the file `data`."""
    reason: Words
    """Why the year was corrected; null for the first version."""
    corrections: list[CorrectionOut]
    """What was corrected."""
    page: str
    """Its page for people."""
    data: str
    """The sealed content itself as a JSON file, in both languages."""


class ReportHeadOut(Shape):
    """A closed year of a plan."""

    plan: str
    """The plan's code."""
    fiscal_year: int
    """The fiscal year."""
    versions: list[VersionOut]
    """Every version, the newest first."""
    address: str
    """Its page for people."""


class YearFigureOut(Shape):
    """A result or a target of one fiscal year."""

    year: int
    """The fiscal year."""
    value: Figure | None
    """The figure in the indicator's unit."""
    numerator: Figure | None
    """The numerator of a ratio."""
    denominator: Figure | None
    """The denominator of a ratio."""
    origin: Words
    """metered, loaded, summed, typed or estimated; null for a target."""
    status: Words
    """provisional, final or revised; null for a target."""
    whole: bool
    """Whether the whole fiscal year stands behind it."""
    source: Words
    """Where it comes from."""
    reason: Words
    """Why it took the place of another."""


class YearMonthOut(Shape):
    """A month's figure."""

    month: int
    """The calendar month, 1 to 12."""
    value: Figure | None
    """The figure in the indicator's unit."""


class YearIndicatorOut(Shape):
    """An indicator as it stood when the year was closed."""

    public_id: str
    """Its id."""
    order: int
    """Its place in the measure, from 1."""
    name: str
    """Its name."""
    unit: Words
    """The unit of its figures."""
    direction: Literal["up", "down", "keep", "range", "milestone"]
    """What brings it nearer to its target."""
    accumulate: Literal["flow", "stock", "latest", "ratio"]
    """How its figures add up over a year."""
    counted: str
    """How it is counted: metered, loaded, entered, none or ended."""
    baseline_year: int | None
    """The fiscal year from which it starts."""
    baseline: Figure | None
    """The figure from which it starts."""
    target_year: int | None
    """The fiscal year of its last target."""
    target: Figure | None
    """The last target."""
    targets: list[YearFigureOut]
    """Every target."""
    results: list[YearFigureOut]
    """Every result up to the year."""
    months: list[YearMonthOut]
    """The year's months, April first; none where no month is known."""
    quarters: list[Figure | None]
    """What was reached by the end of each quarter."""
    status: str
    """The judgement's code."""
    status_title: str
    """The judgement in words."""
    reason: Words
    """Why it is so, where the figures do not say it."""
    rate: Figure | None
    """The share of the way from baseline to target, 1 for the whole way."""
    grade: Words
    """The letter of the plan's scale."""


class YearQuarterOut(Shape):
    """A quarter of the year."""

    quarter: int
    """1 for April to June."""
    plan: Words
    """What was to be done."""
    note: Words
    """What was done."""


class YearStageOut(Shape):
    """A stage of a measure."""

    word: str
    """research, evaluate, introduce or other."""
    text: str
    """The plan's own words."""
    first_year: int | None
    """Its first fiscal year; null where the plan's source does not show it."""
    last_year: int | None
    """Its last fiscal year; null where the plan's source does not show it."""


class YearOpinionOut(Shape):
    """An opinion of the plan's committee."""

    about: Words
    """The number of the measure; null for the whole year."""
    text: str
    """The opinion."""
    answer: Words
    """The city's answer."""


class YearTieOut(Shape):
    """A measure from which another grew, or which grew from it."""

    quoted: str
    """How it is quoted: P/2."""
    name: str
    """Its name."""
    kind: str
    """How it grew: continued, renamed, merged or split; "" for a new measure that grew from none."""


class YearRevisionOut(Shape):
    """A target that the decision changed."""

    indicator: str
    """The indicator's name."""
    year: int
    """The fiscal year."""
    old: Figure | None
    """The old target."""
    new: Figure | None
    """The new target."""
    reason: Words
    """Why it was changed."""


class YearTextRevisionOut(Shape):
    """A text of an indicator that the decision changed."""

    indicator: str
    """The indicator's name in the year."""
    part: str
    """Which text: name, definition_note or unit, with .en for the English one."""
    old: Words
    """The old text; null for none."""
    new: Words
    """The new text; null for none."""
    reason: Words
    """Why it was changed."""


class YearCriterionOut(Shape):
    """A criterion that was set before."""

    text: str
    """What was asked."""
    met: bool
    """Whether it was met."""


class YearDecisionOut(Shape):
    """How a measure goes on."""

    kind: Literal["continue", "expand", "improve", "merge", "split", "abolish", "new"]
    """The decision."""
    title: str
    """The decision in words."""
    reason: Words
    """Why."""
    from_year: int
    """The fiscal year from which it holds."""
    stage_from: Words
    """The stage that is left."""
    stage_to: Words
    """The stage that begins."""
    criteria: list[YearCriterionOut]
    """What had been set beforehand for moving on."""
    against: Words
    """Why a stage is moved though not every criterion was met."""
    revisions: list[YearRevisionOut]
    """Targets that were changed."""
    text_revisions: list[YearTextRevisionOut]
    """Names, units and ways of counting of indicators that were changed."""
    heirs: list[YearTieOut]
    """Measures that come of it."""


class YearMeasureOut(Shape):
    """A measure with its year. Money in yen."""

    public_id: str
    """Its id."""
    quoted: str
    """How it is quoted: P/2."""
    number: str
    """Its number in the plan."""
    name: str
    """Its name."""
    section: str
    """The code of its field or list."""
    divisions: list[str]
    """The names of the divisions in charge."""
    and_others: bool
    """Whether other divisions take part (関係各課)."""
    kind: str
    """How it is managed: indicator, as_needed, staged or elsewhere."""
    status: Words
    """The status under which it is counted; null where no indicator is judged."""
    status_title: Words
    """The status in words."""
    planned: Words
    """What was to be done."""
    quarters: list[YearQuarterOut]
    """The four quarters."""
    budget: int | None
    """The budget."""
    budget_item: Words
    """The item of the budget."""
    legal_basis: Words
    """The legal basis."""
    way: Words
    """direct, entrusted, designated, subsidised, lent or other."""
    criteria: list[str]
    """Criteria for moving to the next stage, set beforehand."""
    done: Words
    """What was done."""
    settled: int | None
    """The settled cost."""
    from_state: int | None
    """Of it, from the state."""
    from_tokyo: int | None
    """Of it, from Tokyo."""
    from_bonds: int | None
    """Of it, from bonds."""
    from_others: int | None
    """Of it, from others."""
    general: int | None
    """Of it, the city's own funds."""
    staff_years: Figure | None
    """Staff-years (人工)."""
    fitness: Words
    """The division's own score, A to D: whether the city should do it."""
    effect: Words
    """The division's own score, A to D: whether it helps."""
    efficiency: Words
    """The division's own score, A to D: whether it is worth cost and work."""
    grade: Words
    """The division's own grade, A to D."""
    comment: Words
    """Why, and what is left to do."""
    missing_reason: Words
    """Why a result is missing."""
    next_planned: Words
    """What is to be done next."""
    stages: list[YearStageOut]
    """Its stages."""
    indicators: list[YearIndicatorOut]
    """Its indicators."""
    opinions: list[YearOpinionOut]
    """The committee's opinions."""
    decision: YearDecisionOut | None
    """How it goes on; null where nothing was decided."""
    origins: list[YearTieOut]
    """Measures from which it grew."""
    heirs: list[YearTieOut]
    """Measures that grew from it."""


class YearSectionOut(Shape):
    """A field or list of the plan."""

    code: str
    """Its code."""
    name: str
    """Its name."""


class YearbookOut(Shape):
    """A closed year of a plan in one language."""

    format: int
    """The shape's number; it grows when the shape changes."""
    language: str
    """The language of names and words."""
    city: str
    """The city."""
    plan: str
    """The plan's code."""
    letter: str
    """The letter with which its measures are quoted."""
    plan_name: str
    """The plan's name."""
    short_name: str
    """The plan's name within a sentence."""
    first_year: int
    """The plan's first fiscal year."""
    last_year: int
    """The plan's last fiscal year."""
    fiscal_year: int
    """The fiscal year of which it tells."""
    labels: dict[str, str]
    """The plan's own words for its columns."""
    sections: list[YearSectionOut]
    """Its fields or lists, in its order."""
    measures: list[YearMeasureOut]
    """Its measures of that year, in its order."""
    opinions: list[YearOpinionOut]
    """The committee's opinions on the whole year."""
    additions: list[YearDecisionOut]
    """Decisions for measures that are altogether new."""
    staff_cost: int | None
    """The average cost of one staff-year in yen, as the city states it."""
    closed_on: date
    """The day on which the year was closed, in Japan."""
    source: Words
    """The document behind the plan's figures."""


class ReportOut(Shape):
    """A version of a closed year with its content."""

    version: VersionOut
    """Which version this is."""
    versions: list[VersionOut]
    """Every version, the newest first."""
    content: YearbookOut
    """What was sealed, in the language asked for."""
