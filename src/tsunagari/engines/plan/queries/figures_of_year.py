"""The stored figures of one fiscal year, for whoever enters several indicators at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tsunagari.engines.plan.models import Value


@dataclass(frozen=True, kw_only=True)
class YearValue:
    """The stored figure of a whole fiscal year that nothing has replaced. `value` None: it was withdrawn.
    `evidence` holds the public ids of what stands behind it and was not withdrawn."""

    public_id: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: str
    source: str
    evidence: tuple[str, ...]


def figures_of_year(indicators: Iterable[str], year: int) -> dict[str, YearValue]:
    """By an indicator's public id, what stands for the fiscal year; what a meter says is not among it. Two
    queries."""
    rows = (
        Value.objects.filter(
            indicator__public_id__in=list(indicators),
            fiscal_year=year,
            month=None,
            superseded_at=None,
        )
        .select_related("indicator")
        .prefetch_related("evidence")
    )
    return {
        row.indicator.public_id: YearValue(
            public_id=row.public_id,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
            status=row.status,
            source=row.source,
            evidence=tuple(
                each.public_id for each in row.evidence.all() if each.withdrawn_at is None
            ),
        )
        for row in rows
    }
