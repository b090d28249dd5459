"""The words of the scale, of figures and of years, as a reader meets them."""

from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.api import IndicatorState, PlanHead, Result
from tsunagari.kernel.design.figures import figure
from tsunagari.kernel.i18n.days import FiscalYear, japan
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year

PROVENANCE = {
    "metered": "metered",
    "loaded": "loaded",
    "summed": "summed",
    "typed": "entered",
    "estimated": "expected",
}
"""Our origins in the words of the design's <c-provenance>."""

DIRECTIONS: dict[str, Promise | str] = {
    "up": _("増えるほど目標に近づきます。"),
    "down": _("減るほど目標に近づきます。"),
    "keep": _("目標値以上を保てば達成です。"),
    "range": _("決められた幅の中にあれば達成です。"),
    "milestone": _("決められた段階に達すれば達成です。"),
}

ACCUMULATIONS: dict[str, Promise | str] = {
    "flow": _("その年度（4月から翌年3月まで）に起きた数を足し合わせます。"),
    "stock": _("その時点での総数です。年度の間では足し合わせません。"),
    "latest": _("その年度の最後の調査の値です。"),
    "ratio": _("分子と分母をそれぞれ足し合わせ、最後に割り算をします。"),
}

STAGES: dict[str, Promise | str] = {
    "research": pgettext_lazy("stage", "調査研究"),
    "evaluate": pgettext_lazy("stage", "適用検討"),
    "introduce": pgettext_lazy("stage", "導入実行"),
    "other": pgettext_lazy("stage", "その他の段階"),
}
"""The stages of a measure that is managed without a figure, in their order."""

LINEAGE: dict[str, Promise | str] = {
    "continued": pgettext_lazy("lineage", "引き継ぎ"),
    "renamed": pgettext_lazy("lineage", "改称"),
    "merged": pgettext_lazy("lineage", "統合"),
    "split": pgettext_lazy("lineage", "分割"),
}
"""How a measure grew from another."""


def year_words(year: int, language: str) -> str:
    """令和7年度 · FY2025."""
    return format_fiscal_year(FiscalYear(year), language=language)


def year_short(year: int, language: str) -> str:
    """R7 · FY2025, for the heads of narrow columns."""
    return format_fiscal_year(FiscalYear(year), language=language, short=True)


def year_columns(head: PlanHead, running: int, language: str) -> list[tuple[str, bool]]:
    """The plan's years as heads of narrow columns, and which of them is running."""
    return [
        (str(year) if language == "en" else year_short(year, language), year == running)
        for year in range(head.first_year, head.last_year + 1)
    ]


def span_words(head: PlanHead, language: str) -> str:
    """令和6年度から令和10年度まで."""
    return years_words(head.first_year, head.last_year, language)


def years_words(first: int, last: int, language: str) -> str:
    """令和6年度から令和10年度まで; one year alone bears its own name."""
    if first == last:
        return year_words(first, language)
    return gettext("%(first)sから%(last)sまで") % {
        "first": year_words(first, language),
        "last": year_words(last, language),
    }


def amount(value: Decimal | None, indicator: IndicatorState) -> str:
    """A figure with its unit: 163,000枚; a dash where there is none."""
    if value is None:
        return figure(None)
    return pgettext("figure and unit", "%(figure)s%(unit)s") % {
        "figure": figure(value, indicator.digits),
        "unit": indicator.unit,
    }


def when(result: Result, language: str) -> str:
    """Up to when a result speaks, in words."""
    year = year_words(result.year, language)
    if result.through:
        said = {"year": year, "day": format_day(result.through, language=language)}
        if result.gaps:
            return gettext("%(year)s、%(day)sまでのうち分かっている月の数値") % said
        return gettext("%(year)s、%(day)sまでの数値") % said
    if result.as_of:
        return gettext("%(year)s、%(moment)s現在") % {
            "year": year,
            "moment": moment_words(result.as_of, language),
        }
    return year


def moment_words(moment: datetime, language: str) -> str:
    """A day and time in Japan: 令和8年11月20日 14:05."""
    there = japan(moment)
    return f"{format_day(there.date(), language=language)} {there:%H:%M}"
