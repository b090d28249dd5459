"""Puts what divisions plan for a year, once accepted, on the plan's public pages."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api


def publish_planned(*, cycle: Cycle, sheets: Sequence[Sheet], hand: Hand, now: datetime) -> int:
    """Let the plan's action plan of the year say what accepted sheets plan; how many texts changed."""
    return plan_api.write_year(
        plan=cycle.plan,
        year=cycle.fiscal_year,
        texts={
            sheet.measure: {"planned": sheet.planned}
            for sheet in sheets
            if sheet.plan_state == "accepted"
        },
        actor=hand.actor,
        division=hand.division,
        reason=_("受理した年度の計画を公表しました。"),
        now=now,
    )
