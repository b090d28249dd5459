"""What stands before and after the measures of an annual report: cover, counts, list, errata, how it was counted."""

import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext, pgettext

from tsunagari.engines.cycle.queries.published import Report, Version
from tsunagari.engines.cycle.rules.corrections import Corrected, change_words
from tsunagari.engines.cycle.rules.fields import GRADES
from tsunagari.engines.cycle.rules.report_measure import (
    divisions_words,
    label_of,
    status_words,
)
from tsunagari.engines.cycle.rules.report_words import UNKNOWN, worded, year_name, yen
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearMeasure
from tsunagari.kernel.design.figures import figure
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import format_day

SHORT_SEAL: Final = 16
"""Digits of the hash on the cover; the whole of it stands on the last page."""


def report_title(book: Yearbook) -> str:
    """基本方針 令和7年度 年次報告書: the document's name."""
    return gettext("%(plan)s %(year)s 年次報告書") % {
        "plan": book.short_name,
        "year": year_name(book.fiscal_year, book.language),
    }


def cover_told(report: Report) -> dict[str, Any]:
    """Plan, year, version, date and the beginning of the seal."""
    book, version, language = report.book, report.version, report.book.language
    span = {
        "first": year_name(book.first_year, language),
        "last": year_name(book.last_year, language),
    }
    facts = [
        [gettext("計画"), book.plan_name],
        [gettext("計画の期間"), gettext("%(first)sから%(last)sまで") % span],
        [gettext("報告する年度"), year_name(book.fiscal_year, language)],
        [gettext("版"), _version_words(version)],
        [gettext("この版の日付"), _day(version, language)],
        [gettext("内容のSHA-256（先頭16桁）"), version.sha256[:SHORT_SEAL]],
        [gettext("発行"), book.city],
    ]
    return {"facts": facts, "warning": _corrected(version)}


def _version_words(version: Version) -> str:
    return gettext("第%(version)s版") % {"version": version.version}


def _day(version: Version, language: str) -> str:
    return format_day(japan_day(version.published_at), language=language)


def _corrected(version: Version) -> str:
    if version.version == 1:
        return ""
    return gettext(
        "公表したあとに直したところがあり、これは第%(version)s版です。どこをなぜ直したかは「正誤の一覧」にあります。"
    ) % {"version": version.version}


def summary_told(book: Yearbook) -> dict[str, Any]:
    """The year in one sentence with true counts, and the tables behind it."""
    number = pgettext("heading of a column", "取組の数")
    return {
        "lead": lead(book),
        "money": _money_words(book),
        "statuses": {
            "heads": [gettext("状況"), number],
            "rows": _counted(status_words(each) or UNKNOWN for each in book.measures),
        },
        "grades": {"heads": [gettext("担当課の自己評価"), number], "rows": _grades(book)},
        "list": {"heads": _list_heads(book), "rows": [_listed(each) for each in book.measures]},
    }


def lead(book: Yearbook) -> str:
    """基本方針の30取組の令和7年度：順調 9・遅れ 1 …。"""
    between = pgettext("between counts in brackets", "・")
    counts = _counted(status_words(each) or gettext("状況の記録なし") for each in book.measures)
    return gettext("%(plan)sの%(number)s取組の%(year)s：%(counts)s。") % {
        "plan": book.short_name,
        "number": len(book.measures),
        "year": year_name(book.fiscal_year, book.language),
        "counts": between.join(f"{word} {number}" for word, number in counts),
    }


def _counted(words: Iterable[str]) -> list[list[str]]:
    """Each word with how often it comes, in the order of its first coming."""
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return [[word, str(number)] for word, number in found.items()]


def _grades(book: Yearbook) -> list[list[str]]:
    grades = book.grades()
    told = [[worded(GRADES, code), str(grades[code])] for code in GRADES]
    return [*told, [gettext("自己評価なし"), str(grades[""])]]


def _money_words(book: Yearbook) -> list[str]:
    """Sums of what is known, and of how many measures it is known; nothing where it is of none."""
    said = []
    sums = (
        (gettext("予算額の合計は%(sum)sです（記入のあった%(known)s取組の合計）。"), "budget"),
        (gettext("決算額の合計は%(sum)sです（記入のあった%(known)s取組の合計）。"), "settled"),
    )
    for sentence, name in sums:
        known = [value for each in book.measures if (value := getattr(each, name)) is not None]
        if known:
            said.append(sentence % {"sum": yen(sum(known)), "known": len(known)})
    staff = [each.staff_years for each in book.measures if each.staff_years is not None]
    if staff:
        sentence = gettext("人工の合計は%(sum)sです（記入のあった%(known)s取組の合計）。")
        said.append(sentence % {"sum": figure(sum(staff, Decimal(0)), 2), "known": len(staff)})
    return said


