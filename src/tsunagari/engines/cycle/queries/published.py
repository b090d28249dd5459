"""The closed years as everyone reads them: from sealed content alone, in any version."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from tsunagari.engines.cycle.models import Frozen
from tsunagari.engines.cycle.rules.corrections import Corrected
from tsunagari.engines.cycle.rules.yearbook import Yearbook


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a closed year. `reason` and `corrections` are those of an erratum; "" and () for the
    first. `sha256` is the seal of its content."""

    public_id: str
    plan: str
    year: int
    version: int
    published_at: datetime
    sha256: str
    reason: str
    corrections: tuple[Corrected, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A closed year in one language: its content in the asked version, and every version, the newest first."""

    book: Yearbook
    version: Version
    versions: tuple[Version, ...]

    @property
    def newest(self) -> bool:
        """Whether no later version has been published."""
        return self.version == self.versions[0]


_HEADS = (
    *("public_id", "version", "frozen_at", "sha256", "reason", "corrections"),
    *("cycle__plan", "cycle__fiscal_year"),
)


def books_of(content: str) -> dict[str, Yearbook]:
    """The yearbooks by language that sealed content holds."""
    held = json.loads(content)
    return {language: Yearbook.of_plain(plain) for language, plain in held.items()}


def versions_of(plan: str = "", year: int | None = None) -> tuple[Version, ...]:
    """Every published version: of all plans, of one, or of one year; newest years and versions first. One
    query, without contents."""
    rows = Frozen.objects.order_by("-cycle__fiscal_year", "cycle__plan", "-version")
    if plan:
        rows = rows.filter(cycle__plan=plan)
    if year is not None:
        rows = rows.filter(cycle__fiscal_year=year)
    return tuple(_version(row) for row in rows.values(*_HEADS))


def report(plan: str, year: int, *, language: str, version: int | None = None) -> Report | None:
    """A closed year, its newest version unless another is asked for; None where there is none. Two queries
    at most: sealed content never changes, so a process keeps what it read."""
    versions = versions_of(plan, year)
    wanted = next((v for v in versions if version in (None, v.version)), None)
    if wanted is None:
        return None
    return Report(book=_book(wanted.public_id, language), version=wanted, versions=versions)


def report_of(public_id: str, language: str) -> Report | None:
    """The closed year of which this is a version, by the version's public id."""
    found = Frozen.objects.filter(public_id=public_id).values(*_HEADS).first()
    if found is None:
        return None
    head = _version(found)
    return report(head.plan, head.year, language=language, version=head.version)


@lru_cache(maxsize=64)
def things_told(public_id: str) -> frozenset[str]:
    """The public ids of the measures and indicators that a version (by its public id) tells of."""
    measures = _book(public_id, "ja").measures
    return frozenset(each.public_id for each in measures) | frozenset(
        each.public_id for measure in measures for each in measure.indicators
    )


@lru_cache(maxsize=64)
def results_told(public_id: str) -> dict[str, Decimal | None]:
    """By an indicator's public id, what a version tells as the result of its fiscal year; None for none."""
    book = _book(public_id, "ja")
    found = {
        each.public_id: each.result_of(book.fiscal_year)
        for measure in book.measures
        for each in measure.indicators
    }
    return {key: figure.value if figure else None for key, figure in found.items()}


def books_of_years(plan: str, language: str) -> tuple[Report, ...]:
    """Every closed year of a plan in its newest version, the oldest year first."""
    versions = versions_of(plan)
    years = sorted({each.year for each in versions})
    return tuple(_newest(versions, year, language) for year in years)


def newest_reports(languages: Iterable[str]) -> tuple[dict[str, Report], ...]:
    """Every closed year of every plan in its newest version, by language; the newest year first. One query,
    where a process has read them already."""
    versions, spoken = versions_of(), tuple(languages)
    years = dict.fromkeys((each.plan, each.year) for each in versions)
    return tuple(
        {
            language: _newest((each for each in versions if each.plan == plan), year, language)
            for language in spoken
        }
        for plan, year in years
    )


def _newest(versions: Iterable[Version], year: int, language: str) -> Report:
    of_year = tuple(each for each in versions if each.year == year)
    return Report(book=_book(of_year[0].public_id, language), version=of_year[0], versions=of_year)


@lru_cache(maxsize=64)
def _book(public_id: str, language: str) -> Yearbook:
    """Read once a process: nobody writes to sealed content."""
    content = Frozen.objects.values_list("content", flat=True).get(public_id=public_id)
    books = books_of(content)
    return books.get(language) or books["ja"]


def _version(row: dict[str, object]) -> Version:
    return Version(
        public_id=str(row["public_id"]),
        plan=str(row["cycle__plan"]),
        year=int(str(row["cycle__fiscal_year"])),
        version=int(str(row["version"])),
        published_at=row["frozen_at"],  # type: ignore[arg-type]  # the column's own type
        sha256=str(row["sha256"]),
        reason=str(row["reason"]),
        corrections=tuple(Corrected(**each) for each in row["corrections"]),  # type: ignore[attr-defined]  # as above
    )
