"""Reads a figure that a clerk typed, and says beside which field it cannot be taken, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from django.utils.translation import gettext as _

from tsunagari.engines.plan.rules.entry import LARGEST, PLACES
from tsunagari.engines.plan.rules.targets import rounded
from tsunagari.kernel.i18n.days import FiscalYear, next_month
from tsunagari.kernel.i18n.widths import NumberRefused, parse_number

Field = Literal["value", "numerator", "denominator", "status", "source", "reason", "seen", ""]
"""Beside which field of the form a refusal stands; "" for the whole form."""

UNUSUAL: Final = Decimal(3)
"""A figure more than so many times another year's, or less than one part of so many, is asked about."""

LONGEST: Final = 60
"""Letters of the longest text that is read as a figure at all."""


class FigureRefused(ValueError):
    """The figure was not taken; its text says why, `field` beside which field."""

    def __init__(self, sentence: str, field: Field = "") -> None:
        self.field: Field = field
        super().__init__(sentence)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What an indicator's figures look like: how they add up, places after the point, the factor of a
    ratio's quotient (100 for %), and the unit."""

    accumulate: str
    digits: int
    factor: int
    unit: str

    @property
    def ratio(self) -> bool:
        """Whether it comes as numerator and denominator."""
        return self.accumulate == "ratio"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure that was read: `value` in the indicator's unit, None for "not known"; a ratio's parts."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Period:
    """A fiscal year, or one of its months (1 to 12)."""

    year: int
    month: int | None = None

    @property
    def first_day(self) -> date:
        """Its first day."""
        if self.month is None:
            return FiscalYear(self.year).first_day
        return date(self.year + (self.month < 4), self.month, 1)

    @property
    def next_day(self) -> date:
        """The first day after it."""
        if self.month is None:
            return FiscalYear(self.year + 1).first_day
        return next_month(self.first_day)


def figure_of(*, value: str, numerator: str, denominator: str, shape: Shape) -> Figure:
    """The figure in what was typed; "-" and nothing mean that it is not known, 0 means zero.

    Raises FigureRefused. A ratio's quotient is made here and nowhere typed.
    """
    if not shape.ratio:
        return Figure(value=_plain(value, shape))
    above = _part(numerator, "numerator")
    below = _part(denominator, "denominator")
    if above is None and below is None:
        return Figure(value=None)
    if above is None or below is None:
        raise FigureRefused(
            _("分子と分母の両方を入力してください。どちらもわからないときは、両方を空にします。"),
            "numerator" if above is None else "denominator",
        )
    return Figure(value=quotient(above, below, shape), numerator=above, denominator=below)


def quotient(numerator: Decimal, denominator: Decimal, shape: Shape) -> Decimal:
    """The quotient in the indicator's unit."""
    if denominator == 0:
        raise FigureRefused(
            _("分母が0では割合を計算できません。対象がなかったときは、両方を空にしてください。"),
            "denominator",
        )
    found = rounded(numerator / denominator * shape.factor, PLACES)
    if found >= LARGEST:
        raise FigureRefused(_("割合が大きすぎます。分子と分母を確かめてください。"), "numerator")
    return found


def check_period(period: Period, *, status: str, shape: Shape, today: date) -> None:
    """Refuse what has not happened yet, and as final what is not over. `today` is the day in Japan."""
    if period.first_day > today:
        sentence = (
            _("まだ始まっていない年度の実績は登録できません。")
            if period.month is None
            else _("まだ来ていない月の実績は登録できません。")
        )
        raise FigureRefused(sentence)
    if period.next_day <= today:
        return
    if period.month is None and shape.accumulate in ("flow", "ratio"):
        raise FigureRefused(
            _("この年度はまだ終わっていません。年度の途中は、月ごとに登録してください。")
        )
    if status != "provisional":
        raise FigureRefused(_("まだ終わっていない期間の数値は「暫定」にしてください。"), "status")


def is_over(period: Period, now_day: date) -> bool:
    """Whether its last day has passed."""
    return period.next_day <= now_day


def unusual(value: Decimal | None, others: Sequence[Decimal]) -> Decimal | None:
    """The figure of another period that makes this one look wrong: the nearest one, where it is more
    than UNUSUAL times as large or as small. None where nothing is strange or nothing is known."""
    if value is None or not others:
        return None
    nearest = others[0]
    if nearest in (value, 0):
        return None
    if value == 0:
        return nearest
    share = abs(value / nearest)
    return nearest if share > UNUSUAL or share * UNUSUAL < 1 or share != value / nearest else None


def replaced_status(chosen: str, standing: str) -> str:
    """The status of a figure that takes another's place: whoever replaces a final one revises it."""
    return "revised" if standing in ("final", "revised") else chosen


def last_whole_year(now_day: date) -> int:
    """The last fiscal year that is over on a day in Japan."""
    return FiscalYear.of(now_day).year - 1


def number_of(text: str, field: Field, *, digits: int) -> Decimal | None:
    """A figure of any sign with at most so many places after the point. Raises FigureRefused."""
    figure = _number(text, field)
    if figure is not None and figure != rounded(figure, digits):
        raise FigureRefused(_places(digits), field)
    return figure


def _places(digits: int) -> str:
    if digits == 0:
        return _("この指標は小数を使いません。整数で入力してください。")
    return _("小数は第%(digits)d位までです。") % {"digits": digits}


def _plain(text: str, shape: Shape) -> Decimal | None:
    figure = _number(text, "value")
    if figure is None:
        return None
    if figure != rounded(figure, shape.digits):
        raise FigureRefused(_places(shape.digits), "value")
    if figure < 0 and shape.accumulate in ("flow", "stock"):
        raise FigureRefused(_("件数や人数は、0より小さくできません。"), "value")
    return figure


def _part(text: str, field: Field) -> Decimal | None:
    figure = _number(text, field)
    if figure is None:
        return None
    if figure < 0:
        raise FigureRefused(_("分子と分母は0以上で入力してください。"), field)
    if figure != rounded(figure, PLACES):
        raise FigureRefused(_places(PLACES), field)
    return figure


def _number(text: str, field: Field) -> Decimal | None:
    if len(text) > LONGEST:
        raise FigureRefused(_("長すぎて、数値として読めません。"), field)
    try:
        figure = parse_number(text)
    except NumberRefused as refused:
        raise FigureRefused(str(refused), field) from refused
    if figure is not None and abs(figure) >= LARGEST:
        raise FigureRefused(_("数値が大きすぎます。整数は15桁までです。"), field)
    return figure
