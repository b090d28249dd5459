"""The year's tables: the cycle with its days, the sheets, what is decided, and what is sealed.

Measures, indicators and drivers are the plan engine's: here stand their public ids. Texts of sheets are
Japanese, as clerks write them. Nothing of a frozen year is written again.
"""

from tsunagari.engines.cycle.models.cycles import Cycle, Deadline, Move, Reminder
from tsunagari.engines.cycle.models.decisions import (
    Candidate,
    Decision,
    Heir,
    Revision,
    TextRevision,
)
from tsunagari.engines.cycle.models.frozen import Frozen, FrozenFile
from tsunagari.engines.cycle.models.hints import HintSetAside
from tsunagari.engines.cycle.models.sheets import Change, Opinion, QuarterFigure, Sheet

__all__ = [
    "Candidate",
    "Change",
    "Cycle",
    "Deadline",
    "Decision",
    "Frozen",
    "FrozenFile",
    "Heir",
    "HintSetAside",
    "Move",
    "Opinion",
    "QuarterFigure",
    "Reminder",
    "Revision",
    "Sheet",
    "TextRevision",
]
