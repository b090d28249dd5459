"""What is changed over the API or was changed before: history, entering, and refusals."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from tsunagari.kernel.answers.api import Figure, RefusedOut, Shape, Words


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


class OvertakenOut(RefusedOut):
    """Somebody else was first."""

    standing: StandingFigureOut | None
    """The figure that stands now; null where none does."""
