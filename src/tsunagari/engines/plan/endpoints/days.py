"""The parameter that asks for the plan as it was on the evening of a past day."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from django.utils.translation import gettext as _
from ninja import Query
from ninja.errors import HttpError
from pydantic import WithJsonSchema

from tsunagari.engines.plan import api
from tsunagari.kernel.answers.api import RefusedOut
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day

On = Annotated[
    Annotated[str, WithJsonSchema({"type": "string", "format": "date"})] | None,
    Query(
        None,
        description="A day in Japan that is over: the answer tells what was known when it ended. Texts, "
        "figures, targets and lineage are turned back; services are those of now. Without it: the present.",
        examples=["2026-06-30"],
    ),
]
NO_DAY: Final = {400: RefusedOut}
"""What may be answered besides wherever a day can be asked for."""
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST: Final = date(1900, 1, 1)
"""No plan is older; days before cannot be reckoned with everywhere."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The moment of which is told: `now`, or the last one of the past day `on`."""

    now: datetime
    on: date | None


def asked(on: str | None, clock: Clock) -> Asked:
    """Read the parameter; today is the present. Raises HttpError 400 for what is no day, or none that has
    come."""
    now = clock()
    if not on:
        return Asked(now=now, on=None)
    day = _day(on)
    if day > japan_day(now):
        raise HttpError(400, _("on の日は、まだ来ていません。きのうまでの日付を書いてください。"))
    if day == japan_day(now):
        return Asked(now=now, on=None)
    day = max(day, FIRST)
    return Asked(now=api.last_moment(day), on=day)


def _day(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise HttpError(400, _("on には、実際にある日付を 2026-06-30 のように書いてください。"))
