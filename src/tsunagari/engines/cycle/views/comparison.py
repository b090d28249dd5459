"""The closed years of a plan side by side: status, grade and decision of each measure, and its figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.cycle.queries.published import Report, books_of_years
from tsunagari.engines.cycle.rules.report_measure import status_words
from tsunagari.engines.cycle.rules.report_words import UNKNOWN, amount, year_name, yen
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearIndicator, YearMeasure
from tsunagari.engines.cycle.views.missing import in_words
from tsunagari.engines.plan import api as plan_api


@dataclass(frozen=True, kw_only=True)
class YearCell:
    """A measure in one year; "" everywhere where it was none of that year's."""

    year: str
    address: str
    status: str
    mark: str
    grade: str
    settled: str


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """An indicator with its result in each year, as words, by the year's name."""

    name: str
    target: str
    results: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class MeasureYears:
    """A measure over the years; the name is that of its last one."""

    number: str
    name: str
    cells: tuple[YearCell, ...]
    figures: tuple[FigureLine, ...]


@in_words
def compare(request: HttpRequest, plan: str) -> HttpResponse:
    """Every closed year of a plan."""
    language = get_language() or "ja"
    years = books_of_years(plan, language)
    if not years:
        raise Http404(gettext("この計画の年次報告は、公表されていません。"))
    book = years[-1].book
    context = {
        "book": book,
        "years": [
            (year_name(each.book.fiscal_year, language), _address(each.book)) for each in years
        ],
        "measures": [_measure(number, years) for number in _numbers(years)],
        "plan_address": reverse("plan:plan", args=[plan]),
    }
    return render(request, "cycle/report_page_compare.html", context)


def _numbers(years: Sequence[Report]) -> list[str]:
    """The measures of all years by number, in the order of the last year that has them."""
    found = [each.number for held in reversed(years) for each in held.book.measures]
    return list(dict.fromkeys(found))


def _address(book: Yearbook) -> str:
    return reverse("cycle:report", args=[book.plan, book.fiscal_year])


def _measure(number: str, years: Sequence[Report]) -> MeasureYears:
    known = [(held.book, held.book.measure(number)) for held in years]
    last = next(measure for _book, measure in reversed(known) if measure)
    return MeasureYears(
        number=number,
        name=last.name,
        cells=tuple(_cell(book, measure) for book, measure in known),
        figures=tuple(_figure(each, known) for each in last.indicators),
    )


def _cell(book: Yearbook, measure: YearMeasure | None) -> YearCell:
    year = year_name(book.fiscal_year, book.language)
    if measure is None:
        return YearCell(year=year, address="", status="", mark="", grade="", settled="")
    page = reverse("cycle:measure", args=[book.plan, book.fiscal_year, measure.number])
    return YearCell(
        year=year,
        address=page,
        status=status_words(measure),
        mark=plan_api.mark(measure.status or measure.kind).kind,
        grade=measure.grade or UNKNOWN,
        settled=yen(measure.settled),
    )


def _figure(
    indicator: YearIndicator, known: Sequence[tuple[Yearbook, YearMeasure | None]]
) -> FigureLine:
    return FigureLine(
        name=indicator.name,
        target=amount(indicator.target, indicator),
        results=tuple(
            (year_name(book.fiscal_year, book.language), _result(indicator, book, measure))
            for book, measure in known
        ),
    )


def _result(indicator: YearIndicator, book: Yearbook, measure: YearMeasure | None) -> str:
    own = next(
        (each for each in (measure.indicators if measure else ()) if each.public_id == indicator.public_id),
        None,
    )  # fmt: skip
    result = own.result_of(book.fiscal_year) if own else None
    return amount(result.value if result else None, indicator)
