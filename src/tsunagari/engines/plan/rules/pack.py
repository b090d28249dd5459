"""What a city pack says of plans and of what surrounds them, as plain data; and how it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in a pack: where, what, and what would be right."""

    file: str
    line: int
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}; {self.right}"


class PackRefused(Exception):
    """The pack was not loaded, and nothing was changed; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text in Japanese with its translations by language."""

    ja: str
    others: tuple[tuple[str, str], ...] = ()

    @property
    def by_language(self) -> dict[str, str]:
        """Every language's text by its code, Japanese first."""
        return {"ja": self.ja, **dict(self.others)}


EMPTY: Final = Text(ja="")


@dataclass(frozen=True, kw_only=True)
class PackTarget:
    """A target of one fiscal year: the figure, how the plan gives it, and the parts of a ratio."""

    year: int
    value: Decimal
    basis: str = "absolute"
    change: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PackBaseline:
    """The figure one starts from; `estimated` where the source says 見込."""

    year: int
    value: Decimal
    estimated: bool
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PackValue:
    """A result of a fiscal year, or of one month (1 to 12) of it."""

    year: int
    month: int | None
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    origin: str
    status: str
    source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PackSeries:
    """The line over several plans that an indicator belongs to."""

    code: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class PackIndicator:
    """An indicator as the pack gives it."""

    name: Text
    unit: Text
    digits: int
    accumulate: str
    direction: str
    factor: int
    phase: str
    to_set_year: int | None
    target_open: bool
    reason: Text
    baseline_words: str
    target_words: str
    series: PackSeries | None
    definition_note: Text
    meter: str
    low: Decimal | None
    high: Decimal | None
    baseline: PackBaseline | None
    targets: tuple[PackTarget, ...]
    values: tuple[PackValue, ...]


@dataclass(frozen=True, kw_only=True)
class PackStage:
    """A stage as the pack gives it; `first` and `last` are None where the source does not say."""

    column: int
    first: int | None
    last: int | None
    word: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class PackOrigin:
    """The measure of another plan (or of the same) from which one grew; its line is kept for messages."""

    plan: str
    number: str
    kind: str
    note: Text
    line: int


@dataclass(frozen=True, kw_only=True)
class PackAction:
    """What the action plan of one year says of a measure."""

    year: int
    planned: Text
    done: Text


@dataclass(frozen=True, kw_only=True)
class PackMeasure:
    """A measure as the pack gives it; its first and last year where these are not the plan's own."""

    number: str
    section: str
    kind: str
    name: Text
    divisions: tuple[str, ...]
    and_others: bool
    purpose: Text
    outline: Text
    viewpoints: tuple[str, ...]
    note: Text
    mended: Text
    managed_in: Text
    indicators: tuple[PackIndicator, ...]
    stages: tuple[PackStage, ...]
    origins: tuple[PackOrigin, ...]
    actions: tuple[PackAction, ...]
    from_year: int | None = None
    until_year: int | None = None
    until_reason: Text = EMPTY


@dataclass(frozen=True, kw_only=True)
class PackSection:
    """A list or field of the plan, in its order."""

    code: str
    kind: str
    name: Text
    outline: Text


@dataclass(frozen=True, kw_only=True)
class PackLabel:
    """A central issue or a viewpoint of the plan."""

    code: str
    name: Text
    outline: Text


@dataclass(frozen=True, kw_only=True)
class PackActionPlan:
    """The action plan of one fiscal year."""

    year: int
    name: Text
    note: Text


@dataclass(frozen=True, kw_only=True)
class PackGrade:
    """A grade of the city's own scale and the statuses it stands for."""

    code: str
    title: Text
    statuses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PackScale:
    """How a plan grades: a preset's name or grades of its own, the thresholds, which end is best."""

    preset: str = "words"
    on_track: Decimal = Decimal("0.95")
    slightly_behind: Decimal = Decimal("0.60")
    best: str = "first"
    grades: tuple[PackGrade, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class PackPlan:
    """A whole plan as the pack gives it."""

    file: str
    code: str
    letter: str
    kind: str
    name: Text
    short_name: Text
    idea: Text
    outline: Text
    source: Text
    list_name: Text
    first_year: int
    last_year: int
    predecessor: str
    labels: tuple[tuple[str, Text], ...]
    issues: tuple[PackLabel, ...]
    viewpoints: tuple[PackLabel, ...]
    scale: PackScale
    action_plans: tuple[PackActionPlan, ...]
    sections: tuple[PackSection, ...]
    measures: tuple[PackMeasure, ...]


@dataclass(frozen=True, kw_only=True)
class PackMention:
    """A measure named from a driver or an asset: P/2 is plan letter and number; its line for messages."""

    plan: str
    number: str
    line: int


@dataclass(frozen=True, kw_only=True)
class PackDriver:
    """Why measures exist: a law, a guideline, a technology, a local issue."""

    code: str
    kind: str
    name: Text
    issuer: Text
    issued_on: date | None
    issued_year: int | None
    source: Text
    address: str
    outline: Text
    measures: tuple[PackMention, ...]


@dataclass(frozen=True, kw_only=True)
class PackAsset:
    """A piece of information infrastructure that the city has."""

    code: str
    name: Text
    outline: Text
    division: str
    since_year: int | None
    yearly_cost: int | None
    use: Text
    verdict: str
    source: Text
    measures: tuple[PackMention, ...]
