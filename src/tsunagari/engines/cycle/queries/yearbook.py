"""Puts a plan's year together as it is closed: the plan at the year's end, and the sheets of the year.

Texts of clerks are Japanese in both languages. As many queries for a hundred measures as for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Self

from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.models import Cycle, Decision, Heir, Opinion, QuarterFigure, Sheet
from tsunagari.engines.cycle.queries.closed_plan import closed_plans
from tsunagari.engines.cycle.queries.sheet_texts import figures_of
from tsunagari.engines.cycle.queries.texts_of_year import called_in_year
from tsunagari.engines.cycle.rules.decisions import STAGES, lineage_of
from tsunagari.engines.cycle.rules.fields import NAMED
from tsunagari.engines.cycle.rules.quarters import quarters_of
from tsunagari.engines.cycle.rules.report_words import worded
from tsunagari.engines.cycle.rules.yearbook import (
    FORMAT,
    LANGUAGES,
    Yearbook,
    YearCriterion,
    YearDecision,
    YearFigure,
    YearIndicator,
    YearMeasure,
    YearMonth,
    YearOpinion,
    YearQuarter,
    YearRevision,
    YearSection,
    YearStage,
    YearTextRevision,
    YearTie,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.city_look import city_look, in_language
from tsunagari.kernel.i18n.days import FiscalYear, japan_day

_PLACES: Final = Decimal("0.0001")
"""Figures travel with four places at most, as the tables keep them."""

_SAME: Final = (
    *("planned", "budget", "budget_item", "legal_basis", "way", "done", "settled"),
    *("from_state", "from_tokyo", "from_bonds", "from_others", "fitness", "effect"),
    *("efficiency", "grade", "comment", "missing_reason", "next_planned"),
)
"""Fields of a sheet that the yearbook tells by the same name and as they are."""


class NothingToClose(LookupError):
    """The plan of a cycle is gone, or has no measures."""


def yearbooks(cycle: Cycle, *, now: datetime) -> dict[str, Yearbook]:
    """The year by language, "ja" and "en". Raises NothingToClose."""
    return _yearbooks(cycle, LANGUAGES, now)


def yearbook(cycle: Cycle, *, language: str, now: datetime) -> Yearbook:
    """The year in one language. Raises NothingToClose."""
    return _yearbooks(cycle, [language], now)[language]


def exact(value: Decimal | None) -> Decimal | None:
    """The same figure with four places at most, without zeros at its end and never with an exponent: both
    databases seal the same text."""
    if value is None:
        return None
    rounded = value.quantize(_PLACES, rounding=ROUND_HALF_UP)
    return Decimal(f"{rounded.normalize():f}") if rounded else Decimal(0)


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """What the cycle itself holds. `decided` is by the sheet's key."""

    cycle: Cycle
    sheets: list[Sheet]
    quarters: dict[int, list[QuarterFigure]]
    opinions: list[Opinion]
    decided: dict[int, Decision]
    additions: list[Decision]

    @classmethod
    def read(cls, cycle: Cycle) -> Self:
        """Read them in a fixed number of queries."""
        sheets = list(cycle.sheets.order_by("order"))
        decisions = list(
            cycle.decisions.order_by("decided_at", "pk").prefetch_related(
                "sheets", "heirs", "revisions", "text_revisions"
            )
        )
        standing = cycle.opinions.filter(replaced_by=None, withdrawn_at=None)
        return cls(
            cycle=cycle,
            sheets=sheets,
            quarters=dict(figures_of(sheets)),
            opinions=list(standing.order_by("made_at", "pk")),
            decided={sheet.pk: each for each in decisions for sheet in each.sheets.all()},
            additions=[each for each in decisions if not each.sheets.all()],
        )

    @property
    def ties(self) -> set[str]:
        """Public ids of the measures that decisions made."""
        decisions = [*self.decided.values(), *self.additions]
        return {heir.measure for each in decisions for heir in each.heirs.all() if heir.measure}


def _yearbooks(cycle: Cycle, languages: Iterable[str], now: datetime) -> dict[str, Yearbook]:
    rows = _Rows.read(cycle)
    closed = closed_plans(cycle.plan, cycle.fiscal_year, now=now, languages=languages)
    if not closed:
        raise NothingToClose(cycle.plan)
    books: dict[str, Yearbook] = {}
    for language, year in closed.items():
        with translation.override(language):
            books[language] = _Writer(rows, year, language).yearbook(now)
    return books


