"""The annual report of a closed year as tagged PDF, made of the frozen content and of nothing else."""

from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext, override

from tsunagari.engines.cycle.queries.published import Report
from tsunagari.engines.cycle.queries.report_front import (
    about_words,
    counting_words,
    cover_told,
    errata_told,
    report_title,
    sections_of,
    summary_told,
)
from tsunagari.engines.cycle.rules.report_figures import chart_of
from tsunagari.engines.cycle.rules.report_measure import measure_told, opinion_told
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearMeasure
from tsunagari.kernel.design.colour import Shades
from tsunagari.kernel.paper.api import chart_drawing, typeset

TEMPLATE: Final = Path(__file__).parents[1] / "templates" / "cycle" / "report.typ"


def annual_report(report: Report, *, licence: str, shades: Shades) -> bytes:
    """The report of a version of a closed year, in the language of its book. `licence` names the terms of
    use, "" where the city has not said any; `shades` are the city's colours.

    The same version gives the same bytes, whatever is published after it. Raises PaperFault and
    FontsMissing as kernel/paper does.
    """
    book = report.book
    with override(book.language):
        title = report_title(book)
        data, images = report_told(report, licence=licence, shades=shades)
    return typeset(
        TEMPLATE,
        data,
        title=title,
        author=book.city,
        language=book.language,
        made_at=report.version.published_at,
        shades=shades,
        images=images,
    )


def report_told(
    report: Report, *, licence: str, shades: Shades
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Every text of the report in the active language, and its drawings by name."""
    book, images = report.book, dict[str, bytes]()
    sections = [
        {
            "name": name,
            "measures": [
                measure_told(book, each, _draw(each, book, shades, images)) for each in measures
            ],
        }
        for name, measures in sections_of(book)
    ]
    data = {
        "words": _words(book),
        "cover": cover_told(report),
        "summary": summary_told(book),
        "sections": sections,
        "opinions": [opinion_told(each) for each in book.opinions if not each.about],
        "errata": errata_told(report),
        "counting": counting_words(book),
        "about": about_words(report, licence),
    }
    return data, images


def _draw(
    measure: YearMeasure, book: Yearbook, shades: Shades, images: dict[str, bytes]
) -> list[str]:
    """Draw the measure's charts into `images`; the name of each indicator's, "" where nothing is known."""
    names = []
    for indicator in measure.indicators:
        lines = chart_of(indicator, book.language, shades.key)
        name = f"{indicator.public_id}.svg" if lines else ""
        if lines:
            images[name] = chart_drawing(lines, book.language)
        names.append(name)
    return names


def _words(book: Yearbook) -> dict[str, Any]:
    """The report's own headings."""
    return _front_words() | _measure_words(book)


def _front_words() -> dict[str, Any]:
    return {
        "contents": gettext("目次"),
        "summary": gettext("この年度のまとめ"),
        "by_status": gettext("状況ごとの取組の数"),
        "by_grade": gettext("自己評価ごとの取組の数"),
        "list": gettext("取組の一覧"),
        "year_opinions": gettext("計画全体への委員会の意見"),
        "errata": gettext("正誤の一覧"),
        "errata_heads": [
            gettext("番号"),
            gettext("直したところ"),
            gettext("直す前"),
            gettext("直したあと"),
        ],
        "counting": gettext("数値の数え方"),
        "about": gettext("この報告書について"),
        "missing": gettext("次の文字は、この報告書の書体にないため「〓」で表しています。"),
    }


def _measure_words(book: Yearbook) -> dict[str, Any]:
    return {
        "planned": gettext("この年度に取り組むとしたこと"),
        "done": gettext("この年度に実施したこと"),
        "quarters": gettext("四半期ごとの予定と実施"),
        "quarter_heads": [gettext("四半期"), gettext("予定"), gettext("実施したこと")],
        "money": gettext("費用と人工"),
        "no_money": gettext("予算額・決算額・人工の記入はありません。"),
        "stages": gettext("段階"),
        "stage_heads": [gettext("段階"), gettext("内容"), gettext("年度")],
        "indicators": book.labels.get("indicator", gettext("指標")),
        "quarters_reached": gettext("この年度の四半期末の値"),
        "quarter_ends": [
            gettext("6月末"),
            gettext("9月末"),
            gettext("12月末"),
            gettext("3月末"),
        ],
        "judged": gettext("担当課の評価"),
        "missing_reason": gettext("実績を出せない理由："),
        "opinions": gettext("委員会の意見"),
        "answer": gettext("市の回答："),
        "decision": gettext("見直しの決定と次の年度"),
        "criteria_heads": [gettext("前もって決めた基準"), gettext("結果")],
        "revision_heads": [
            gettext("指標"),
            gettext("年度"),
            gettext("前の目標"),
            gettext("新しい目標"),
            gettext("理由"),
        ],
        "text_revision_heads": [
            gettext("指標"),
            gettext("見直したところ"),
            gettext("変更前"),
            gettext("変更後"),
            gettext("理由"),
        ],
        "decided_heirs": gettext("この決定でできる取組："),
        "next_planned": gettext("次の年度に取り組むこと："),
        "lineage": gettext("系譜"),
        "origins": gettext("もとになった取組："),
        "heirs": gettext("引き継いだ取組："),
    }
