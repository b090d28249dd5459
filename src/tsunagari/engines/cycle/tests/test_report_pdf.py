"""Whoever asks for a year's report gets a file to read, to print and to hear, and always the same one."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from tests.pdf_ua import faults

from tsunagari.engines.cycle.queries.published import Report
from tsunagari.engines.cycle.queries.report import annual_report
from tsunagari.engines.cycle.rules.yearbook import Yearbook
from tsunagari.engines.cycle.tests.report_years import (
    bare_measure,
    indicator,
    measure,
    report_of,
    yearbook,
)
from tsunagari.kernel.design.colour import checked_shades

SHADES = checked_shades("#00584f", "a test")
TYPED = '#read("/etc/passwd") $x$ \\ ] [ <measure> @there *a* `c` // 髙﨑𠮷 😀 ' + "w" * 400


def _pdf(report: Report) -> bytes:
    return annual_report(report, licence="CC BY 4.0", shades=SHADES)


def _bookmarks(pdf: bytes) -> list[str]:
    def titles(entries: list[pikepdf.OutlineItem]) -> Iterator[str]:
        for entry in entries:
            yield entry.title
            yield from titles(entry.children)

    with pikepdf.open(BytesIO(pdf)) as file, file.open_outline() as outline:
        return list(titles(outline.root))


def _texts_typed_everywhere(book: Yearbook) -> Yearbook:
    """The year with the same text in every place where people write."""
    first = book.measures[0]
    hard = replace(
        first,
        name=TYPED,
        planned=TYPED,
        done=TYPED,
        comment=TYPED,
        quarters=tuple(replace(each, plan=TYPED, note=TYPED) for each in first.quarters),
        opinions=tuple(replace(each, text=TYPED, answer=TYPED) for each in first.opinions),
        indicators=tuple(replace(each, name=TYPED, unit="<件>&") for each in first.indicators),
    )
    return replace(book, measures=(hard, *book.measures[1:]))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_year_can_be_heard(language: str) -> None:
    book = yearbook((measure(1), measure(2), bare_measure(3)), language=language)
    made = _pdf(report_of(book, errata=1))
    assert list(faults(made)) == []
    with pikepdf.open(BytesIO(made)) as file:
        assert str(file.Root.Lang).startswith(language)


def test_the_bookmarks_follow_the_plan() -> None:
    marks = _bookmarks(_pdf(report_of(yearbook((measure(1), measure(2), bare_measure(3))))))
    heads = [mark for mark in marks if "オンラインで届け出る" in mark]
    assert [head[0] for head in heads] == ["1", "3", "2"]
    assert marks.index("便利な市役所") < marks.index(heads[0]) < marks.index("働き方")
    assert "正誤の一覧" not in marks


def test_an_erratum_stands_in_the_report_of_its_version() -> None:
    book = yearbook((measure(1),))
    assert "第2版（令和8年11月1日）" in _bookmarks(_pdf(report_of(book, errata=1)))


def test_a_later_erratum_changes_nothing_in_an_older_file() -> None:
    book = yearbook((measure(1),))
    first = _pdf(report_of(book))
    assert _pdf(report_of(book, errata=2, of_version=1)) == first
    assert _pdf(report_of(book, errata=2)) != first


def test_what_clerks_and_members_typed_is_shown_and_not_obeyed() -> None:
    made = _pdf(report_of(_texts_typed_everywhere(yearbook((measure(1), measure(2))))))
    assert list(faults(made)) == []
    assert any('#read("/etc/passwd") $x$ \\ ] [ <measure>' in mark for mark in _bookmarks(made))


def test_a_year_of_which_nobody_wrote_a_word_has_a_report() -> None:
    assert list(faults(_pdf(report_of(yearbook((bare_measure(1),)))))) == []


def test_an_indicator_without_any_result_has_a_table_and_no_chart() -> None:
    silent = replace(indicator(1), results=(), rate=None, status="no_result", quarters=())
    made = _pdf(report_of(yearbook((replace(measure(1), indicators=(silent,)),))))
    with pikepdf.open(BytesIO(made)) as file:
        drawings = [
            each
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.Figure
        ]
    assert drawings == []