class _Writer:
    """Writes one yearbook in the active language."""

    def __init__(self, rows: _Rows, closed: plan_api.ClosedYear, language: str) -> None:
        self.rows = rows
        self.year = rows.cycle.fiscal_year
        self.closed = closed
        self.head = closed.board.head
        self.language = language
        measures = called_in_year(closed.board.measures, self.year, language)
        self.states = {each.public_id: each for each in measures}
        self.sheets = [each for each in rows.sheets if each.measure in self.states]
        self.made = plan_api.measures_by_id(rows.ties, language)
        self.names = {
            each.public_id: each.name for state in self.states.values() for each in state.indicators
        }
        self.river = plan_api.whole_river(language)
        self.in_river = {each.public_id: each for each in self.river.measures}

    def yearbook(self, now: datetime) -> Yearbook:
        head, cycle = self.head, self.rows.cycle
        return Yearbook(
            format=FORMAT,
            language=self.language,
            city=in_language(city_look().name),
            plan=head.code,
            letter=head.letter,
            plan_name=head.name,
            short_name=head.short_name,
            first_year=head.first_year,
            last_year=head.last_year,
            fiscal_year=cycle.fiscal_year,
            labels=dict(head.labels),
            sections=tuple(YearSection(code=s.code, name=s.name) for s in head.sections),
            measures=tuple(self._measure(each) for each in self.sheets),
            opinions=self._opinions(None),
            staff_cost=cycle.staff_cost,
            closed_on=japan_day(now),
            additions=tuple(self._decision(each) for each in self.rows.additions),
            source=head.source,
        )

    def _measure(self, sheet: Sheet) -> YearMeasure:
        state = self.states[sheet.measure]
        decision = self.rows.decided.get(sheet.pk)
        status = state.status or ""
        return YearMeasure(
            public_id=state.public_id,
            quoted=state.quoted,
            number=state.number,
            name=state.name,
            section=state.section,
            divisions=tuple(each.name for each in state.divisions),
            and_others=state.and_others,
            kind=state.kind,
            managed_in=state.managed_in,
            purpose=state.purpose,
            outline=state.outline,
            status=status,
            status_title=plan_api.mark_in(self.head, state.status or state.kind).title,
            quarters=_quarter_texts(sheet),
            criteria=tuple(sheet.criteria.splitlines()),
            staff_years=exact(sheet.staff_years),
            stages=tuple(_stage(line) for line in state.stages),
            indicators=tuple(self._indicator(each, sheet) for each in state.indicators),
            opinions=self._opinions(sheet),
            decision=self._decision(decision) if decision else None,
            origins=self._ties(state.public_id, up=True),
            heirs=self._ties(state.public_id, up=False),
            **{name: getattr(sheet, name) for name in _SAME},
        )

    def _indicator(self, state: plan_api.IndicatorState, sheet: Sheet) -> YearIndicator:
        aim, progress = state.aim, state.progress
        months = self.closed.months.get(state.public_id, ())
        return YearIndicator(
            public_id=state.public_id,
            order=state.order,
            name=state.name,
            unit=state.unit,
            digits=state.digits,
            direction=aim.direction,
            accumulate=state.accumulate,
            counted=state.how,
            baseline_year=aim.baseline_year,
            baseline=exact(aim.baseline),
            target_year=aim.target_year,
            target=exact(aim.target),
            targets=tuple(
                YearFigure(year=each.year, value=exact(each.value), reason=each.reason)
                for each in state.targets
            ),
            results=tuple(_result(each) for each in state.results),
            months=_months(months, self.year),
            quarters=self._quarters(state, sheet, months),
            status=progress.status,
            status_title=plan_api.mark_in(self.head, progress.status).title,
            reason=str(plan_api.REASONS[progress.reason]),
            rate=exact(progress.share),
            grade=state.grade.code if state.grade else "",
            definition=state.definition_note,
            low=exact(aim.low),
            high=exact(aim.high),
        )

    def _quarters(
        self, state: plan_api.IndicatorState, sheet: Sheet, months: Sequence[Decimal | None]
    ) -> tuple[Decimal | None, ...]:
        """What months say; what the division typed for a quarter where they say nothing."""
        typed = {
            each.quarter: each.value
            for each in self.rows.quarters[sheet.pk]
            if each.indicator == state.public_id
        }
        known = quarters_of(months, state.accumulate)
        return tuple(
            exact(value if value is not None else typed.get(quarter))
            for quarter, value in enumerate(known, start=1)
        )

    def _opinions(self, sheet: Sheet | None) -> tuple[YearOpinion, ...]:
        about = self.states[sheet.measure].number if sheet else ""
        return tuple(
            YearOpinion(about=about, text=each.text, answer=each.answer)
            for each in self.rows.opinions
            if each.sheet_id == (sheet.pk if sheet else None)
        )

    def _decision(self, decision: Decision) -> YearDecision:
        return YearDecision(
            kind=decision.kind,
            title=gettext(DECISIONS[decision.kind]),
            reason=decision.reason,
            from_year=decision.from_year or self.year + 1,
            stage_from=worded(STAGES, decision.stage_from),
            stage_to=worded(STAGES, decision.stage_to),
            criteria=tuple(
                YearCriterion(text=each["text"], met=each["met"]) for each in decision.criteria
            ),
            revisions=tuple(
                YearRevision(
                    indicator=self.names.get(each.indicator, ""),
                    year=each.fiscal_year,
                    old=exact(each.old),
                    new=exact(each.new),
                    reason=each.reason,
                )
                for each in decision.revisions.all()
            ),
            heirs=tuple(self._heir(each, decision.kind) for each in decision.heirs.all()),
            against=decision.against,
            text_revisions=self._text_revisions(decision),
        )

    def _text_revisions(self, decision: Decision) -> tuple[YearTextRevision, ...]:
        """What it changes of indicators themselves, by the names that they bore in the year."""
        return tuple(
            YearTextRevision(
                indicator=self.names.get(each.indicator, ""),
                part=each.key,
                old=each.old,
                new=each.new,
                reason=each.reason,
            )
            for each in decision.text_revisions.all()
        )

    def _heir(self, heir: Heir, kind: str) -> YearTie:
        made = self.made.get(heir.measure)
        return YearTie(
            quoted=made.quoted if made else f"{self.head.letter}/{heir.number}",
            name=made.name if made else heir.called(self.language),
            kind=lineage_of(kind),
        )

    def _ties(self, measure: str, *, up: bool) -> tuple[YearTie, ...]:
        ways = [
            (way.origin if up else way.heir, way.kind)
            for way in self.river.ways
            if measure == (way.heir if up else way.origin)
        ]
        return tuple(
            YearTie(quoted=self.in_river[end].quoted, name=self.in_river[end].name, kind=kind)
            for end, kind in ways
        )


