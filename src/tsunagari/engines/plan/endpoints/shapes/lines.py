"""What runs over several plans in the API: lineage and series."""

from typing import Literal

from tsunagari.engines.plan.endpoints.shapes.figures import ResultOut, TargetOut
from tsunagari.kernel.answers.api import Shape, Words


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
