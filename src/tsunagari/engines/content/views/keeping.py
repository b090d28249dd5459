"""An answer about the city's pages may be kept by the edge until something of it changes, at most until midnight."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse

from tsunagari.kernel.design.banner import EMERGENCY
from tsunagari.kernel.edge.api import kept
from tsunagari.kernel.i18n.days import day_start, japan_day


def keep(
    response: HttpResponse,
    names: Iterable[str],
    *,
    now: datetime,
    until: datetime | None = None,
    query: Iterable[str] = (),
) -> HttpResponse:
    """Let the edge keep it. Names of divisions and what is to come change at midnight in Japan."""
    midnight = day_start(japan_day(now) + timedelta(days=1))
    end = min(until, midnight) if until else midnight
    return kept(response, names=[*names, EMERGENCY], until=end, query=query)
