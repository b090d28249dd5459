"""Figures, years and states in the words of the console's screens."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.queries.board import EvidenceLink, Result
from tsunagari.engines.plan.queries.figure_desk import FigureDesk, Version
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import Period
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.days import FiscalYear, japan, japan_day
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year, format_month
from tsunagari.kernel.identity.api import acting

STATE_WORDS: Final[dict[str, Promise]] = {
    "missing": _("未入力"),
    "partial": _("一部の月だけ"),
    "provisional": _("暫定"),
    "final": _("確定"),
    "running": _("年度の途中"),
    "unset": _("指標は検討中"),
    "closed": _("数値なしで確定"),
    "before": _("計画の始まる前"),
    "outside": _("取組のない年度"),
}
STATE_LOOKS: Final = {
    "missing": "late",
    "partial": "slightly-late",
    "provisional": "waiting",
    "final": "achieved",
    "running": "ongoing",
    "unset": "neutral",
    "closed": "neutral",
    "before": "neutral",
    "outside": "neutral",
}
"""The looks of <c-status> for them."""

STATUS_WORDS: Final[dict[str, Promise]] = {
    "provisional": _("暫定"),
    "final": _("確定"),
    "revised": _("修正"),
}
ORIGIN_WORDS: Final[dict[str, Promise]] = {
    "metered": _("自動計測"),
    "summed": _("自動計測と取込・入力の合計"),
    "loaded": _("取込"),
    "typed": _("入力"),
    "estimated": _("見込み"),
}


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version in words. `address` puts it back, "" where it stands or may not be put back."""

    version: Version
    what: str
    when: str
    who: str
    old: str
    new: str
    kind: str
    evidence: tuple[EvidenceLink, ...]


def language() -> str:
    """The language of the screen."""
    return get_language() or "ja"


def hand_of(request: HttpRequest) -> Hand:
    """Who has the pen in this request."""
    actor = acting(request)
    return Hand(
        actor=actor.public_id,
        division="" if actor.has_role("committee") else actor.division,
        secretariat=actor.has_role("secretariat"),
    )


def year_words(year: int) -> str:
    """令和7年度."""
    return format_fiscal_year(FiscalYear(year), language=language())


def period_words(period: Period) -> str:
    """令和7年度, or 令和7年4月."""
    if period.month is None:
        return year_words(period.year)
    return format_month(period.first_day, language=language())


def amount(value: Decimal | None, digits: int, unit: str) -> str:
    """A figure with its unit; a word for what is not known."""
    if value is None:
        return gettext("数値なし")
    return f"{figure(value, digits)}{joined(unit)}"


def plain(value: Decimal | None) -> str:
    """A figure as one types it, "" for none."""
    return "" if value is None else f"{value.normalize():f}"


def parts(row: Version | Result | None, desk: FigureDesk) -> str:
    """A figure of an indicator as shown: with unit, and with both parts where it is a ratio."""
    if row is None:
        return ""
    shown = amount(row.value, desk.indicator.digits, desk.indicator.unit)
    if row.numerator is None or row.denominator is None:
        return shown
    return gettext("%(figure)s（%(denominator)s のうち %(numerator)s）") % {
        "figure": shown,
        "numerator": figure(row.numerator),
        "denominator": figure(row.denominator),
    }


def version_rows(desk: FigureDesk) -> list[VersionRow]:
    """The history, newest first; a withdrawn target also tells of its end."""
    return [_version_row(each, desk) for each in desk.versions]


def _version_row(each: Version, desk: FigureDesk) -> VersionRow:
    digits, unit = desk.indicator.digits, desk.indicator.unit
    period = period_words(Period(year=each.year, month=each.month))
    target = each.figure == "target"
    moment = japan(each.since)
    kind = "" if target else f"{STATUS_WORDS[each.status]}・{ORIGIN_WORDS[each.origin]}"
    return VersionRow(
        version=each,
        what=(gettext("%(year)sの目標") if target else gettext("%(year)sの実績"))
        % {"year": period},
        when=f"{format_day(japan_day(each.since), language=language())} {moment:%H:%M}",
        who=_who(each),
        old="" if each.before is None else amount(each.before, digits, unit),
        new=parts(each, desk),
        kind=kind,
        evidence=each.evidence,
    )


def _who(each: Version) -> str:
    if each.by_pack:
        return gettext("計画の資料から")
    if each.who:
        return each.who
    return gettext("ほかの仕組みから") if each.origin == "loaded" else gettext("記録なし")
