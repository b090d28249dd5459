"""Everything that stands on the desk when the secretariat decides: the measures, what can be chosen, what was
decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tsunagari.engines.cycle.models import Candidate, Cycle, Decision, Opinion, Sheet
from tsunagari.engines.cycle.queries.actuals import Actual, actuals_of
from tsunagari.engines.cycle.queries.decisions import ground_of
from tsunagari.engines.cycle.rules.decisions import Ground
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity


@dataclass(frozen=True, kw_only=True)
class DecidingSheet:
    """A sheet with its measure as it is now, its year's figures and the committee's opinions."""

    sheet: Sheet
    measure: plan_api.MeasureState
    actuals: tuple[Actual, ...]
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionDesk:
    """One decision. `sections` and `divisions` are what can be chosen: code and name, of the plan in which
    it is carried out; `decision` is what was decided already, `candidate` on what something new rests."""

    cycle: Cycle
    ground: Ground
    sheets: tuple[DecidingSheet, ...]
    sections: tuple[tuple[str, str], ...]
    divisions: tuple[tuple[str, str], ...]
    decision: Decision | None
    candidate: Candidate | None

    @property
    def indicators(self) -> tuple[plan_api.IndicatorState, ...]:
        """All indicators of its measures."""
        return tuple(each for one in self.sheets for each in one.measure.indicators)

    @property
    def all_of(self) -> tuple[str, ...]:
        """The divisions that its measures name, in their order."""
        codes = (d.code for one in self.sheets for d in one.measure.divisions)
        return tuple(dict.fromkeys(codes))


def decision_desk(
    cycle: Cycle,
    sheets: Sequence[Sheet],
    *,
    now: datetime,
    language: str,
    decision: Decision | None = None,
    candidate: Candidate | None = None,
) -> DecisionDesk:
    """The desk for a decision about these sheets. A bounded number of queries for each sheet."""
    ground = ground_of(cycle, sheets, now=now, but=decision)
    board = plan_api.plan_board(cycle.plan, now=now, language=language)
    by_id = {each.public_id: each for each in board.measures} if board else {}
    found = tuple(
        DecidingSheet(
            sheet=each,
            measure=by_id[each.measure],
            actuals=actuals_of(by_id[each.measure], cycle.fiscal_year),
            opinions=tuple(each.opinions.filter(replaced_by=None, withdrawn_at=None)),
        )
        for each in sheets
        if each.measure in by_id
    )
    heads = {each.code: each for each in plan_api.plan_heads(language, now=now)}
    target = heads.get(ground.plan)
    return DecisionDesk(
        cycle=cycle,
        ground=ground,
        sheets=found,
        sections=tuple((each.code, each.name) for each in target.sections) if target else (),
        divisions=_divisions(found, FiscalYear(cycle.fiscal_year + 1), language),
        decision=decision,
        candidate=candidate,
    )


def _divisions(
    sheets: Sequence[DecidingSheet], year: FiscalYear, language: str
) -> tuple[tuple[str, str], ...]:
    """The divisions of the measures first, by the names that their plan uses; then those of the year."""
    own = {each.code: each.name for one in sheets for each in one.measure.divisions}
    others = {each.code: each.name for each in identity.divisions(year, language)}
    return tuple(
        {**own, **{code: name for code, name in others.items() if code not in own}}.items()
    )
