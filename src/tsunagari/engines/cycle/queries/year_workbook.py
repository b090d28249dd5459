"""A closed year as a workbook that people read: overview, measures, indicators, opinions, errata."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.queries.published import Report
from tsunagari.engines.cycle.queries.report_front import (
    cover_told,
    errata_told,
    report_title,
    summary_told,
)
from tsunagari.engines.cycle.rules.fields import GRADES, SCORES, WAYS
from tsunagari.engines.cycle.rules.report_words import worded, year_name
from tsunagari.engines.cycle.rules.steady_zip import steady
from tsunagari.engines.cycle.rules.text_revisions import part_words
from tsunagari.engines.cycle.rules.year_tables import (
    MEASURE_COLUMNS,
    figure_rows,
    measure_headers,
    measure_rows,
)
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearIndicator, YearMeasure
from tsunagari.engines.plan import api as plan_api

Cell = str | int | Decimal | date | None
_WIDE, _NARROW = 40, 12
_HEADER = PatternFill("solid", start_color="E8F1FE")
_CODED = {
    "way": WAYS,
    "fitness": SCORES,
    "effect": SCORES,
    "efficiency": SCORES,
    "grade": GRADES,
    "decision": DECISIONS,
}


def year_workbook(report: Report) -> bytes:
    """The workbook of a version, in the active language; the same bytes whenever it is made."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)  # noqa: S101 - a new workbook has a sheet
    first.title = gettext("概要")
    _fill(first, [gettext("項目"), gettext("内容")], _overview(report))
    year = report.book
    for title, headers, rows in (
        (gettext("取組"), measure_headers(year.language), _measures(year)),
        (gettext("指標"), _indicator_heads(), [*_indicators(year)]),
        (gettext("指標の推移"), *_figures(year)),
        *_changes(year),
        (
            gettext("意見"),
            [gettext("取組番号"), gettext("意見"), gettext("市の回答")],
            _opinions(year),
        ),
        (gettext("正誤"), _errata_heads(), [*_errata(report)]),
    ):
        _fill(book.create_sheet(title), headers, rows)
    book.properties.title = report_title(year)
    book.properties.creator = year.city
    out = io.BytesIO()
    book.save(out)
    return steady(out.getvalue(), made_at=report.version.published_at)


def _fill(sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    sheet.freeze_panes = "A2"
    sheet.append(list(headers))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEADER
    for line, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(line, column, value)
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            if isinstance(value, str):
                # Said, not guessed: what begins with "=" is a text, and no formula is run.
                cell.data_type, cell.number_format = "s", "@"
    for column, _head in enumerate(headers, start=1):
        long = any(len(str(row[column - 1] or "")) > _NARROW for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE if long else _NARROW + 4


def _overview(report: Report) -> list[list[Cell]]:
    summary = summary_told(report.book)
    facts = cover_told(report)["facts"]
    seal = [gettext("内容のSHA-256"), report.version.sha256]
    return [
        *facts,
        seal,
        [gettext("まとめ"), summary["lead"]],
        *([gettext("費用"), said] for said in summary["money"]),
        *summary["statuses"]["rows"],
        *summary["grades"]["rows"],
    ]


def _measures(book: Yearbook) -> list[list[Cell]]:
    """As in the open table, with words in the place of codes."""
    names = [column.name for column in MEASURE_COLUMNS]
    return [
        [
            worded(_CODED[name], str(cell or "")) if name in _CODED else _numeral(name, cell)
            for name, cell in zip(names, row, strict=True)
        ]
        for row in measure_rows(book)
    ]


def _numeral(name: str, cell: str | int | None) -> Cell:
    return Decimal(cell) if name == "staff_years" and isinstance(cell, str) else cell


def _indicator_heads() -> list[str]:
    return [
        gettext("取組番号"),
        gettext("指標"),
        gettext("単位"),
        gettext("基準の年度"),
        gettext("基準"),
        gettext("目標の年度"),
        gettext("目標"),
        gettext("この年度の実績"),
        gettext("到達率"),
        gettext("状況"),
    ]


def _indicators(book: Yearbook) -> Iterator[list[Cell]]:
    for measure in book.measures:
        for each in measure.indicators:
            yield _indicator(book, measure, each)


def _indicator(book: Yearbook, measure: YearMeasure, each: YearIndicator) -> list[Cell]:
    result = each.result_of(book.fiscal_year)
    return [
        measure.number,
        each.name,
        each.unit,
        year_name(each.baseline_year, book.language) if each.baseline_year else "",
        each.baseline,
        year_name(each.target_year, book.language) if each.target_year else "",
        each.target,
        result.value if result else None,
        each.rate,
        each.status_title,
    ]


def _figures(book: Yearbook) -> tuple[list[str], list[list[Cell]]]:
    return plan_api.open_table(figure_rows(book), book.language)


def _changes(book: Yearbook) -> list[tuple[str, list[str], list[list[Cell]]]]:
    """What decisions change of targets and indicators; no sheet where they change nothing."""
    rows = [row for measure in book.measures for row in _changed(book, measure)]
    heads = [
        gettext("取組番号"),
        gettext("指標"),
        gettext("変えたところ"),
        gettext("変更前"),
        gettext("変更後"),
        gettext("理由"),
    ]
    return [(gettext("目標と指標の変更"), heads, rows)] if rows else []


def _changed(book: Yearbook, measure: YearMeasure) -> Iterator[list[Cell]]:
    """Of a merger, which stands with each of its measures, what concerns this one's indicators."""
    decision = measure.decision
    own = {"", *(each.name for each in measure.indicators)}
    for each in decision.revisions if decision else ():
        if each.indicator not in own:
            continue
        year = year_name(each.year, book.language)
        part = gettext("%(year)sの目標") % {"year": year}
        yield [measure.number, each.indicator, part, each.old, each.new, each.reason]
    for text in decision.text_revisions if decision else ():
        if text.indicator in own:
            part = part_words(text.part)
            yield [measure.number, text.indicator, part, text.old, text.new, text.reason]


def _opinions(book: Yearbook) -> list[list[Cell]]:
    own = [each for measure in book.measures for each in measure.opinions]
    return [[each.about, each.text, each.answer] for each in (*book.opinions, *own)]


def _errata_heads() -> list[str]:
    return [
        gettext("版"),
        gettext("理由"),
        gettext("取組番号"),
        gettext("項目"),
        gettext("訂正前"),
        gettext("訂正後"),
    ]


def _errata(report: Report) -> Iterator[list[Cell]]:
    for told in errata_told(report):
        for row in told["rows"]:
            yield [told["head"], told["reason"], *row]
