"""One measure's year: planned and done, figures with their chart, costs, grade, opinions, decision, lineage."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from tsunagari.engines.cycle.declare import STEPS
from tsunagari.engines.cycle.queries.report_front import errata_of
from tsunagari.engines.cycle.rules.fields import QUARTERS
from tsunagari.engines.cycle.rules.report_figures import chart_of
from tsunagari.engines.cycle.rules.report_measure import measure_told, status_words
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearIndicator, YearMeasure
from tsunagari.engines.cycle.views.asked import asked_report, columns, page_of
from tsunagari.engines.cycle.views.missing import in_words
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.charts import line_chart
from tsunagari.kernel.design.city_look import city_look


@in_words
def measure_year(request: HttpRequest, plan: str, year: int, number: str) -> HttpResponse:
    """One measure of a closed year."""
    held = asked_report(request, plan, year)
    book, page = held.book, page_of(held)
    measure = book.measure(number)
    if measure is None:
        raise Http404(gettext("この取組は、この年度の報告にありません。"))
    told = measure_told(book, measure, [""] * len(measure.indicators))
    errata = errata_of(held, number)
    corrected = {row[0] for row in errata}
    drawn = [_chart(each, book.language) for each in measure.indicators]
    context = {
        **page,
        "measure": measure,
        "status": status_words(measure),
        "mark": plan_api.mark(measure.status or measure.kind).kind,
        "told": told,
        "errata": errata,
        "facts": _told(told["facts"], corrected),
        "money": _told(told["money"], corrected),
        "judged": _told(told["judged"], corrected),
        "stages": [[stage[1], stage[2]] for stage in told["stages"]],
        "indicators": [
            (
                {
                    **each,
                    "columns": columns(each["heads"], numbers={1, 2, 3}),
                    "reached": list(zip(_quarter_names(), each["quarters"], strict=False)),
                },
                drawing,
                indicator,
            )
            for each, drawing, indicator in zip(
                told["indicators"], drawn, measure.indicators, strict=True
            )
        ],
        **_columns(),
        "before": _neighbour(book, measure, -1, page["query"]),
        "after": _neighbour(book, measure, 1, page["query"]),
        "now": _now(book, measure),
    }
    return render(request, "cycle/report_page_measure.html", context)


def _told(told: Mapping[str, Any], corrected: Collection[str]) -> list[tuple[str, str, bool]]:
    """Titles with what stands there, and whether an erratum put it there."""
    pairs = zip(told["heads"], told["row"], strict=True)
    return [(title, said, title in corrected) for title, said in pairs]


def _quarter_names() -> list[str]:
    return [gettext(STEPS[f"q{quarter}"]) for quarter in QUARTERS]


def _columns() -> dict[str, Any]:
    period = [gettext("時期"), gettext("予定"), gettext("実施したこと")]
    changed = [gettext("指標"), gettext("年度"), gettext("変更前"), gettext("変更後")]
    texts = [gettext("指標"), gettext("見直したところ"), gettext("変更前"), gettext("変更後")]
    return {
        "text_columns": columns([*texts, gettext("理由")]),
        "quarter_columns": columns(period),
        "errata_columns": columns(
            [
                *(gettext("項目"), gettext("訂正前"), gettext("訂正後")),
                *(gettext("理由"), gettext("公表した日")),
            ]
        ),
        "stage_columns": columns([gettext("段階"), gettext("年度")]),
        "criterion_columns": columns(
            [pgettext("of moving to the next stage", "基準"), gettext("結果")]
        ),
        "revision_columns": columns([*changed, gettext("理由")], numbers={2, 3}),
    }


def _chart(indicator: YearIndicator, language: str) -> SafeString | None:
    """The drawing; None where nothing is known."""
    lines = chart_of(indicator, language, city_look().shades.key)
    if lines is None:
        return None
    return line_chart(
        title=indicator.name,
        unit=lines.unit,
        points=lines.points,
        expected=lines.expected,
        goals=lines.goals,
        foretold=lines.foretold,
        digits=lines.digits,
        language=language,
    )


def _neighbour(book: Yearbook, measure: YearMeasure, step: int, query: str) -> str:
    place = book.measures.index(measure) + step
    if not 0 <= place < len(book.measures):
        return ""
    page = reverse("cycle:measure", args=[book.plan, book.fiscal_year, book.measures[place].number])
    return f"{page}{query}"


def _now(book: Yearbook, measure: YearMeasure) -> str:
    """The measure's page in the plan, as it is now; "" for a number that no address can hold."""
    try:
        return reverse("plan:measure", args=[book.plan, measure.number])
    except NoReverseMatch:
        return ""
