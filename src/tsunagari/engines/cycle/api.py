"""What services and other engines may call; plain data goes in and out."""

from collections.abc import Mapping
from dataclasses import dataclass

from tsunagari.engines.cycle.actions.carry_out import carry_out, preview
from tsunagari.engines.cycle.actions.correct_year import correct_year
from tsunagari.engines.cycle.actions.decide import decide
from tsunagari.engines.cycle.actions.freeze_year import freeze_year
from tsunagari.engines.cycle.actions.give_opinion import answer_opinion, give_opinion
from tsunagari.engines.cycle.actions.move_part import accept_part, return_part, submit_part
from tsunagari.engines.cycle.actions.move_year import move_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused, open_year
from tsunagari.engines.cycle.actions.set_year import YearSettings, set_year
from tsunagari.engines.cycle.actions.write_sheet import (
    NotYourSheet,
    SheetOvertaken,
    SheetRefused,
    Typed,
    write_sheet,
)
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.sheet_texts import figures_of, texts_of
from tsunagari.engines.cycle.rules.corrections import Correction
from tsunagari.engines.cycle.rules.decisions import WantedDecision, WantedHeir, WantedRevision
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.prints import print_of

__all__ = [
    "Correction",
    "Hand",
    "NotSecretariat",
    "NotYourSheet",
    "SheetOvertaken",
    "SheetRefused",
    "StandingSheet",
    "StandingYear",
    "Typed",
    "WantedDecision",
    "WantedHeir",
    "WantedRevision",
    "YearRefused",
    "YearSettings",
    "accept_part",
    "answer_opinion",
    "carry_out",
    "correct_year",
    "decide",
    "freeze_year",
    "give_opinion",
    "move_year",
    "open_year",
    "preview",
    "print_of",
    "return_part",
    "set_year",
    "standing_year",
    "submit_part",
    "write_sheet",
]


@dataclass(frozen=True, kw_only=True)
class StandingSheet:
    """A measure's sheet as it stands: its public id, the division that answers, every field's text."""

    public_id: str
    division: str
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class StandingYear:
    """A plan's year as it stands: its public id, its phase, its sheets by the measure's public id."""

    public_id: str
    phase: str
    sheets: Mapping[str, StandingSheet]


def standing_year(plan: str, year: int) -> StandingYear | None:
    """A plan's year with its sheets; None where nobody opened it. Three queries.

    Whoever writes from outside has to name the sheet and what stood in it (`print_of`), and finds both here.
    """
    cycle = Cycle.objects.filter(plan=plan, fiscal_year=year).first()
    if cycle is None:
        return None
    sheets = list(cycle.sheets.all())
    figures = figures_of(sheets)
    return StandingYear(
        public_id=cycle.public_id,
        phase=cycle.phase,
        sheets={
            each.measure: StandingSheet(
                public_id=each.public_id,
                division=each.division,
                texts=texts_of(each, figures[each.pk]),
            )
            for each in sheets
        },
    )
