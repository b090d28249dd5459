"""The annual report as a page: true counts, measures, money, opinions, files, versions and errata."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tsunagari.engines.cycle.queries.files import KINDS, kept_sizes
from tsunagari.engines.cycle.queries.published import Report
from tsunagari.engines.cycle.queries.report_front import (
    counting_words,
    errata_told,
    sections_of,
    summary_told,
)
from tsunagari.engines.cycle.rules.report_measure import (
    decision_told,
    divisions_words,
    status_words,
)
from tsunagari.engines.cycle.rules.report_words import UNKNOWN
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearMeasure
from tsunagari.engines.cycle.views.asked import (
    asked_report,
    columns,
    page_of,
    version_day,
    version_words,
)
from tsunagari.engines.cycle.views.missing import in_words
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.figures import Count


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """A measure in the list of the report; `mark` is the kind of the design's status."""

    number: str
    name: str
    address: str
    divisions: str
    status: str
    mark: str
    grade: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file to take home; `size` in bytes, None until it was made for the first time."""

    title: str
    ending: str
    address: str
    size: int | None


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A version beside the one on the page."""

    words: str
    day: str
    reason: str
    address: str
    here: bool


@in_words
def year_report(request: HttpRequest, plan: str, year: int) -> HttpResponse:
    """One closed year."""
    held = asked_report(request, plan, year)
    page = page_of(held)
    book = held.book
    files = _files(held)
    context = {
        **page,
        "summary": summary_told(book),
        "grade_columns": columns([gettext("自己評価"), gettext("取組の数")], numbers={1}),
        "counts": _counts(book),
        "parts": _parts(book, page["query"]),
        "heads": _heads(book),
        "opinions": [each for each in book.opinions if not each.about],
        "additions": [decision_told(each, book.language) for each in book.additions],
        "files": [line for line, kind in files if KINDS[kind].for_people],
        "machine_files": [line for line, kind in files if not KINDS[kind].for_people],
        "data_address": next(line.address for line, kind in files if kind == "data.json"),
        "versions": _versions(held),
        "errata": errata_told(held),
        "errata_columns": columns(
            [gettext("番号"), gettext("項目"), gettext("訂正前"), gettext("訂正後")]
        ),
        "counting": counting_words(book),
        "plan_address": reverse("plan:plan", args=[book.plan]),
        "compare": reverse("cycle:compare", args=[book.plan]),
    }
    return render(request, "cycle/report_page.html", context)


def _counts(book: Yearbook) -> list[Count]:
    """How many measures bear each status, in the scale's order; those without one by how they are managed."""
    words = {_code(each): status_words(each) for each in book.measures}
    numbers: dict[str, int] = {}
    for each in book.measures:
        numbers[_code(each)] = numbers.get(_code(each), 0) + 1
    return [
        Count(title=words[code], number=numbers[code], kind=plan_api.mark(code).swatch)
        for code in plan_api.CODES
        if code in numbers
    ]


def _code(measure: YearMeasure) -> str:
    return measure.status or measure.kind


def _heads(book: Yearbook) -> list[str]:
    return [
        book.labels.get("measure", gettext("取組")),
        book.labels.get("divisions", gettext("担当課")),
        gettext("状況"),
        gettext("自己評価"),
        gettext("次の年度から"),
    ]


def _parts(book: Yearbook, query: str) -> list[tuple[str, list[MeasureLine]]]:
    return [
        (name, [_line(book, each, query) for each in measures])
        for name, measures in sections_of(book)
    ]


def _line(book: Yearbook, measure: YearMeasure, query: str) -> MeasureLine:
    page = reverse("cycle:measure", args=[book.plan, book.fiscal_year, measure.number])
    return MeasureLine(
        number=measure.number,
        name=measure.name,
        address=f"{page}{query}",
        divisions=divisions_words(measure),
        status=status_words(measure),
        mark=plan_api.mark(_code(measure)).kind,
        grade=measure.grade or UNKNOWN,
        decision=measure.decision.title if measure.decision else UNKNOWN,
    )


def _files(held: Report) -> list[tuple[FileLine, str]]:
    book = held.book
    sizes = kept_sizes(held.version.public_id, book.language)
    place = [book.plan, book.fiscal_year, held.version.version]
    return [
        (
            FileLine(
                title=str(kind.title),
                ending=kind.ending,
                address=reverse("cycle:download", args=[*place, name]),
                size=sizes.get(name),
            ),
            name,
        )
        for name, kind in KINDS.items()
    ]


def _versions(held: Report) -> Sequence[VersionLine]:
    page = reverse("cycle:report", args=[held.book.plan, held.book.fiscal_year])
    return [
        VersionLine(
            words=version_words(each),
            day=version_day(each, held.book.language),
            reason=each.reason or gettext("はじめの公表"),
            address=page if each == held.versions[0] else f"{page}?version={each.version}",
            here=each == held.version,
        )
        for each in held.versions
    ]
