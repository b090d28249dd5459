"""A year of the policy that tests open, write and move."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from tsunagari.engines.cycle.actions.move_part import accept_part, submit_part
from tsunagari.engines.cycle.actions.move_year import move_year
from tsunagari.engines.cycle.actions.open_year import open_year
from tsunagari.engines.cycle.actions.write_sheet import Typed, write_sheet
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.sheet_texts import figures_of, texts_of
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.metering import api as metering

NISHITOKYO = Path(settings.ROOT) / "cities" / "nishitokyo"
PLAN = "policy-2024-2028"
YEAR = 2025
"""A year that is over on NOW."""
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)

SECRETARIAT = Hand(actor=new_public_id(), division="joho-suishin", role="secretariat")
SHIMIN = Hand(actor=new_public_id(), division="shimin", role="member")
KOHO = Hand(actor=new_public_id(), division="hisho-koho", role="member")
COMMITTEE = Hand(actor=new_public_id(), division="joho-suishin", role="committee")
AUDITOR = Hand(actor=new_public_id(), division="joho-suishin", role="auditor")


def at(moment: datetime = NOW) -> Clock:
    """A clock that stands still."""
    return lambda: moment


def load_city(clock: Clock) -> None:
    """Divisions and both plans of Nishitokyo, from the real pack."""
    said = yaml.safe_load((NISHITOKYO / "divisions.yaml").read_text(encoding="utf-8"))
    identity.load_divisions(said)
    plan_api.load_plans(
        sorted((NISHITOKYO / "plan").glob("*.yaml")),
        divisions={entry["code"] for entry in said["divisions"]},
        meters={meter.id for meter in metering.declared()},
        clock=clock,
    )


def opened(year: int = YEAR, *, plan: str = PLAN, now: datetime = NOW) -> Cycle:
    """An open year of the policy."""
    public_id = open_year(plan=plan, year=year, hand=SECRETARIAT, clock=at(now))
    return Cycle.objects.get(public_id=public_id)


def sheet_of(cycle: Cycle, number: str) -> Sheet:
    """The sheet of a measure by its number."""
    heads = plan_api.measure_heads(cycle.plan, "ja")
    measure = next(each.public_id for each in heads if each.number == number)
    return Sheet.objects.get(cycle=cycle, measure=measure)


def write(
    sheet: Sheet, hand: Hand = SECRETARIAT, *, now: datetime = NOW, **texts: str
) -> tuple[str, ...]:
    """Write fields as somebody does who sees what stands there."""
    sheet.refresh_from_db()
    standing = texts_of(sheet, figures_of([sheet])[sheet.pk])
    typed = {
        key: Typed(text=text, seen=print_of(standing.get(key, ""))) for key, text in texts.items()
    }
    return write_sheet(sheet=sheet.public_id, typed=typed, hand=hand, clock=at(now))


def accepted(sheet: Sheet, part: str, *, now: datetime = NOW) -> None:
    """Hand a part in and accept it."""
    submit_part(sheet=sheet.public_id, part=part, hand=SECRETARIAT, clock=at(now))
    accept_part(sheet=sheet.public_id, part=part, comment="", hand=SECRETARIAT, clock=at(now))


def moved_to(cycle: Cycle, phase: str, *, now: datetime = NOW) -> Cycle:
    """The year moved on until it stands at a phase, whatever is still out."""
    cycle.refresh_from_db()
    while cycle.phase != phase:
        move_year(
            cycle=cycle.public_id,
            seen=cycle.phase,
            back=False,
            comment="試験のため",
            hand=SECRETARIAT,
            clock=at(now),
        )
        cycle.refresh_from_db()
    return cycle


CHECKED: dict[str, Any] = {
    "done": "窓口と広報で案内しました。",
    "grade": "B",
    "comment": "予定どおりに進みました。",
    "missing_reason": "集計の途中です。",
}
"""What a check needs at least."""
