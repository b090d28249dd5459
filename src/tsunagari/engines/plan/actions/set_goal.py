"""Sets, changes or withdraws a target by hand: the secretariat's, with a reason, and the old one is kept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.enter_figure import FigureOvertaken
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.supersede import Basis, set_target
from tsunagari.engines.plan.models import Indicator, Target
from tsunagari.engines.plan.queries.figure_desk import shape_of
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.targets import changed, rounded
from tsunagari.engines.plan.rules.typed_figure import FigureRefused, quotient
from tsunagari.kernel.i18n.clock import Clock


class NotSecretariat(PermissionError):
    """Targets are the secretariat's."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A target as it was typed: `value` for an absolute one, `change` for points or percent, both parts
    of a ratio where they are known. `withdrawn`: there is to be none. `seen` as of a figure."""

    year: int
    basis: str
    value: Decimal | None
    change: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reason: str
    seen: str
    withdrawn: bool = False


def set_goal(*, indicator: str, goal: Goal, hand: Hand, clock: Clock) -> bool:
    """Let `goal` be the target of its fiscal year; False when it already was. `indicator`: a public id.

    Raises NotSecretariat, Indicator.DoesNotExist, FigureRefused (YearClosed for a closed year),
    FigureOvertaken.
    """
    if not hand.secretariat:
        raise NotSecretariat
    try:
        with transaction.atomic():
            return _set(indicator, goal, hand, clock())
    except IntegrityError as fault:
        raise FigureOvertaken("") from fault


def goal_value(goal: Goal, *, indicator: Indicator, baseline: Decimal | None) -> Decimal:
    """The figure that a goal comes to. Raises FigureRefused."""
    if goal.basis == "absolute":
        if goal.numerator is not None and goal.denominator is not None:
            exact = quotient(goal.numerator, goal.denominator, shape_of(indicator))
            return rounded(exact, indicator.digits)
        if goal.value is None:
            raise FigureRefused(_("目標値を入力してください。"), "value")
        return goal.value
    if goal.change is None:
        raise FigureRefused(_("増やす（減らす）大きさを入力してください。"), "value")
    if baseline is None:
        raise FigureRefused(
            _("基準の数値がないため、増減では決められません。目標値そのものを入力してください。"),
            "value",
        )
    return changed(baseline, goal.basis, goal.change, indicator.digits)


def _set(public_id: str, goal: Goal, hand: Hand, now: datetime) -> bool:
    hold_plan()
    indicator = (
        Indicator.objects.select_related("measure__plan")
        .select_for_update(of=("self",))
        .get(public_id=public_id)
    )
    plan = indicator.measure.plan
    if not plan.first_year <= goal.year <= plan.last_year:
        raise FigureRefused(_("この計画にない年度です。"))
    standing = Target.objects.filter(
        indicator=indicator, fiscal_year=goal.year, superseded_at=None
    ).first()
    if (standing.public_id if standing else "") != goal.seen:
        raise FigureOvertaken(standing.public_id if standing else "")
    if not goal.reason:
        raise FigureRefused(_("目標値を決めた理由、または替える理由を入力してください。"), "reason")
    baseline = indicator.values.filter(
        fiscal_year=indicator.baseline_year or 0, month=None, superseded_at=None
    ).first()
    value = None
    if not goal.withdrawn:
        value = goal_value(goal, indicator=indicator, baseline=baseline.value if baseline else None)
    return set_target(
        indicator=indicator,
        year=goal.year,
        value=value,
        basis=Basis(
            basis=goal.basis,
            change=goal.change,
            numerator=goal.numerator,
            denominator=goal.denominator,
        ),
        reason=goal.reason,
        now=now,
        actor=hand.actor,
        division=hand.division,
    )
