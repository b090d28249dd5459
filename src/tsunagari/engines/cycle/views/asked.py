"""What an address asks to see of a closed year, and what every page of it shows."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.cycle.queries.published import Report, Version, report
from tsunagari.engines.cycle.queries.report_front import report_title
from tsunagari.engines.cycle.rules.report_words import year_name
from tsunagari.kernel.design.tables import Column
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day


def asked_report(request: HttpRequest, plan: str, year: int) -> Report:
    """The closed year in the reader's language; the version that the address names (?version=1), else the
    newest. 404 in words where there is none."""
    asked = request.GET.get("version", "")
    if asked and not asked.isdecimal():
        raise missing_version()
    found = report(
        plan, year, language=get_language() or "ja", version=int(asked) if asked else None
    )
    if found is None and asked:
        raise missing_version()
    if found is None:
        raise Http404(gettext("この年度の年次報告は、公表されていません。"))
    return found


def missing_version() -> Http404:
    """There is no such version."""
    return Http404(gettext("この年次報告に、その版はありません。版の番号を確かめてください。"))


def page_of(held: Report) -> dict[str, Any]:
    """Title, year, version and the way to the newest version: for every page of a closed year."""
    book, version = held.book, held.version
    newest = held.versions[0]
    return {
        "book": book,
        "version": version,
        "version_day": version_day(version, book.language),
        "title": report_title(book),
        "year_words": year_name(book.fiscal_year, book.language),
        "older": not held.newest,
        "query": "" if held.newest else f"?version={version.version}",
        "newest_words": version_words(newest),
        "newest_day": version_day(newest, book.language),
        "version_words": version_words(version),
        "corrected": newest.version > 1,
        "address": reverse("cycle:report", args=[book.plan, book.fiscal_year]),
    }


def version_words(version: Version) -> str:
    """第2版."""
    return gettext("第%(version)s版") % {"version": version.version}


def version_day(version: Version, language: str) -> str:
    """The day in Japan on which a version was published."""
    return format_day(japan_day(version.published_at), language=language)


def columns(heads: Sequence[str], numbers: Collection[int] = ()) -> list[Column]:
    """Columns of a table by their heads; `numbers` are the places (from 0) of those that hold figures."""
    return [Column(title=head, number=place in numbers) for place, head in enumerate(heads)]
