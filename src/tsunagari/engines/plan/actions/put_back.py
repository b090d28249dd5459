"""Puts an earlier version of a figure or target back, as a new version that says why."""

from django.db import transaction

from tsunagari.engines.plan.actions.attach_evidence import carry_over
from tsunagari.engines.plan.actions.enter_figure import Entered, Typed, enter_figure
from tsunagari.engines.plan.actions.set_goal import Goal, set_goal
from tsunagari.engines.plan.models import Target, Value
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import Figure, Period
from tsunagari.kernel.i18n.clock import Clock


def put_back_value(*, version: str, reason: str, seen: str, hand: Hand, clock: Clock) -> Entered:
    """Enter an earlier value (by its public id) anew, with its source and its evidence.

    Raises Value.DoesNotExist and what `enter_figure` raises.
    """
    with transaction.atomic():
        old = Value.objects.select_related("indicator").get(public_id=version)
        entered = enter_figure(
            indicator=old.indicator.public_id,
            typed=Typed(
                period=Period(year=old.fiscal_year, month=old.month),
                figure=Figure(
                    value=old.value, numerator=old.numerator, denominator=old.denominator
                ),
                status="provisional" if old.status == "provisional" else "final",
                source=old.source,
                reason=reason,
                seen=seen,
                origin=old.origin,
            ),
            hand=hand,
            clock=clock,
        )
        if entered.changed:
            carry_over(
                kept=list(old.evidence.values_list("public_id", flat=True)),
                before=old,
                after=Value.objects.get(public_id=entered.value),
            )
    return entered


def put_back_target(*, version: str, reason: str, seen: str, hand: Hand, clock: Clock) -> bool:
    """Set an earlier target (by its public id) anew. Raises Target.DoesNotExist and what `set_goal` raises."""
    old = Target.objects.select_related("indicator").get(public_id=version)
    return set_goal(
        indicator=old.indicator.public_id,
        goal=Goal(
            year=old.fiscal_year,
            basis=old.basis,
            value=old.value,
            change=old.change,
            numerator=old.numerator,
            denominator=old.denominator,
            reason=reason,
            seen=seen,
        ),
        hand=hand,
        clock=clock,
    )
