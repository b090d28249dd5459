"""Results that people changed after a sheet's check was handed in or accepted, of years that are still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import get_language, gettext

from tsunagari.engines.cycle.declare import MOVES
from tsunagari.engines.cycle.models import Cycle, Move, Sheet
from tsunagari.engines.cycle.queries.year_read import amount
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year
from tsunagari.kernel.i18n.said import said

HANDED_IN = ("submitted", "accepted")


@dataclass(frozen=True, kw_only=True)
class ChangedAfter:
    """An indicator whose year reads otherwise than when its check was handed in or accepted (`state`, at
    `moment`). `before` None: nothing was known then, or (`known` False) nobody can say what."""

    indicator: plan_api.IndicatorState
    state: str
    moment: datetime
    before: Decimal | None
    known: bool
    now: Decimal | None
    changed_at: datetime

    def words(self, year: int) -> str:
        """What changed, in the reader's language."""
        language = get_language() or "ja"
        told = {
            "day": format_day(japan_day(self.moment), language=language),
            "move": said(MOVES[self.state]),
            "year": format_fiscal_year(FiscalYear(year), language=language),
            "before": amount(self.before, self.indicator),
            "now": amount(self.now, self.indicator),
        }
        if not self.known:
            return (
                gettext(
                    "%(day)sの%(move)sのあとに%(year)sの実績が入力され、いまは%(now)sです。%(move)sのときの実績はわかりません。"
                )
                % told
            )
        if self.before is None:
            return (
                gettext(
                    "%(day)sの%(move)sのときになかった%(year)sの実績が、あとから入力され、いまは%(now)sです。"
                )
                % told
            )
        return (
            gettext(
                "%(day)sの%(move)sのあとに、%(year)sの実績が%(before)sから%(now)sに変わりました。"
            )
            % told
        )


def check_moves(cycle: Cycle) -> tuple[Move, ...]:
    """How the checks of a year's sheets were handed in and accepted. One query."""
    return tuple(cycle.moves.filter(part="check", after__in=HANDED_IN))


def changed_after(
    cycle: Cycle,
    sheets: Sequence[tuple[Sheet, plan_api.MeasureState]],
    moves: Iterable[Move],
    *,
    now: datetime,
) -> dict[str, ChangedAfter]:
    """By an indicator's public id, what people changed since its sheet's check came to stand as it does, as
    far as `moves` say; nothing for a closed year. One query at most."""
    if cycle.phase == "frozen":
        return {}
    since = _since(sheets, moves)
    places = {
        state.public_id: (sheet, state)
        for sheet, measure in sheets
        for state in measure.indicators
        if sheet.pk in since
    }
    if not places:
        return {}
    moments = {key: since[sheet.pk] for key, (sheet, _state) in places.items()}
    changes = plan_api.changed_later(moments, cycle.fiscal_year, now=now)
    found: dict[str, ChangedAfter] = {}
    for key, change in changes.items():
        sheet, state = places[key]
        current = next((r.value for r in state.results if r.year == cycle.fiscal_year), None)
        if change.known and change.before == current:
            continue
        found[key] = ChangedAfter(
            indicator=state,
            state=sheet.check_state,
            moment=moments[key],
            before=change.before,
            known=change.known,
            now=current,
            changed_at=change.changed_at,
        )
    return found


def _since(
    sheets: Sequence[tuple[Sheet, plan_api.MeasureState]], moves: Iterable[Move]
) -> Mapping[int, datetime]:
    """By a sheet's key, when its check was last handed in, or accepted where it is by now."""
    states = {sheet.pk: sheet.check_state for sheet, _measure in sheets}
    found: dict[int, datetime] = {}
    for move in moves:
        key = move.sheet_id
        if key in states and move.part == "check" and move.after == states[key] in HANDED_IN:
            found[key] = max(move.made_at, found.get(key, move.made_at))
    return found
