"""Where one goes from a year's screen."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.steps import ORDER

WRITERS = ("secretariat", "member", "head")
READERS = ("secretariat", "committee", "auditor")
EVERYBODY = (*WRITERS, "committee", "auditor", "administrator")


@dataclass(frozen=True, kw_only=True)
class Way:
    """Another screen: name of its address, words, phases in which it is of use (() for all), and the roles
    that it is for. `of` says what stands in its address: the "year", a "division" of it, or "" for nothing."""

    name: str
    words: Promise
    phases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("secretariat",)
    of: str = "year"


WAYS: tuple[tuple[Promise, tuple[Way, ...]], ...] = (
    (
        _("Excelで書く"),
        (
            Way(name="cycle_workbook", words=_("Excelに書き出す"), roles=WRITERS),
            Way(
                name="cycle_workbook_load",
                words=_("Excelから読み込む"),
                phases=ORDER[:-1],
                roles=WRITERS,
            ),
        ),
    ),
    (
        _("見る・印刷する"),
        (
            Way(name="cycle_for_mayor", words=_("市長への1枚"), roles=READERS),
            Way(name="cycle_for_division", words=_("課長への1枚"), roles=WRITERS, of="division"),
            Way(name="cycle_question", words=_("議員の質問に答える1枚"), roles=EVERYBODY, of=""),
            Way(name="cycle_hints", words=_("気になるところ"), roles=WRITERS),
            Way(name="cycle_inquiries", words=_("年度末照会ゼロ"), roles=(*WRITERS, "auditor")),
        ),
    ),
    (
        _("決める・公表する"),
        (
            Way(name="cycle_candidates", words=_("次の年度の候補")),
            Way(
                name="cycle_decisions",
                words=_("見直しの決定"),
                phases=("checking", "committee", "acting", "frozen"),
            ),
            Way(name="cycle_freeze", words=_("確定して公表する"), phases=("acting",)),
            Way(name="cycle_errata", words=_("年次報告の版と正誤"), phases=("frozen",)),
        ),
    ),
)
"""By what one wants to do, in the order in which a year needs them."""


def ways_of(cycle: Cycle, hand: Hand) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where `hand` goes from here: by what she wants to do, addresses and words."""
    asked = {
        "year": [cycle.plan, cycle.fiscal_year],
        "division": [cycle.plan, cycle.fiscal_year, hand.division],
        "": [],
    }
    groups = [
        (
            str(title),
            [
                (reverse(way.name, args=asked[way.of]), str(way.words))
                for way in ways
                if hand.role in way.roles and cycle.phase in (way.phases or ORDER)
            ],
        )
        for title, ways in WAYS
    ]
    return [(title, found) for title, found in groups if found]
