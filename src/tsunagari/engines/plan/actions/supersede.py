"""Puts a new target or value in the place of the standing one, which is kept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.db import transaction

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.keep_closed import check_target_open, check_value_open
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.declare import FigureEntered, FigureSuperseded
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
    division: str = "",
    closed_too: bool = False,
) -> bool:
    """Let `value` be the target of a fiscal year; None withdraws it. False when it already was.

    `actor` is the public id of whoever sets it, `division` the code of the division acted for, `reason`
    why it was changed. Raises YearClosed for a year that is closed, unless `closed_too` or `from_pack`.
    """
    given = basis or Basis()
    standing = indicator.targets.filter(fiscal_year=year, superseded_at=None).first()
    if standing is None and value is None:
        return False
    if standing and standing.value == value and Basis.of(standing) == given:
        return False
    hold_plan()
    if not (from_pack or closed_too):
        check_target_open(indicator, year)
    if standing:
        standing.superseded_at = now
        if value is None:
            standing.ended_reason, standing.ended_by = reason, actor
        standing.save(update_fields=["superseded_at", "ended_reason", "ended_by"])
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
    if not from_pack or standing:
        _tell(
            Change(figure="target", year=year, before=standing, after=value),
            indicator,
            actor=actor,
            division=division,
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
    division: str = "",
    closed_too: bool = False,
) -> bool:
    """Let `value` be the figure of a fiscal year (or of one of its months, 1 to 12). False when it
    already was. A ratio keeps both parts; its `value` is the quotient in the indicator's unit.

    `origin` and `status` are those of the model; `source` says where the figure comes from, `reason`
    why it replaces another, `actor` is the public id of whoever enters it, `division` the code of the
    division acted for. Raises YearClosed for a year that is closed, unless `closed_too` or `from_pack`.
    """
    standing = indicator.values.filter(fiscal_year=year, month=month, superseded_at=None).first()
    told = (value, numerator, denominator, origin, status, source)
    if standing and told == _told(standing):
        return False
    hold_plan()
    if not (from_pack or closed_too):
        check_value_open(indicator, year, month, value)
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
    if not from_pack or standing:
        change = Change(figure="value", year=year, month=month, before=standing, after=value)
        _tell(change, indicator, actor=actor, division=division)
    turn_edition()
    return True


def _told(row: Value) -> tuple[object, ...]:
    """What makes a figure another one."""
    return (row.value, row.numerator, row.denominator, row.origin, row.status, row.source)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the ledger is told of: a figure of a year or month, the row it replaces, and its successor."""

    figure: str
    year: int
    before: Target | Value | None
    after: Decimal | None
    month: int | None = None


def _tell(change: Change, indicator: Indicator, *, actor: str, division: str) -> None:
    if change.before is None:
        ledger.record(
            FigureEntered(
                subject=indicator.public_id,
                actor=actor,
                division=division,
                figure=change.figure,
                fiscal_year=change.year,
                month=change.month,
            )
        )
        return
    ledger.record(
        FigureSuperseded(
            subject=indicator.public_id,
            actor=actor,
            division=division,
            figure=change.figure,
            fiscal_year=change.year,
            before=_plain(change.before.value),
            after=_plain(change.after),
        )
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}"
