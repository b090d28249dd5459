"""Load figures: take monthly figures from outside, each superseding the one before."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day, month_start
from tsunagari.kernel.i18n.eras import format_month
from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.metering.declare import FiguresLoaded, Loaded
from tsunagari.kernel.metering.models import LoadedFigure, Loading
from tsunagari.kernel.metering.rules import MonthFigure, Refused, figures_text


@dataclass(frozen=True, kw_only=True)
class Giver:
    """Who gives figures: an account or a key by public id, its division's code, and the way taken."""

    actor: str
    division: str
    way: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a loading does to one month: `before` is None where the month is new."""

    month: date
    before: Decimal | None
    after: Decimal
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a loading did: changes made, months that stood already, and when this very content came
    before ("" if never)."""

    changes: tuple[Change, ...]
    unchanged: int
    seen_before: bool = False

    @property
    def message(self) -> str:
        """What the loading did, in a sentence in the reader's language."""
        if self.changes and not self.unchanged:
            return ngettext(
                "%(changed)dか月分を取り込みました。",
                "%(changed)dか月分を取り込みました。",
                len(self.changes),
            ) % {"changed": len(self.changes)}
        if self.changes:
            return ngettext(
                "%(changed)dか月分を取り込みました。%(unchanged)dか月分は同じ数値でした。",
                "%(changed)dか月分を取り込みました。%(unchanged)dか月分は同じ数値でした。",
                len(self.changes),
            ) % {"changed": len(self.changes), "unchanged": self.unchanged}
        if self.seen_before:
            return _("このファイルはすでに取り込まれています。何も変わりません。")
        return _("どの月も、すでに同じ数値が入っています。何も変わりません。")


@transaction.atomic
def preview_figures(
    *, meter: Loaded, figures: Sequence[MonthFigure], giver: Giver, clock: Clock = system_clock
) -> Outcome:
    """What load_figures would do, without doing it. Raises Refused in the same sentences."""
    _check(meter, figures, giver, clock)
    held = _current(meter, figures)
    changes = tuple(
        Change(month=each.month, before=held.get(each.month), after=each.value, note=each.note)
        for each in sorted(figures, key=lambda each: each.month)
        if held.get(each.month) != each.value
    )
    seen = Loading.objects.filter(meter=meter.id, content=_digest(figures)).exists()
    return Outcome(changes=changes, unchanged=len(figures) - len(changes), seen_before=seen)


@transaction.atomic
def load_figures(
    *,
    meter: Loaded,
    figures: Sequence[MonthFigure],
    giver: Giver,
    name: str = "",
    clock: Clock = system_clock,
) -> Outcome:
    """Take the figures in; the same figures twice change nothing. `name` is the file's name.

    Raises Refused in a sentence for the one who loads: another division's meter, a month that has
    not come, a month twice, a negative count.
    """
    _one_at_a_time()
    outcome = preview_figures(meter=meter, figures=figures, giver=giver, clock=clock)
    if not outcome.changes:
        return outcome
    now = clock()
    loading = Loading.objects.create(
        meter=meter.id,
        content=_digest(figures),
        name=name[:200],
        way=giver.way,
        actor=giver.actor,
        division=giver.division,
        loaded_at=now,
    )
    months = [change.month for change in outcome.changes]
    LoadedFigure.objects.filter(
        meter=meter.id, month__in=months, superseded_at__isnull=True
    ).update(superseded_at=now)
    LoadedFigure.objects.bulk_create(
        LoadedFigure(
            meter=meter.id,
            month=change.month,
            value=change.after,
            note=change.note,
            loading=loading,
        )
        for change in outcome.changes
    )
    record(
        FiguresLoaded(
            subject=loading.public_id,
            actor=giver.actor,
            division=giver.division,
            meter=meter.id,
            months=len(months),
            figures=figures_text({change.month: change.after for change in outcome.changes}),
            way=giver.way,
        ),
        clock=clock,
    )
    return outcome


def _one_at_a_time() -> None:
    # A month that is new has no row to lock: two loadings of it would both find nothing there.
    if connection.vendor == "postgresql":
        with connection.cursor() as database:
            database.execute(f"LOCK TABLE {Loading._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _check(meter: Loaded, figures: Sequence[MonthFigure], giver: Giver, clock: Clock) -> None:
    if giver.division != meter.division:
        raise Refused(
            _("この数値は、別の課が取り込むものです。担当する課の権限で取り込んでください。")
        )
    if not figures:
        raise Refused(_("取り込む行がありません。年月と数値を1行以上書いてください。"))
    seen: set[date] = set()
    this_month = month_start(japan_day(clock()))
    for each in figures:
        shown = format_month(each.month, language=get_language() or "ja", era=False)
        if each.month in seen:
            raise Refused(
                _("%(month)sが2回書かれています。どちらか1行にしてください。") % {"month": shown}
            )
        if each.month > this_month:
            raise Refused(
                _("%(month)sはまだ来ていません。年月を確かめてください。") % {"month": shown}
            )
        if each.value < 0:
            raise Refused(
                _("%(month)sの数値が0より小さくなっています。数値を確かめてください。")
                % {"month": shown}
            )
        if each.value != each.value.to_integral_value() or each.value >= 10**14:
            raise Refused(
                _("%(month)sの数値は、14桁までの整数で書いてください。") % {"month": shown}
            )
        seen.add(each.month)


def _current(meter: Loaded, figures: Sequence[MonthFigure]) -> Mapping[date, Decimal]:
    rows = LoadedFigure.objects.select_for_update().filter(
        meter=meter.id, superseded_at__isnull=True, month__in=[each.month for each in figures]
    )
    return {row.month: row.value for row in rows}


def _digest(figures: Sequence[MonthFigure]) -> str:
    lines = sorted(f"{each.month:%Y-%m} {each.value.normalize():f}" for each in figures)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