def _quarter_texts(sheet: Sheet) -> tuple[YearQuarter, ...]:
    return tuple(
        YearQuarter(
            quarter=quarter,
            plan=getattr(sheet, f"q{quarter}_plan"),
            note=getattr(sheet, f"q{quarter}_note"),
        )
        for quarter in (1, 2, 3, 4)
    )


def _result(result: plan_api.Result) -> YearFigure:
    return YearFigure(
        year=result.year,
        value=exact(result.value),
        numerator=exact(result.numerator),
        denominator=exact(result.denominator),
        origin=result.origin,
        status=result.status,
        source=result.source,
        reason=result.reason,
        whole=result.whole,
    )


def _months(months: Iterable[Decimal | None], year: int) -> tuple[YearMonth, ...]:
    firsts = FiscalYear(year).months
    return tuple(
        YearMonth(month=first.month, value=exact(value))
        for first, value in zip(firsts, months, strict=False)
    )


def _stage(line: plan_api.StageLine) -> YearStage:
    """The years that a stage covers for certain; an end beyond which it may go on is not known."""
    years = [cell.year for cell in line.cells if cell.cover == "certain"]
    possible = [cell.year for cell in line.cells if cell.cover == "possible"]
    first = min(years, default=None)
    last = max(years, default=None)
    return YearStage(
        word=line.word,
        text=line.text,
        first_year=None if first is None or any(y < first for y in possible) else first,
        last_year=None if last is None or any(y > last for y in possible) else last,
    )


assert set(_SAME) <= set(NAMED.by_name)  # noqa: S101 - a field that no sheet has would break every closing
