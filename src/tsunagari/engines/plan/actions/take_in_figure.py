"""Takes in a figure that another system sends for an indicator, once, and keeps the one it replaces."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.keep_closed import check_value_open
from tsunagari.engines.plan.actions.supersede import set_value
from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.queries.figure_desk import metered_years
from tsunagari.engines.plan.queries.lines import StandingFigure, standing_figure
from tsunagari.engines.plan.queries.working import working_today
from tsunagari.engines.plan.rules.entry import Entry, EntryRefused, Place, figure_of
from tsunagari.engines.plan.rules.rights import may_enter
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day


class IndicatorMissing(LookupError):
    """There is no such plan, measure or indicator."""


class NotYours(PermissionError):
    """The measure is another division's; its text says so in a sentence."""


class Overtaken(RuntimeError):
    """The figure that the sender saw no longer stands; `standing` does, or nothing (None)."""

    def __init__(self, sentence: str, standing: StandingFigure | None) -> None:
        self.standing = standing
        super().__init__(sentence)


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """What came of it: the figure that stands now, and whether anything changed."""

    changed: bool
    figure: StandingFigure


def check_right(*, code: str, number: str, order: int, division: str, clock: Clock) -> None:
    """Raise IndicatorMissing or NotYours where a division cannot enter figures of an indicator."""
    indicator = _indicators(code, number, order).first()
    if indicator is None:
        raise IndicatorMissing
    _check_right(indicator, division, clock())


@transaction.atomic
def take_in_figure(
    *, code: str, number: str, order: int, entry: Entry, division: str, actor: str, clock: Clock
) -> TakenIn:
    """Let `entry` be the figure of its year or month. The same again changes nothing.

    `division` is the code of the sender's division, `actor` the public id of its key. Raises
    IndicatorMissing, NotYours, EntryRefused (YearClosed for a closed year) or Overtaken; then nothing was changed. Senders of one
    indicator wait for each other.
    """
    hold_plan()
    now = clock()
    indicator = _indicators(code, number, order).select_for_update(of=("self",)).first()
    if indicator is None:
        raise IndicatorMissing
    _check_right(indicator, division, now)
    plan = indicator.measure.plan
    place = Place(
        first_year=plan.first_year,
        last_year=plan.last_year,
        today=japan_day(now),
        accumulate=indicator.accumulate,
        factor=indicator.factor,
        digits=indicator.digits,
    )
    value = figure_of(entry, place)
    standing = _standing(indicator, entry)
    parts = (entry.numerator, entry.denominator)
    told = (value, *parts, entry.status)
    if standing and told == (
        standing.value,
        standing.numerator,
        standing.denominator,
        standing.status,
    ):
        return TakenIn(changed=False, figure=standing_figure(standing))
    check_value_open(indicator, entry.year, entry.month, value)
    _check_overtaken(entry, standing)
    _check_reason(entry, standing, indicator, now)
    set_value(
        indicator=indicator,
        year=entry.year,
        month=entry.month,
        value=value,
        numerator=entry.numerator,
        denominator=entry.denominator,
        origin="loaded",
        status=entry.status,
        source=entry.source,
        reason=entry.reason,
        now=now,
        actor=actor,
        division=division,
    )
    written = _standing(indicator, entry)
    assert written is not None  # noqa: S101 - it was written a line ago
    return TakenIn(changed=True, figure=standing_figure(written))


def _indicators(code: str, number: str, order: int) -> QuerySet[Indicator]:
    return Indicator.objects.select_related("measure__plan").filter(
        measure__plan__code=code, measure__number=number, order=order
    )


def _check_right(indicator: Indicator, division: str, now: datetime) -> None:
    working = working_today(indicator.measure.divisions, now).values()
    if not may_enter([division], {heir for heirs in working for heir in heirs}):
        raise NotYours(
            _("この鍵では、この指標の数値を登録できません。担当する課の鍵を使ってください。")
        )


def _standing(indicator: Indicator, entry: Entry) -> Value | None:
    return indicator.values.filter(
        fiscal_year=entry.year, month=entry.month, superseded_at=None
    ).first()


def _check_overtaken(entry: Entry, standing: Value | None) -> None:
    if entry.supersedes and entry.supersedes != (standing.public_id if standing else ""):
        raise Overtaken(
            _("ほかの人が先に数値を替えました。今の数値を確かめてから、もう一度送ってください。"),
            standing_figure(standing) if standing else None,
        )


def _check_reason(
    entry: Entry, standing: Value | None, indicator: Indicator, now: datetime
) -> None:
    if entry.year in metered_years(indicator, now):
        if entry.month is not None:
            raise EntryRefused(
                _(
                    "自動計測か取込の数値がある年度は、月ごとには替えられません。年度の数値を送ってください。"
                )
            )
        if not entry.reason:
            raise EntryRefused(
                _(
                    "この年度には自動計測か取込の数値があります。替える理由を reason に書いてください。"
                )
            )
    if standing and not entry.reason:
        raise EntryRefused(
            _("この期間には数値が登録されています。替える理由を reason に書いてください。")
        )
