"""The years of one indicator to take away: CSV that Excel opens, the chart as SVG."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import IndicatorState, MeasurePage
from tsunagari.engines.plan.views.as_of import Seen, as_of, named, not_before
from tsunagari.engines.plan.views.drawing import STATUS_WORDS, chart, origin_words
from tsunagari.engines.plan.views.figures import plain
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.words import year_words
from tsunagari.engines.plan.views.year_lines import YearLine, year_lines
from tsunagari.kernel.design.charts import standalone
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.tabular import write_table


@in_words
@as_of
def figures_csv(
    _request: HttpRequest, seen: Seen, code: str, number: str, order: int
) -> HttpResponse:
    """Every year of one indicator: what is known, how, and what was aimed at."""
    language = get_language() or "ja"
    page, indicator = _found(code, number, order, seen, language)
    titles = [
        gettext("年度"),
        gettext("年度（西暦）"),
        f"{indicator.name} ({indicator.unit})",
        gettext("分子"),
        gettext("分母"),
        gettext("実績の出どころ"),
        gettext("数値の状態"),
        gettext("目安"),
        gettext("目標値"),
        gettext("計画"),
    ]
    rows = [_cells(line, language) for line in _lines(page, indicator, seen)]
    return _file(
        write_table(titles, rows),
        f"{named(f'{code}_{number}_{order}', seen.on)}.csv",
        "text/csv; charset=utf-8",
    )


@in_words
@as_of
def chart_svg(
    _request: HttpRequest, seen: Seen, code: str, number: str, order: int
) -> HttpResponse:
    """The chart of one indicator as a drawing."""
    language = get_language() or "ja"
    page, indicator = _found(code, number, order, seen, language)
    lines = _lines(page, indicator, seen)
    drawn = chart(indicator, lines, page.series.get(order), language)
    return _file(
        standalone(drawn), f"{named(f'{code}_{number}_{order}', seen.on)}.svg", "image/svg+xml"
    )


def _found(
    code: str, number: str, order: int, seen: Seen, language: str
) -> tuple[MeasurePage, IndicatorState]:
    page = api.measure_page(code, number, now=seen.now, language=language, on=seen.on)
    found = [each for each in page.measure.indicators if each.order == order] if page else []
    if page is None:
        not_before(seen.on, code, number)
    if page is None or not found:
        raise Http404(gettext("この指標は見つかりません。"))
    return page, found[0]


def _lines(page: MeasurePage, indicator: IndicatorState, seen: Seen) -> tuple[YearLine, ...]:
    return year_lines(
        page.head,
        indicator,
        running=FiscalYear.at(seen.now).year,
        series=page.series.get(indicator.order),
        until=page.measure.until_year,
    )


def _cells(line: YearLine, language: str) -> tuple[str | int, ...]:
    result = line.result
    return (
        year_words(line.year, language),
        line.year,
        plain(result.value) if result else "",
        plain(result.numerator) if result else "",
        plain(result.denominator) if result else "",
        origin_words(line),
        str(STATUS_WORDS[result.status]) if result else "",
        plain(line.expected),
        plain(line.target),
        line.plan,
    )


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
