"""Enters a figure that a clerk typed or a table brought: checked, once, and the one before is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.attach_evidence import (
    NewEvidence,
    NotYourFigure,
    Ready,
    carry_over,
    kept_file,
    not_yours,
    write_evidence,
)
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.keep_closed import check_value_open
from tsunagari.engines.plan.actions.supersede import set_value
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.queries.figure_desk import metered_years, shape_of
from tsunagari.engines.plan.queries.working import working_today
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import (
    Figure,
    FigureRefused,
    Period,
    check_period,
    replaced_status,
)
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import japan_day


class FigureOvertaken(RuntimeError):
    """The figure that the clerk saw no longer stands. `standing` is the public id of the one that does,
    "" for none; the text says what to do."""

    def __init__(self, standing: str) -> None:
        self.standing = standing
        super().__init__(
            _(
                "入力しているあいだに、ほかの人がこの数値を替えました。今の数値を確かめてください。入力した内容は残してあります。"
            )
        )


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed for one period. `seen` is the public id of the figure that stood on the screen, ""
    for none. `carried` are public ids of its evidence that the new one keeps. `origin`: typed or loaded."""

    period: Period
    figure: Figure
    status: str
    source: str
    reason: str
    seen: str
    carried: Collection[str] = ()
    origin: str = "typed"


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What came of it: whether anything changed, and the public id of the value that stands ("" for none)."""

    changed: bool
    value: str


def enter_figure(
    *,
    indicator: str,
    typed: Typed,
    hand: Hand,
    clock: Clock,
    evidence: NewEvidence | None = None,
) -> Entered:
    """Let what was typed be the figure of its period. The same again changes nothing.

    `indicator` is a public id. Those who enter one indicator wait for each other. Raises
    Indicator.DoesNotExist, NotYourFigure, FigureRefused (YearClosed for a closed year), FigureOvertaken,
    FileRefused; then nothing was written.
    """
    with kept_file(evidence) as ready:
        try:
            with transaction.atomic():
                return _enter(indicator, typed, hand, clock(), ready)
        except IntegrityError as fault:
            # Whatever came between the lock and the write: the table lets one figure stand.
            raise FigureOvertaken("") from fault


def _enter(
    public_id: str,
    typed: Typed,
    hand: Hand,
    now: datetime,
    ready: Ready | None,
) -> Entered:
    hold_plan()
    indicator = (
        Indicator.objects.select_related("measure__plan")
        .select_for_update(of=("self",))
        .get(public_id=public_id)
    )
    _check_hand(indicator, hand, now)
    standing = _standing(indicator, typed.period)
    if (standing.public_id if standing else "") != typed.seen and not _says(standing, typed):
        raise FigureOvertaken(standing.public_id if standing else "")
    if _says(standing, typed):
        return _same(standing, hand, now, ready)
    _check(indicator, typed, standing, hand, now)
    set_value(
        indicator=indicator,
        year=typed.period.year,
        month=typed.period.month,
        value=typed.figure.value,
        numerator=typed.figure.numerator,
        denominator=typed.figure.denominator,
        origin=typed.origin,
        status=replaced_status(typed.status, standing.status if standing else ""),
        source=typed.source,
        reason=typed.reason,
        now=now,
        actor=hand.actor,
        division=hand.division,
    )
    written = _standing(indicator, typed.period)
    assert written is not None  # noqa: S101 - it was written a line ago
    if standing and typed.carried:
        carry_over(kept=typed.carried, before=standing, after=written)
    if ready:
        write_evidence(value=written, ready=ready, hand=hand, now=now)
    return Entered(changed=True, value=written.public_id)


def _same(standing: Value | None, hand: Hand, now: datetime, ready: Ready | None) -> Entered:
    """The figure stands already; what is new may be the evidence."""
    if standing is None:
        raise FigureRefused(
            _("数値を入力してください。わからないままにするときは、登録しなくてかまいません。"),
            "value",
        )
    if ready is None:
        return Entered(changed=False, value=standing.public_id)
    write_evidence(value=standing, ready=ready, hand=hand, now=now)
    turn_edition()
    return Entered(changed=True, value=standing.public_id)


def _standing(indicator: Indicator, period: Period) -> Value | None:
    return indicator.values.filter(
        fiscal_year=period.year, month=period.month, superseded_at=None
    ).first()


def _says(standing: Value | None, typed: Typed) -> bool:
    """Whether the standing figure says what was typed; nothing stands where nothing is known."""
    if standing is None:
        return typed.figure.value is None
    if standing.value is None and typed.figure.value is None:
        return True
    told = (typed.figure.value, typed.figure.numerator, typed.figure.denominator, typed.source)
    kept = (standing.value, standing.numerator, standing.denominator, standing.source)
    final = {"final": "final", "revised": "final"}
    return told == kept and final.get(typed.status) == final.get(standing.status)


def _check_hand(indicator: Indicator, hand: Hand, now: datetime) -> None:
    codes = indicator.measure.divisions
    working = {heir for heirs in working_today(codes, now).values() for heir in heirs}
    if not hand.may_enter(working):
        raise NotYourFigure(not_yours())


def _check(
    indicator: Indicator, typed: Typed, standing: Value | None, hand: Hand, now: datetime
) -> None:
    plan, period = indicator.measure.plan, typed.period
    if period.year == indicator.baseline_year and not plan.first_year <= period.year <= plan.last_year:  # fmt: skip
        if not hand.secretariat:
            raise FigureRefused(_("基準の年度の数値は、計画の事務局が直します。"))
    elif not plan.first_year <= period.year <= plan.last_year:
        raise FigureRefused(_("この計画にない年度です。"))
    # Before anything that could be mended: nobody is to look for a reason first, and then be refused.
    check_value_open(indicator, period.year, period.month, typed.figure.value)
    check_period(period, status=typed.status, shape=shape_of(indicator), today=japan_day(now))
    metered = period.year in metered_years(indicator, now)
    if metered and period.month is not None:
        raise FigureRefused(_("自動計測か取込の数値がある年度は、年度の数値だけを替えられます。"))
    if not typed.source:
        raise FigureRefused(_("数値の出どころを入力してください。"), "source")
    if not typed.reason and (metered or standing):
        raise FigureRefused(
            _("今ある数値を替える理由を入力してください。前の数値と理由は履歴に残ります。"),
            "reason",
        )
