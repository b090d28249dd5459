"""A plan in the API: its words, scale, fields, years and counts."""

from datetime import date
from typing import Literal

from tsunagari.kernel.answers.api import Shape, Share, Words


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
    on: date | None
    """The past day of whose evening is told; null for the present."""
    read_again: date | None
    """The day after it on which a newer file of the city changed the plan, if there is one: such changes
    are not turned back."""


class CountsOut(Shape):
    """How many measures there are; statuses are counted, percentages are never averaged."""

    all: int
    """All measures that run or are still to begin; those that have ended are not among them."""
    indicator: int
    """Those that run with an indicator."""
    as_needed: int
    """Those that are done as needed (随時対応)."""
    staged: int
    """Those that are managed by stages."""
    elsewhere: int
    """Those that are managed in another plan."""
    without_indicator: int
    """Those that are to be managed by an indicator which is not set yet (成果指標は検討中)."""
    ahead: int
    """Those that are still to begin; they count under no kind and no status."""
    ended: int
    """Measures that ended before the running year (of a plan that is over: before its last one), beside `all`."""
    by_status: dict[str, int]
    """Measures that run with an indicator, by status; a status without any is left out."""


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
