"""Carries out a year's open decisions in the plan: measures end, heirs begin, stages and targets move.

A preview makes every change and takes all of it back, so that it cannot differ from the real thing.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.carrying import Carrying, CarryRefused, words_of_year
from tsunagari.engines.cycle.actions.open_year import Followed, NotSecretariat, follow_plan
from tsunagari.engines.cycle.declare import DecisionsCarriedOut
from tsunagari.engines.cycle.models import Cycle, Decision
from tsunagari.engines.cycle.queries.decisions import (
    open_decisions,
    print_of_decisions,
    target_plan,
)
from tsunagari.engines.cycle.queries.years import usual_from_year
from tsunagari.engines.cycle.rules.deeds import Done, Outcome
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger

Planned = dict[tuple[str, int], dict[str, dict[str, str]]]
"""What action plans will say, by plan and fiscal year: texts by a measure's public id."""


class CarryOvertaken(RuntimeError):
    """The decisions are not those that were shown: somebody wrote, withdrew or carried one out meanwhile."""


@transaction.atomic
def preview(*, cycle: str, hand: Hand, clock: Clock, from_year: int | None = None) -> Outcome:
    """What carrying out would do. Raises NotSecretariat, CarryRefused."""
    outcome = _carry_out(cycle, from_year, hand, clock)
    transaction.set_rollback(True)
    return outcome


@transaction.atomic
def carry_out(
    *, cycle: str, seen: str, hand: Hand, clock: Clock, from_year: int | None = None
) -> Outcome:
    """Carry out every open decision of a year, to hold from `from_year`: without one the next year, or the
    one after it where the next is no longer being planned. All of them or none; a second time does nothing.

    `seen` is the print of the outcome that was shown. Raises NotSecretariat, CarryOvertaken, CarryRefused.
    """
    held = _held(cycle, hand)
    decisions = open_decisions(held)
    if not decisions:
        return _nothing(held, from_year)
    if print_of_decisions(decisions, from_year or usual_from_year(held)) != seen:
        raise CarryOvertaken
    outcome = _carry_out(cycle, from_year, hand, clock)
    if outcome.wrong:
        raise CarryRefused(" ".join(each.wrong for each in outcome.wrong))
    ledger.record(
        DecisionsCarriedOut(
            subject=cycle,
            actor=hand.actor,
            division=hand.division,
            fiscal_year=outcome.from_year,
            decisions=len(outcome.done),
            measures=outcome.made,
        )
    )
    return outcome


def _held(cycle: str, hand: Hand) -> Cycle:
    if not hand.secretariat:
        raise NotSecretariat
    held = Cycle.objects.select_for_update().get(public_id=cycle)
    if held.phase != "acting":
        raise CarryRefused(_("決定を計画に反映できるのは、「見直し」の段階です。"))
    return held


def _nothing(cycle: Cycle, from_year: int | None) -> Outcome:
    year = from_year or usual_from_year(cycle)
    seen = print_of_decisions([], year)
    return Outcome(from_year=year, done=(), made=0, sheets_added=0, sheets_gone=0, seen=seen)


def _carry_out(cycle: str, from_year: int | None, hand: Hand, clock: Clock) -> Outcome:
    held = _held(cycle, hand)
    year = from_year or usual_from_year(held)
    if year <= held.fiscal_year:
        raise CarryRefused(_("反映する年度は、この年度より後にしてください。"))
    now = clock()
    decisions = open_decisions(held)
    seen = print_of_decisions(decisions, year)
    target = target_plan(held.plan, year, plan_api.plan_heads("ja", now=now))
    planned: Planned = defaultdict(dict)
    done = tuple(_one(held, each, target, year, hand, now, planned) for each in decisions)
    followed = _next_year(held, planned, target, year, hand, clock)
    return Outcome(
        from_year=year,
        done=done,
        made=sum(deed.act == "made" for each in done for deed in each.deeds),
        sheets_added=followed.added,
        sheets_gone=followed.gone,
        laid_aside=_quoted(followed.aside),
        seen=seen,
    )


def _quoted(measures: Sequence[str]) -> tuple[str, ...]:
    """Measures as people quote them, in the reader's language."""
    heads = plan_api.measures_by_id(measures, get_language() or "ja")
    return tuple(f"{heads[key].quoted} {heads[key].name}" for key in measures if key in heads)


def _one(  # noqa: PLR0917 - one call, each is one fact of the carrying out
    cycle: Cycle,
    decision: Decision,
    target: plan_api.PlanHead | None,
    year: int,
    hand: Hand,
    now: datetime,
    planned: Planned,
) -> Done:
    """One decision; what is wrong with it keeps the others from nothing but being shown."""
    carrying = Carrying(
        cycle=cycle, decision=decision, target=target, year=year, hand=hand, now=now
    )
    wrong = ""
    try:
        with transaction.atomic():
            carrying.run()
            decision.carried_at, decision.from_year = now, year
            decision.version += 1
            decision.save(update_fields=["carried_at", "from_year", "version"])
    except (CarryRefused, plan_api.TextsRefused, plan_api.FigureRefused) as refused:
        wrong = str(refused)
    except plan_api.FigureOvertaken:
        wrong = _(
            "目標値が、決定のあとに変わっています。決定を開いて、いまの数値で直してください。"
        )
    except plan_api.TextsOvertaken:
        wrong = _(
            "指標の名前・数え方・単位が、決定のあとに変わっています。決定を開いて、いまの内容で直してください。"
        )
    else:
        for place, texts in carrying.planned.items():
            planned[place].update(texts)
    return Done(
        decision=decision.public_id,
        kind=decision.kind,
        measures=carrying.quoted,
        deeds=tuple(carrying.deeds),
        wrong=wrong,
    )


def _next_year(  # noqa: PLR0917 - as above
    cycle: Cycle,
    planned: Planned,
    target: plan_api.PlanHead | None,
    year: int,
    hand: Hand,
    clock: Clock,
) -> Followed:
    """Write what is to be done, and bring the sheets of a year that is being planned to its measures."""
    for (plan, first), texts in planned.items():
        plan_api.write_year(
            plan=plan,
            year=first,
            texts=texts,
            actor=hand.actor,
            division=hand.division,
            reason=words_of_year(cycle),
            now=clock(),
        )
    following = Cycle.objects.filter(
        plan=target.code if target else cycle.plan, fiscal_year=year, phase="planning"
    ).first()
    if following is None:
        return Followed()
    return follow_plan(cycle=following.public_id, hand=hand, clock=clock)
