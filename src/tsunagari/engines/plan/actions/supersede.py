"""Puts a new target or value in the place of the standing one, which is kept."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tsunagari.engines.plan.declare import FigureSuperseded
from tsunagari.engines.plan.models import Indicator, Target, Value
from tsunagari.kernel.ledger import api as ledger


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    year: int,
    value: Decimal | None,
    now: datetime,
    from_pack: bool,
    actor: str = "",
) -> bool:
    """Let `value` be the target of a fiscal year; None withdraws it. False when it already was."""
    standing = indicator.targets.filter(fiscal_year=year, superseded_at=None).first()
    if (standing.value if standing else None) == value:
        return False
    if standing:
        standing.superseded_at = now
        standing.save(update_fields=["superseded_at"])
    successor = None
    if value is not None:
        successor = Target.objects.create(
            indicator=indicator, fiscal_year=year, value=value, set_at=now, from_pack=from_pack
        )
    if standing:
        standing.superseded_by = successor
        standing.save(update_fields=["superseded_by"])
        _tell(
            indicator, figure="target", year=year, before=standing.value, after=value, actor=actor
        )
    return True


@transaction.atomic
def set_value(
    *,
    indicator: Indicator,
    year: int,
    value: Decimal | None,
    origin: str,
    status: str,
    source: str,
    now: datetime,
    month: int | None = None,
    reason: str = "",
    from_pack: bool = False,
    actor: str = "",
) -> bool:
    """Let `value` be the figure of a fiscal year (or of one of its months). False when it already was."""
    standing = indicator.values.filter(fiscal_year=year, month=month, superseded_at=None).first()
    if standing and (standing.value, standing.origin, standing.status) == (value, origin, status):
        return False
    if standing:
        standing.superseded_at = now
        standing.save(update_fields=["superseded_at"])
    successor = Value.objects.create(
        indicator=indicator,
        fiscal_year=year,
        month=month,
        value=value,
        origin=origin,
        status=status,
        source=source,
        reason=reason,
        recorded_at=now,
        from_pack=from_pack,
    )
    if standing:
        standing.superseded_by = successor
        standing.save(update_fields=["superseded_by"])
        _tell(indicator, figure="value", year=year, before=standing.value, after=value, actor=actor)
    return True


def _tell(
    indicator: Indicator,
    *,
    figure: str,
    year: int,
    before: Decimal | None,
    after: Decimal | None,
    actor: str,
) -> None:
    ledger.record(
        FigureSuperseded(
            subject=indicator.public_id,
            actor=actor,
            figure=figure,
            fiscal_year=year,
            before=_plain(before),
            after=_plain(after),
        )
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
