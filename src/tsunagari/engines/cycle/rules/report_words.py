"""The words of an annual report that name codes: where a figure comes from, what was decided, what things cost."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.cycle.rules.yearbook import YearIndicator, YearTie
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_, P_

ORIGINS: Final[Mapping[str, str]] = {
    "metered": N_("自動計測"),
    "loaded": N_("取込"),
    "summed": N_("自動計測と取込・入力の合計"),
    "typed": N_("入力"),
    "estimated": N_("見込の値"),
}

STATUSES: Final[Mapping[str, str]] = {
    "provisional": N_("暫定"),
    "final": N_("確定値"),
    "revised": N_("修正後"),
}

KINDS: Final[Mapping[str, str]] = {
    "indicator": N_("成果指標は検討中"),
    "as_needed": N_("随時対応"),
    "staged": N_("段階で管理"),
    "elsewhere": N_("別計画で管理"),
}
"""What stands in the place of a status where no indicator is judged."""

TIES: Final[Mapping[str, str]] = {
    "continued": P_("lineage", "引き継ぎ"),
    "renamed": P_("lineage", "改称"),
    "merged": P_("lineage", "統合"),
    "split": P_("lineage", "分割"),
}

UNKNOWN: Final = "－"


def worded(words: Mapping[str, str], code: str) -> str:
    """The word of a code in the reader's language; "" for none, the code itself where it has no word."""
    return said(words[code]) if code in words else code


def year_words(year: int, language: str) -> str:
    """令和7年度（2025） · FY2025."""
    name = year_name(year, language)
    return name if language == "en" else f"{name}（{year}）"


def year_name(year: int, language: str) -> str:
    """令和7年度 · FY2025."""
    return format_fiscal_year(FiscalYear(year), language=language)


def amount(value: Decimal | None, indicator: YearIndicator) -> str:
    """A figure with its unit: 163,000枚; a dash where it is not known."""
    if value is None:
        return UNKNOWN
    return f"{figure(value, indicator.digits)}{joined(indicator.unit)}"


def yen(value: int | None) -> str:
    """1,200,000円; a dash where it is not known."""
    if value is None:
        return UNKNOWN
    return gettext("%(amount)s円") % {"amount": f"{value:,}"}


def percent(share: Decimal | None) -> str:
    """A share as 84.5%; a dash where it is not known."""
    return UNKNOWN if share is None else f"{figure(share * 100, 1)}%"


def tie_words(tie: YearTie) -> str:
    """P/2 ホームページ（引き継ぎ）; a new measure grew from none and stands without brackets."""
    if not tie.kind:
        return f"{tie.quoted} {tie.name}"
    return gettext("%(quoted)s %(name)s（%(kind)s）") % {
        "quoted": tie.quoted,
        "name": tie.name,
        "kind": worded(TIES, tie.kind),
    }
