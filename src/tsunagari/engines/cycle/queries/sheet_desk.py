"""Everything about one sheet: its fields, its measure's figures, how it went, and what was said of it."""

from dataclasses import dataclass
from datetime import datetime

from tsunagari.engines.cycle.models import Change, Cycle, Move, Opinion, QuarterFigure, Sheet
from tsunagari.engines.cycle.queries.actuals import Actual, actuals_of
from tsunagari.engines.cycle.queries.changed_after import ChangedAfter, changed_after
from tsunagari.engines.cycle.queries.sheet_texts import figures_of, texts_of
from tsunagari.engines.cycle.queries.working import working_for, writing
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api


@dataclass(frozen=True, kw_only=True)
class SheetDesk:
    """One sheet for whoever looks. `texts` by key (queries/sheet_texts.py). `yours`: she may write it.
    `changed` are results that people changed after the check was handed in or accepted."""

    cycle: Cycle
    sheet: Sheet
    page: plan_api.MeasurePage
    texts: dict[str, str]
    figures: tuple[QuarterFigure, ...]
    actuals: tuple[Actual, ...]
    moves: tuple[Move, ...]
    changes: tuple[Change, ...]
    opinions: tuple[Opinion, ...]
    yours: bool
    changed: tuple[ChangedAfter, ...]

    @property
    def stands(self) -> bool:
        """Whether the plan still has the measure in this year, so that there is something to review."""
        return self.sheet.laid_aside_at is None

    def last_comment(self, part: str) -> Move | None:
        """What the secretariat last said of a part."""
        return next((each for each in self.moves if each.part == part and each.comment), None)


MOST_CHANGES = 100
"""Changes that a sheet's page lists; the audit holds all of them."""


def sheet_desk(
    cycle: Cycle, number: str, hand: Hand, *, now: datetime, language: str
) -> SheetDesk | None:
    """A sheet by its measure's number; None where there is none or it is not hers to read. A bounded number
    of queries."""
    heads = plan_api.measure_heads(cycle.plan, language)
    head = next((each for each in heads if each.number == number), None)
    sheet = Sheet.every.filter(cycle=cycle, measure=head.public_id).first() if head else None
    if head is None or sheet is None:
        return None
    working = writing(sheet, working_for([sheet], now))
    if not hand.may_read(working):
        return None
    page = plan_api.measure_page(cycle.plan, number, now=now, language=language)
    if page is None:
        return None
    figures = tuple(figures_of([sheet])[sheet.pk])
    months = plan_api.months_of_year(cycle.plan, [sheet.measure], cycle.fiscal_year, now=now)
    moves = tuple(sheet.moves.all())
    changed = changed_after(cycle, [(sheet, page.measure)], moves, now=now)
    return SheetDesk(
        cycle=cycle,
        sheet=sheet,
        page=page,
        texts=texts_of(sheet, figures),
        figures=figures,
        actuals=actuals_of(page.measure, cycle.fiscal_year, months),
        moves=moves,
        changes=tuple(sheet.changes.all()[:MOST_CHANGES]),
        opinions=tuple(sheet.opinions.filter(replaced_by=None, withdrawn_at=None)),
        yours=hand.works_for(working) and sheet.laid_aside_at is None,
        changed=tuple(changed.values()),
    )