def _list_heads(book: Yearbook) -> list[str]:
    return [
        book.labels.get("number", gettext("番号")),
        book.labels.get("measure", gettext("取組")),
        book.labels.get("divisions", gettext("担当課")),
        gettext("状況"),
        gettext("自己評価"),
        gettext("次の年度から"),
    ]


def _listed(measure: YearMeasure) -> dict[str, Any]:
    return {
        "label": label_of(measure),
        "number": measure.number,
        "name": measure.name,
        "cells": [
            divisions_words(measure),
            status_words(measure) or UNKNOWN,
            measure.grade or UNKNOWN,
            measure.decision.title if measure.decision else UNKNOWN,
        ],
    }


def sections_of(book: Yearbook) -> list[tuple[str, list[YearMeasure]]]:
    """The measures under the names of their sections, in the plan's order; one heading where it has none."""
    names = {each.code: each.name for each in book.sections}
    grouped = itertools.groupby(book.measures, key=lambda each: each.section)
    return [
        (names.get(code) or gettext("取組ごとの報告"), list(measures)) for code, measures in grouped
    ]


def errata_told(report: Report) -> list[dict[str, Any]]:
    """Every version after the first up to this one, the oldest first: when, why, and what changed. A later
    one is not told, so that the file of a version never changes."""
    language = report.book.language
    return [
        {
            "head": gettext("%(version)s（%(day)s）")
            % {"version": _version_words(each), "day": _day(each, language)},
            "reason": each.reason,
            "rows": [_corrected_row(report.book, one) for one in each.corrections],
        }
        for each in _corrected_versions(report)
    ]


def errata_of(report: Report, measure: str) -> list[list[str]]:
    """What was corrected of one measure (its number) up to this version, the oldest first: the item, what
    stood there, what stands there now, why, and since when."""
    language = report.book.language
    return [
        [*_corrected_row(report.book, one)[1:], each.reason, _day(each, language)]
        for each in _corrected_versions(report)
        for one in each.corrections
        if one.measure == measure
    ]


def _corrected_versions(report: Report) -> list[Version]:
    own = [each for each in report.versions if 1 < each.version <= report.version.version]
    return sorted(own, key=lambda each: each.version)


def _corrected_row(book: Yearbook, one: Corrected) -> list[str]:
    said = change_words(book, one)
    return [said.measure, said.title, said.before, said.after]


def counting_words(book: Yearbook) -> list[str]:
    """How the report's figures come about."""
    said = [
        gettext("数値は、年度（4月1日から翌年3月31日まで）ごとに数えています。"),
        gettext("「－」は、分かっていないか、記入がないことを表します。0とは区別しています。"),
        gettext(
            "「自動計測」は、市のサービスが使われるたびに数えた値です。「取込」は、ほかの仕組みの記録から受け取った値、「入力」は、担当する課が根拠とともに登録した値です。"
        ),
        gettext(
            "「到達率」は、（実績 − 基準の値）÷（目標の値 − 基準の値）です。基準と目標のどちらかがない指標には付けません。"
        ),
        gettext("図の破線は、基準の値から各年度の目標値までをまっすぐに結んだ目安です。"),
        gettext("「自己評価」は、取組を担当する課が4段階で付けたものです。"),
        gettext(
            "決算額は、出納が閉じたあとの額です。人工は、職員1人の1年分の仕事を1とした数です。"
        ),
    ]
    if book.staff_cost is not None:
        sentence = gettext(
            "人件費（推計）は、人工に職員1人あたりの平均人件費%(cost)sを掛けた額です。"
        )
        said.append(sentence % {"cost": yen(book.staff_cost)})
    return said


def about_words(report: Report, licence: str) -> list[str]:
    """From what the report was made, how one can prove it, and under which terms it may be used."""
    said = [
        gettext(
            "この報告書は、%(day)sに確定した内容だけから作りました。同じ内容のExcelと、表計算ソフトなどで使えるデータも公表しています。"
        )
        % {"day": _day(report.version, report.book.language)},
        gettext("内容のSHA-256：%(seal)s") % {"seal": report.version.sha256},
        gettext("公表しているJSONファイルからSHA-256を計算すると、同じ値になります。"),
    ]
    terms = gettext("利用条件：%(licence)s") % {"licence": licence}
    return [*said, terms if licence else gettext("利用条件は、まだ決まっていません。")]
