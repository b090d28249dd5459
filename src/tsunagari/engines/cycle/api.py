"""What services and other engines may call; plain data goes in and out."""

from tsunagari.engines.cycle.actions.move_part import accept_part, return_part, submit_part
from tsunagari.engines.cycle.actions.move_year import move_year
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused, open_year
from tsunagari.engines.cycle.actions.write_sheet import (
    NotYourSheet,
    SheetOvertaken,
    SheetRefused,
    Typed,
    write_sheet,
)
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.prints import print_of

__all__ = [
    "Hand",
    "NotSecretariat",
    "NotYourSheet",
    "SheetOvertaken",
    "SheetRefused",
    "Typed",
    "YearRefused",
    "accept_part",
    "move_year",
    "open_year",
    "print_of",
    "return_part",
    "submit_part",
    "write_sheet",
]
