"""Which divisions answer a sheet today: those it names, or whoever took over their work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from tsunagari.engines.cycle.models import Sheet
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity

Working = Mapping[str, tuple[str, ...]]
"""By a sheet's code of division, the codes of those who do its work now."""


def working_for(sheets: Iterable[Sheet], now: datetime) -> Working:
    """Who does the work of every division that the sheets name. Two queries."""
    codes = named_by(sheets)
    return identity.heirs(codes, FiscalYear.at(now)) if codes else {}


def named_by(sheets: Iterable[Sheet]) -> frozenset[str]:
    """The codes of every division that the sheets name."""
    return frozenset(code for sheet in sheets for code in (sheet.division, *sheet.partners))


def answered_now(sheets: Iterable[Sheet], now: datetime) -> dict[str, list[Sheet]]:
    """By division, the sheets that it answers today, in their order. Two queries."""
    listed = list(sheets)
    return by_division(listed, working_for(listed, now))


def by_division(sheets: Iterable[Sheet], working: Working) -> dict[str, list[Sheet]]:
    """By division, the sheets that it answers today, in their order."""
    found: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        for code in answering(sheet, working):
            found[code].append(sheet)
    return found


def answering(sheet: Sheet, working: Working) -> tuple[str, ...]:
    """The divisions that answer a sheet today: several where the work was divided."""
    return working[sheet.division]


def writing(sheet: Sheet, working: Working) -> frozenset[str]:
    """The divisions that may write it: those that answer, and the partners that the plan names."""
    return frozenset(code for each in (sheet.division, *sheet.partners) for code in working[each])
