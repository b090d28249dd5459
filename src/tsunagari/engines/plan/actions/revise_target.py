"""Revises a target as it was decided: from a figure that stood then to a new one."""

from decimal import Decimal

from tsunagari.engines.plan.actions.enter_figure import FigureOvertaken
from tsunagari.engines.plan.actions.set_goal import Goal, set_goal
from tsunagari.engines.plan.models import Target
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.kernel.i18n.clock import Clock


def revise_target(
    *,
    indicator: str,
    year: int,
    old: Decimal | None,
    new: Decimal | None,
    reason: str,
    hand: Hand,
    clock: Clock,
) -> bool:
    """Let `new` be the target of a fiscal year where `old` stands, None for no target; False when it
    already is. `indicator`: a public id.

    Raises FigureOvertaken where another figure stands, and what set_goal raises.
    """
    standing = Target.objects.filter(
        indicator__public_id=indicator, fiscal_year=year, superseded_at=None
    ).first()
    now = standing.value if standing else None
    if now == new:
        return False
    if now != old:
        raise FigureOvertaken(standing.public_id if standing else "")
    goal = Goal(
        year=year,
        basis="absolute",
        value=new,
        change=None,
        numerator=None,
        denominator=None,
        reason=reason,
        seen=standing.public_id if standing else "",
        withdrawn=new is None,
    )
    return set_goal(indicator=indicator, goal=goal, hand=hand, clock=clock)
