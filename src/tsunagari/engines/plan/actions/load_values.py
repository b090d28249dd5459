"""Loads figures: what a table says of them, shown first and then taken in as shown, all or none.

A preview makes every change and takes all of it back, so that it cannot differ from the real thing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.engines.plan.actions.attach_evidence import NotYourFigure
from tsunagari.engines.plan.actions.enter_figure import FigureOvertaken, Typed, enter_figure
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.declare import FiguresReadIn, FiguresWritten
from tsunagari.engines.plan.models import Indicator, Value
from tsunagari.engines.plan.queries.figure_desk import shape_of
from tsunagari.engines.plan.rules.hands import Hand
from tsunagari.engines.plan.rules.typed_figure import (
    Figure,
    FigureRefused,
    Period,
    figure_of,
    unusual,
)
from tsunagari.engines.plan.rules.value_sheet import SheetRow
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger


class LoadRefused(ValueError):
    """The table was not taken in; its text says why."""


@dataclass(frozen=True, kw_only=True)
class ValueChange:
    """What one row changes. `before` and `after`: None where nothing is known. `strange` is another
    year's figure that makes this one look wrong, or None."""

    line: int
    quoted: str
    indicator: str
    unit: str
    digits: int
    period: Period
    before: Decimal | None
    after: Decimal | None
    status: str
    strange: Decimal | None


@dataclass(frozen=True, kw_only=True)
class ValuesOutcome:
    """What a table does: changes, faults by line, and rows whose figure stands already."""

    changes: tuple[ValueChange, ...]
    faults: tuple[tuple[int, str], ...]
    same: int


def preview_values(rows: Sequence[SheetRow], *, hand: Hand, clock: Clock) -> ValuesOutcome:
    """What `load_values` would do now; nothing stays written."""
    with transaction.atomic():
        outcome = _load(rows, hand, clock)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def load_values(
    rows: Sequence[SheetRow],
    *,
    shown: Callable[[ValuesOutcome], bool],
    hand: Hand,
    clock: Clock,
) -> ValuesOutcome:
    """Take the rows in, all or none.

    Raises LoadRefused when a row has a fault, or when `shown` says that this is not the outcome that was
    previewed: somebody entered a figure meanwhile.
    """
    outcome = _load(rows, hand, clock)
    if outcome.faults or not shown(outcome):
        raise LoadRefused(
            gettext(
                "確認の画面を開いたあとに、数値が変わりました。もう一度ファイルを選んで確かめてください。"
            )
        )
    ledger.record(
        FiguresReadIn(
            subject="",
            actor=hand.actor,
            division=hand.division,
            changed=len(outcome.changes),
        )
    )
    return outcome


@transaction.atomic
def note_written(*, rows: int, hand: Hand) -> None:
    """Record that a table of figures left as a file."""
    ledger.record(FiguresWritten(subject="", actor=hand.actor, division=hand.division, rows=rows))


def _load(rows: Sequence[SheetRow], hand: Hand, clock: Clock) -> ValuesOutcome:
    hold_plan()
    ids = {row.indicator for row in rows}
    indicators = {
        each.public_id: each
        for each in Indicator.objects.filter(public_id__in=ids).select_related("measure__plan")
    }
    changes: list[ValueChange] = []
    faults: list[tuple[int, str]] = []
    # In one order for everybody, so that two files never wait for each other.
    for row in sorted(rows, key=lambda each: (each.indicator, each.year, each.month or 0)):
        try:
            change = _one(row, indicators.get(row.indicator), hand, clock)
            if change:
                changes.append(change)
        except (FigureRefused, NotYourFigure) as fault:
            faults.append((row.line, str(fault)))
        except FigureOvertaken:
            faults.append((row.line, _stale()))
    return ValuesOutcome(
        changes=tuple(sorted(changes, key=lambda each: each.line)),
        faults=tuple(sorted(faults)),
        same=len(rows) - len(changes) - len(faults),
    )


def _stale() -> str:
    return gettext(
        "この表を書き出したあとに、ほかの人が数値を替えました。書き出し直した表に入力してください。"
    )


def _one(
    row: SheetRow, indicator: Indicator | None, hand: Hand, clock: Clock
) -> ValueChange | None:
    if indicator is None:
        raise FigureRefused(gettext("この指標は、今の計画にありません。"))
    standing = _standing(indicator, row.period)
    figure = _figure(row, indicator, standing)
    entered = enter_figure(
        indicator=row.indicator,
        typed=Typed(
            period=row.period,
            figure=figure,
            status=row.status or _status(standing),
            source=row.source or (standing.source if standing else ""),
            reason=row.reason,
            seen=row.seen,
            carried=_evidence(standing),
            origin="loaded",
        ),
        hand=hand,
        clock=clock,
    )
    if not entered.changed:
        return None
    written = Value.objects.get(public_id=entered.value)
    return ValueChange(
        line=row.line,
        quoted=f"{indicator.measure.plan.letter}/{indicator.measure.number}",
        indicator=indicator.name,
        unit=indicator.unit,
        digits=indicator.digits,
        period=row.period,
        before=standing.value if standing else None,
        after=written.value,
        status=written.status,
        strange=unusual(written.value, _near(indicator, row.period)),
    )


def _standing(indicator: Indicator, period: Period) -> Value | None:
    return indicator.values.filter(
        fiscal_year=period.year, month=period.month, superseded_at=None
    ).first()


def _figure(row: SheetRow, indicator: Indicator, standing: Value | None) -> Figure:
    if row.has_figure:
        return figure_of(
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
            shape=shape_of(indicator),
        )
    if standing is None:
        raise FigureRefused(gettext("新しい数値を入力してください。"), "value")
    return Figure(
        value=standing.value, numerator=standing.numerator, denominator=standing.denominator
    )


def _status(standing: Value | None) -> str:
    if standing is None:
        return "final"
    return "provisional" if standing.status == "provisional" else "final"


def _evidence(standing: Value | None) -> list[str]:
    return list(standing.evidence.values_list("public_id", flat=True)) if standing else []


def _near(indicator: Indicator, period: Period) -> list[Decimal]:
    """Standing figures of the same length, the nearest first."""
    rows = indicator.values.filter(superseded_at=None, month__isnull=period.month is None)
    others = [
        (
            abs(
                (Period(year=each.fiscal_year, month=each.month).first_day - period.first_day).days
            ),
            each,
        )
        for each in rows.exclude(value=None)
        if (each.fiscal_year, each.month) != (period.year, period.month)
    ]
    return [
        each.value for _, each in sorted(others, key=lambda pair: pair[0]) if each.value is not None
    ]
