"""A plan's closed years as datasets of the city's catalogue, each in its newest version."""

from collections.abc import Callable, Iterator
from typing import Final

from django.urls import reverse
from django.utils import translation

from tsunagari.engines.cycle.queries.files import DATA_FILES, dataset_of
from tsunagari.engines.cycle.queries.published import Report, books_of_years
from tsunagari.engines.cycle.rules.yearbook import LANGUAGES
from tsunagari.engines.plan import api as plan_api

Absolute = Callable[[str], str]
_PAGE: Final = "cycle:report"


def year_datasets(plan: str, absolute: Absolute) -> Iterator[plan_api.Dataset]:
    """The closed years of a plan, the oldest first. Two queries, where a process has read them already."""
    told = [books_of_years(plan, language) for language in LANGUAGES]
    for reports in zip(*told, strict=True):
        of_year = dict(zip(LANGUAGES, reports, strict=True))
        head = reports[0].version
        page = absolute(reverse(_PAGE, args=[plan, head.year]))
        yield dataset_of(
            of_year,
            address=f"{page}#dataset",
            page=page,
            series=absolute(f"{reverse('plan:plan', args=[plan])}#series"),
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
