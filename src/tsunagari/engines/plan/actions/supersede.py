"""Puts a new target or value in the place of the standing one, which is kept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.db import transaction

from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.declare import FigureSuperseded
from tsunagari.engines.plan.models import Indicator, Target, Value
from tsunagari.engines.plan.rules.pack import PackTarget
from tsunagari.kernel.ledger import api as ledger


@dataclass(frozen=True, kw_only=True)
class Basis:
    """How a target's figure is given: absolute, points or percent with its `change`; a ratio's parts."""

    basis: str = "absolute"
    change: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @classmethod
    def of(cls, target: Target | PackTarget | None) -> Self:
        """The basis of a target; the plain one where there is none."""
        if target is None:
            return cls()
        return cls(
            basis=target.basis,
            change=target.change,
            numerator=target.numerator,
            denominator=target.denominator,
        )


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    year: int,
    value: Decimal | None,
    now: datetime,
    basis: Basis | None = None,
    reason: str = "",
    from_pack: bool = False,
    actor: str = "",
) -> bool:
    """Let `value` be the target of a fiscal year; None withdraws it. False when it already was.

    `actor` is the public id of whoever sets it, `reason` why it was changed.
    """
    given = basis or Basis()
    standing = indicator.targets.filter(fiscal_year=year, superseded_at=None).first()
    if standing is None and value is None:
        return False
    if standing and standing.value == value and Basis.of(standing) == given:
        return False
    if standing:
        standing.superseded_at = now
        standing.save(update_fields=["superseded_at"])
    successor = None
    if value is not None:
        successor = Target.objects.create(
            indicator=indicator,
            fiscal_year=year,
            value=value,
            basis=given.basis,
            change=given.change,
            numerator=given.numerator,
            denominator=given.denominator,
            reason=reason,
            actor=actor,
            set_at=now,
            from_pack=from_pack,
        )
    if standing:
        standing.superseded_by = successor
        standing.save(update_fields=["superseded_by"])
        _tell(
            indicator, figure="target", year=year, before=standing.value, after=value, actor=actor
        )
    turn_edition()
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
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    reason: str = "",
    from_pack: bool = False,
    actor: str = "",
) -> bool:
    """Let `value` be the figure of a fiscal year (or of one of its months, 1 to 12). False when it
    already was. A ratio keeps both parts; its `value` is the quotient in the indicator's unit.

    `origin` and `status` are those of the model; `source` says where the figure comes from, `reason`
    why it replaces another, `actor` is the public id of whoever enters it.
    """
    standing = indicator.values.filter(fiscal_year=year, month=month, superseded_at=None).first()
    told = (value, numerator, denominator, origin, status)
    if standing and told == (
        standing.value,
        standing.numerator,
        standing.denominator,
        standing.origin,
        standing.status,
    ):
        return False
    if standing:
        standing.superseded_at = now
        standing.save(update_fields=["superseded_at"])
    successor = Value.objects.create(
        indicator=indicator,
        fiscal_year=year,
        month=month,
        value=value,
        numerator=numerator,
        denominator=denominator,
        actor=actor,
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
    turn_edition()
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
