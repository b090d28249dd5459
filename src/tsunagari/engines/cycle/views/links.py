"""Where a closed year is read: for our own pages, and for the plan's pages that link to it."""

from collections.abc import Iterator
from functools import partial

from django.urls import NoReverseMatch, reverse

from tsunagari.engines.cycle.queries.published import (
    Version,
    results_told,
    things_told,
    versions_of,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import japan_day


def report_links(plan: str) -> Iterator[plan_api.ReportLink]:
    """The reports of a plan's closed years. One query."""
    versions = versions_of(plan)
    for newest in newest_of_years(versions):
        first = next(v for v in versions if v.year == newest.year and v.version == 1)
        yield plan_api.ReportLink(
            plan=plan,
            year=newest.year,
            address=reverse("cycle:report", args=[plan, newest.year]),
            published_on=japan_day(first.published_at),
            version=newest.version,
            errata=_errata(plan, newest.year),
            things=partial(things_told, newest.public_id),
            results=partial(results_told, newest.public_id),
        )


def _errata(plan: str, year: int) -> str:
    try:
        return reverse("cycle_errata", args=[plan, year])
    except NoReverseMatch:  # an installation without a console
        return ""


def newest_of_years(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The newest version of each year, in the order in which years first come."""
    found: dict[tuple[str, int], Version] = {}
    for each in versions:
        found.setdefault((each.plan, each.year), each)
    return tuple(found.values())
