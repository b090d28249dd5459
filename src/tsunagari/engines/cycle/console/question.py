"""A councillor's question: "how did X go since 2014?" Search, then one page that answers it and can be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tsunagari.engines.cycle.console.answer_words import answer_sentence, edit_words, target_words
from tsunagari.engines.cycle.console.asked_year import language, year_words
from tsunagari.engines.cycle.console.paper_words import as_of, public_address
from tsunagari.engines.cycle.queries.question import (
    Answer,
    Line,
    YearTold,
    answer,
    find,
    first_year_of_all,
)
from tsunagari.engines.cycle.rules.fields import GRADES
from tsunagari.engines.cycle.rules.report_words import ORIGINS, yen
from tsunagari.engines.cycle.rules.report_words import STATUSES as SETTLED
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.charts import Break, Mark, line_chart
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import DateRefused, format_day, parse_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.identity.api import staff_only


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A year of an indicator in words; `address` is where the figure stands."""

    year: str
    plan: str
    actual: str
    origin: str
    target: str
    address: str


@dataclass(frozen=True, kw_only=True)
class LineView:
    """An indicator over all plans: chart, table, and what changed in its definition."""

    name: str
    unit: str
    chart: SafeString | None
    rows: tuple[FigureRow, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class YearView:
    """A year in words."""

    told: YearTold
    year: str
    address: str
    divisions: str
    grade: str
    settled: str
    source: str


@never_cache
@staff_only
@require_safe
def question(request: HttpRequest) -> HttpResponse:
    """The search: words or a number, and the year from which one asks."""
    now, words = system_clock(), request.GET.get("q", "").strip()[:100]
    typed = request.GET.get("from", "").strip()[:20]
    first, error = _first(typed, now)
    found = find(words, now=now, language=language())
    context = {
        "words": words,
        "typed": typed,
        "first": first,
        "error": error,
        "earliest": first_year_of_all(language(), now=now),
        "rows": [
            (each, f"{reverse('cycle_answer', args=[each.measure.public_id])}?from={first}")
            for each in found
        ],
    }
    return render(request, "cycle/console/question.html", context)


def _first(typed: str, now: datetime) -> tuple[int, str]:
    """The year that was typed: 2014, 平成26年度, H26; the earliest where none was. With a sentence where it
    cannot be read."""
    earliest = first_year_of_all(language(), now=now)
    if not typed:
        return earliest, ""
    try:
        return parse_fiscal_year(typed).year, ""
    except DateRefused as refused:
        return earliest, str(refused)


@never_cache
@staff_only
@require_safe
def answered(request: HttpRequest, measure: str) -> HttpResponse:
    """The answer."""
    now = system_clock()
    first, error = _first(request.GET.get("from", "").strip()[:20], now)
    found = answer(measure, first, now=now, language=language())
    if found is None:
        raise Http404
    names = identity.names_of({code for each in found.years for code in each.divisions})
    context = {
        "found": found,
        "measure": found.page.measure,
        "head": found.page.head,
        "first": year_words(first),
        "before": year_words(found.start) if found.start < first else "",
        "error": error,
        "as_of": as_of(now),
        "sentence": answer_sentence(found),
        "lines": [_line(each, found) for each in found.lines],
        "years": [_year(each, names) for each in found.years],
        "opinions": [each for each in found.years if each.sealed and each.sealed.opinions],
        "targets": [target_words(each) for each in found.targets],
        "edits": [edit_words(each) for each in found.edits],
        "family": [
            (each, public_address(each.plan, each.number), _span(each)) for each in found.family
        ],
        "stages": found.page.measure.stages,
        "sources": dict.fromkeys(_sources(found)),
    }
    return render(request, "cycle/console/answer.html", context)


def _span(measure: plan_api.RiverMeasure) -> str:
    first, last = measure.years
    return gettext("%(first)sから%(last)sまで") % {
        "first": year_words(first),
        "last": year_words(last),
    }


def _line(line: Line, found: Answer) -> LineView:
    years = range(found.start, found.last + 1)
    results, targets = line.results, line.targets
    marks = [_mark(year, results[year].value if year in results else None) for year in years]
    known = any(year in results for year in years)
    return LineView(
        name=line.name,
        unit=line.unit,
        chart=line_chart(
            title=line.name,
            unit=line.unit,
            points=marks,
            goals=[_mark(y, targets[y].value) for y in years if y in targets],
            breaks=[
                Break(label=year_words(year), words=words)
                for year, words in line.breaks()
                if year in years
            ],
            digits=line.digits,
            language=language(),
        )
        if known
        else None,
        rows=tuple(_figure_rows(line, found)),
        breaks=tuple(
            gettext("%(year)sからの数値について：%(words)s")
            % {"year": year_words(year), "words": words}
            for year, words in line.breaks()
        ),
    )


def _mark(year: int, value: object) -> Mark:
    small = "" if language() == "en" else str(year)
    return Mark(label=year_words(year), small=small, value=value)  # type: ignore[arg-type]  # a decimal or None


def _figure_rows(line: Line, found: Answer) -> Iterator[FigureRow]:
    """The years of which something is known, with the plan whose figure it is."""
    for year in range(found.start, found.last + 1):
        result, target = line.results.get(year), line.targets.get(year)
        if result is None and target is None:
            continue
        part = _part_of(line, year)
        yield FigureRow(
            year=f"{year_words(year)}",
            plan=part.plan_name,
            actual=_amount(line, result.value) if result else "",
            origin=_origin(result) if result else "",
            target=_amount(line, target.value) if target else "",
            address=public_address(part.plan, part.number),
        )


def _part_of(line: Line, year: int) -> plan_api.SeriesPart:
    """The newest stretch that says something of a year."""
    return next(
        part
        for part in reversed(line.parts)
        if year in {e.year for e in part.results} | {e.year for e in part.targets}
    )


def _amount(line: Line, value: object) -> str:
    return f"{figure(value, line.digits)}{joined(line.unit)}"  # type: ignore[arg-type]  # a decimal


def _origin(result: plan_api.Result) -> str:
    between = gettext("、")
    parts = [said(ORIGINS[result.origin]), said(SETTLED[result.status])]
    if not result.whole:
        parts.append(gettext("1年分ではない"))
    return between.join([*parts, *filter(None, [result.source])])


def _year(told: YearTold, names: dict[str, str]) -> YearView:
    sealed = told.sealed
    report = told.report
    return YearView(
        told=told,
        year=year_words(told.year),
        address=public_address(told.measure.plan, told.measure.number),
        divisions=gettext("、").join(names.get(each, each) for each in told.divisions),
        grade=said(GRADES[sealed.grade]) if sealed and sealed.grade in GRADES else "",
        settled=yen(sealed.settled) if sealed and sealed.settled is not None else "",
        source=gettext("年次報告（第%(version)d版、%(day)s公表）")
        % {
            "version": report.version.version,
            "day": format_day(japan_day(report.version.published_at), language=language()),
        }
        if report
        else gettext("計画のページ（年度はまだ確定していません）")
        if told.year >= FiscalYear.at(system_clock()).year - 1
        else gettext("計画のページ"),
    )


def _sources(found: Answer) -> Iterator[str]:
    """What the answer rests on."""
    yield found.page.head.source
    for line in found.lines:
        for result in line.results.values():
            if result.year >= found.start and result.source:
                yield result.source


URLS: list[URLPattern] = [
    path("year/question/", question, name="cycle_question"),
    path("year/question/<str:measure>/", answered, name="cycle_answer"),
]
"""Addresses below /console/; they come before those with a plan's code."""
