"""Where one goes from a year's screen."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.steps import ORDER


@dataclass(frozen=True, kw_only=True)
class Way:
    """Another screen of the year: name of its address, words, phases in which it is of use (() for all), and
    the roles that it is for."""

    name: str
    words: Promise
    phases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("secretariat",)


WRITERS = ("secretariat", "member", "head")
READERS = ("secretariat", "committee", "auditor")


WAYS = (
    Way(name="cycle_workbook", words=_("Excelに書き出す"), roles=WRITERS),
    Way(name="cycle_workbook_load", words=_("Excelから読み込む"), roles=WRITERS),
    Way(name="cycle_inquiries", words=_("年度末照会ゼロ"), roles=(*WRITERS, "auditor")),
    Way(name="cycle_hints", words=_("気になるところ"), roles=WRITERS),
    Way(name="cycle_for_mayor", words=_("市長への1枚"), roles=READERS),
    Way(name="cycle_candidates", words=_("次の年度の候補")),
    Way(
        name="cycle_decisions",
        words=_("見直しの決定"),
        phases=("checking", "committee", "acting", "frozen"),
    ),
    Way(name="cycle_freeze", words=_("確定して公表する"), phases=("acting",)),
    Way(name="cycle_errata", words=_("年次報告の版と正誤"), phases=("frozen",)),
)
"""In the order in which a year needs them."""


def ways_of(cycle: Cycle, hand: Hand) -> list[tuple[str, str]]:
    """Where one goes from here: addresses and words."""
    asked = [cycle.plan, cycle.fiscal_year]
    return [
        (reverse(way.name, args=asked), str(way.words))
        for way in WAYS
        if hand.role in way.roles and cycle.phase in (way.phases or ORDER)
    ] + _own(cycle, hand)


def _own(cycle: Cycle, hand: Hand) -> list[tuple[str, str]]:
    """The page of her own division, and the one that answers a question."""
    found = [(reverse("cycle_question"), gettext("議員の質問に答える1枚"))]
    if hand.role in WRITERS:
        asked = [cycle.plan, cycle.fiscal_year, hand.division]
        found.insert(0, (reverse("cycle_for_division", args=asked), gettext("課長への1枚")))
    return found
