"""The list of reports: every closed year of every plan, the newest first."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.cycle.queries.published import Report, books_of_years, versions_of
from tsunagari.engines.cycle.queries.report_front import lead
from tsunagari.engines.cycle.rules.report_words import year_name
from tsunagari.engines.cycle.views.asked import version_day, version_words
from tsunagari.engines.cycle.views.missing import in_words


@dataclass(frozen=True, kw_only=True)
class ReportEntry:
    """A closed year in the list; `corrected` says in which version it is, "" for the first."""

    year: str
    address: str
    lead: str
    day: str
    corrected: str
    pdf: str


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """A plan with its closed years; `compare` is "" where there is but one."""

    code: str
    name: str
    years: tuple[ReportEntry, ...]
    compare: str


def reports(request: HttpRequest) -> HttpResponse:
    """Every closed year."""
    language = get_language() or "ja"
    plans = dict.fromkeys(each.plan for each in versions_of())
    entries = [_plan(code, books_of_years(code, language)) for code in plans]
    return render(request, "cycle/reports.html", {"plans": entries})


@in_words
def plan_reports(_request: HttpRequest, plan: str) -> HttpResponse:
    """A plan's place in the list."""
    if not versions_of(plan):
        raise Http404(gettext("この計画の年次報告は、公表されていません。"))
    return HttpResponseRedirect(f"{reverse('cycle:reports')}#{plan}")


def _plan(code: str, years: tuple[Report, ...]) -> PlanEntry:
    return PlanEntry(
        code=code,
        name=years[-1].book.plan_name,
        years=tuple(_entry(each) for each in reversed(years)),
        compare=reverse("cycle:compare", args=[code]) if len(years) > 1 else "",
    )


def _entry(held: Report) -> ReportEntry:
    book, version = held.book, held.version
    place = [book.plan, book.fiscal_year]
    return ReportEntry(
        year=year_name(book.fiscal_year, book.language),
        address=reverse("cycle:report", args=place),
        lead=lead(book),
        day=version_day(version, book.language),
        corrected=version_words(version) if version.version > 1 else "",
        pdf=reverse("cycle:download", args=[*place, version.version, "report.pdf"]),
    )
