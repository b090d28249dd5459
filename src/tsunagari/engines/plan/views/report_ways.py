"""Ways from a plan's pages to the reports of its closed years, as other rooms tell of them."""

from dataclasses import dataclass

from tsunagari.engines.plan import api
from tsunagari.engines.plan.views.as_of import Seen
from tsunagari.engines.plan.views.words import year_words


@dataclass(frozen=True, kw_only=True)
class ReportWay:
    """A link to the report of one year; `year` as people say it, `number` by its first calendar year."""

    number: int
    year: str
    address: str


def report_ways(plan: str, seen: Seen, language: str) -> list[ReportWay]:
    """The reports that had been published at the moment of which the page tells, the newest year first."""
    return [
        ReportWay(number=each.year, year=year_words(each.year, language), address=each.address)
        for each in api.reports_of(plan)
        if seen.on is None or each.published_on <= seen.on
    ]
