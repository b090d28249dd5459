"""Whom a reminder reaches."""

from datetime import datetime
from typing import Final

from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.identity import api as identity

_ROLES: Final = ("member", "head", "secretariat")
_ROLES_OF: Final = {"opinion": ("committee",), "act": ("secretariat",)}
"""Who is reminded of a step that no division does."""


def receivers_of(step: str, division: str, now: datetime) -> list[str]:
    """The addresses to which a reminder of a step goes now: of the clerks of the division, or of whoever took
    over its work; for a step that no division does, of the committee or the secretariat."""
    today = japan_day(now)
    year = FiscalYear.of(today)
    if step in OF_DIVISIONS:
        working = identity.heirs([division], year)[division]
        return list(identity.mail_addresses(working, _ROLES, today).values())
    codes = [each.code for each in identity.divisions(year)]
    return list(identity.mail_addresses(codes, _ROLES_OF[step], today).values())
