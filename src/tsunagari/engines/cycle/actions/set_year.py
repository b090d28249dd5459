"""Sets a year's days and its stated assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.declare import STEPS, DeadlinesSet
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.kernel.ledger import api as ledger


@dataclass(frozen=True, kw_only=True)
class YearSettings:
    """Days by step; minutes that one item of an inquiry costs; the cost of a staff-year in yen or None."""

    days: Mapping[str, date]
    minutes_an_item: int
    staff_cost: int | None


@transaction.atomic
def set_year(*, cycle: str, wanted: YearSettings, hand: Hand) -> int:
    """Let a year's settings be these; returns how many changed. Raises NotSecretariat, Cycle.DoesNotExist,
    YearRefused."""
    if not hand.secretariat:
        raise NotSecretariat
    held = Cycle.objects.select_for_update().get(public_id=cycle)
    if held.phase == "frozen":
        raise YearRefused(_("確定した年度の設定は、もう変えられません。"))
    changed = sum(_set_day(held, step, wanted.days[step]) for step in STEPS if step in wanted.days)
    for name in ("minutes_an_item", "staff_cost"):
        if getattr(held, name) != getattr(wanted, name):
            setattr(held, name, getattr(wanted, name))
            changed += 1
    if changed:
        held.save(update_fields=["minutes_an_item", "staff_cost"])
        ledger.record(
            DeadlinesSet(
                subject=held.public_id,
                actor=hand.actor,
                division=hand.division,
                changed=changed,
            )
        )
    return changed


def _set_day(cycle: Cycle, step: str, day: date) -> bool:
    standing = cycle.deadlines.filter(step=step).first()
    if standing and standing.day == day:
        return False
    cycle.deadlines.update_or_create(step=step, defaults={"day": day})
    return True
