"""Years of plans, and the sheets of one as lists show them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tsunagari.engines.cycle.models import Cycle, Opinion, Sheet
from tsunagari.engines.cycle.queries.waiting import is_out
from tsunagari.engines.cycle.queries.working import working_for, writing
from tsunagari.engines.cycle.queries.year_sheets import YearSheets
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.reminders import OF_DIVISIONS, PHASES_OF
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import japan_day


@dataclass(frozen=True, kw_only=True)
class ListedSheet:
    """A sheet in a list. `out` are the steps that its division still has to do and can do now, `late` those
    of them whose day is over; `yours` says that whoever looks may write it."""

    sheet: Sheet
    measure: plan_api.MeasureHead
    division: str
    out: tuple[str, ...]
    late: tuple[str, ...]
    yours: bool

    @property
    def waits_for_review(self) -> bool:
        """Whether the secretariat has it."""
        return "submitted" in (self.sheet.plan_state, self.sheet.check_state)

    @property
    def returned(self) -> bool:
        """Whether it came back with a comment."""
        return "returned" in (self.sheet.plan_state, self.sheet.check_state)


def cycles() -> list[Cycle]:
    """Every year that was opened, the newest first. One query."""
    return list(Cycle.objects.all())


def cycle_of(plan: str, year: int) -> Cycle | None:
    """A plan's year; None where nobody opened it. One query."""
    return Cycle.objects.filter(plan=plan, fiscal_year=year).first()


def usual_from_year(cycle: Cycle) -> int:
    """From which year decisions hold: the next one, or the one after it where the next is already running."""
    following = cycle.fiscal_year + 1
    begun = Cycle.objects.filter(plan=cycle.plan, fiscal_year=following).exclude(phase="planning")
    return following + 1 if begun.exists() else following


def sheet_counts(cycles: Iterable[Cycle], hand: Hand, *, now: datetime) -> Mapping[int, int]:
    """By the key of a year, how many of its sheets `hand` may read. Three queries for all years."""
    sheets = list(Sheet.objects.filter(cycle__in=cycles).only("cycle_id", "division", "partners"))
    working = working_for(sheets, now)
    return Counter(each.cycle_id for each in sheets if hand.may_read(writing(each, working)))


def year_opinions(cycle: Cycle) -> list[Opinion]:
    """The committee's opinions on the whole year. One query."""
    return list(cycle.opinions.filter(sheet=None, replaced_by=None, withdrawn_at=None))


def listed_sheets(
    year: YearSheets, hand: Hand, heads: Mapping[str, plan_api.MeasureHead]
) -> tuple[ListedSheet, ...]:
    """The sheets of a year that `hand` may read, in the plan's order; `heads` are the plan's measures by
    their public ids. No queries."""
    seen = [each for each in year.sheets if hand.may_read(writing(each, year.working))]
    return tuple(
        _listed(each, heads[each.measure], year, hand) for each in seen if each.measure in heads
    )


def _listed(sheet: Sheet, head: plan_api.MeasureHead, year: YearSheets, hand: Hand) -> ListedSheet:
    phase, today = year.cycle.phase, japan_day(year.now)
    days = {step.step: step.due for step in year.steps}
    out = tuple(step for step in OF_DIVISIONS if phase in PHASES_OF[step] and is_out(sheet, step))
    return ListedSheet(
        sheet=sheet,
        measure=head,
        division=sheet.division,
        out=_now_due(out, days, today),
        late=tuple(step for step in out if _is_over(days.get(step), today)),
        yours=hand.works_for(writing(sheet, year.working)),
    )


def _now_due(steps: Iterable[str], days: dict[str, date | None], today: date) -> tuple[str, ...]:
    """Of quarters, those whose turn has come: a quarter's record is no task before the quarter is over."""
    return tuple(
        step for step in steps if not step.startswith("q") or _quarter_over(step, days, today)
    )


def _quarter_over(step: str, days: dict[str, date | None], today: date) -> bool:
    due = days.get(step)
    return due is None or (due - today).days <= 31


def _is_over(due: date | None, today: date) -> bool:
    return due is not None and today > due
