"""Closed years as datasets of the city's catalogue, each in its newest version."""

from collections.abc import Callable, Iterator
from typing import Final

from django.urls import reverse
from django.utils import translation

from tsunagari.engines.cycle.queries.files import DATA_FILES, dataset_of
from tsunagari.engines.cycle.queries.published import Report, newest_reports
from tsunagari.engines.cycle.rules.yearbook import LANGUAGES
from tsunagari.engines.plan import api as plan_api

Absolute = Callable[[str], str]
_PAGE: Final = "cycle:report"


def year_datasets(absolute: Absolute) -> Iterator[plan_api.Dataset]:
    """The closed years of all plans, the newest first. One query, where a process has read them already."""
    for of_year in newest_reports(LANGUAGES):
        head = of_year[LANGUAGES[0]].version
        page = absolute(reverse(_PAGE, args=[head.plan, head.year]))
        yield dataset_of(
            of_year,
            address=f"{page}#dataset",
            page=page,
            series=absolute(f"{reverse('plan:plan', args=[head.plan])}#series"),
            files=tuple(_files(of_year, page, absolute)),
        )


def _files(
    of_year: dict[str, Report], page: str, absolute: Absolute
) -> Iterator[plan_api.DataFile]:
    for language, report in of_year.items():
        head = report.version
        with translation.override(language):
            folder = absolute(
                reverse("cycle:download", args=[head.plan, head.year, head.version, "-"])
            )
        folder = folder.removesuffix("-")
        for each in DATA_FILES:
            yield each.described(
                address=f"{page}#{each.name}-{language}", folder=folder, language=language
            )
