"""The rows of a measure's sheet in a workbook: its head, and what its division plans, notes and checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext

from tsunagari.engines.cycle.declare import PARTS
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.actuals import Actual
from tsunagari.engines.cycle.queries.sheet_texts import quarter_key
from tsunagari.engines.cycle.queries.workbook_sheets import BookSheet
from tsunagari.engines.cycle.rules.fields import FUNDS, NAMED, QUARTERS, Field
from tsunagari.engines.cycle.rules.report_words import ORIGINS, UNKNOWN, year_name
from tsunagari.engines.cycle.rules.sheet_layout import (
    YEARS,
    Band,
    Bar,
    Fill,
    FillKind,
    FormRow,
    Sum,
    Told,
    Years,
)
from tsunagari.engines.cycle.rules.sheet_values import actual_key, seen_print
from tsunagari.engines.cycle.rules.steps import may_write, may_write_field, open_parts
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.design.figures import figure, joined
from tsunagari.kernel.i18n.days import FiscalYear, japan_day
from tsunagari.kernel.i18n.eras import format_day, format_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.i18n.texts import N_

_BEFORE: Final = 3
"""Years before the sheet's own in the table of targets and results; the others follow."""

STANDING: Final[Mapping[str, str]] = {
    "draft": N_("記入中"),
    "submitted": N_("提出済み"),
    "returned": N_("差し戻し"),
    "accepted": N_("受理済み"),
}
"""How a part of a sheet stands."""

_LINES: Final = {2000: 6, 1000: 4, 500: 3}
"""Lines that a field of so many letters shows at least."""


@dataclass(frozen=True, kw_only=True)
class FormMaker:
    """Makes the rows of one sheet. `due` are the days until which steps are due."""

    cycle: Cycle
    held: BookSheet
    due: Mapping[str, date | None]
    language: str

    def rows(self) -> tuple[FormRow, ...]:
        """All rows, from the head to the check."""
        return (*self._head(), *self._plan(), *self._do(), *self._check())

    def standing(self) -> str:
        """How both parts stand, in one line."""
        sheet = self.held.sheet
        return gettext("計画：%(plan)s　点検・評価：%(check)s") % {
            "plan": said(STANDING[sheet.plan_state]),
            "check": said(STANDING[sheet.check_state]),
        }

    def _head(self) -> Iterator[FormRow]:
        measure = self.held.measure
        yield Told(title=gettext("取組"), text=f"{measure.quoted}　{measure.name}")
        yield Told(title=gettext("分野"), text=measure.section_name)
        yield Told(title=gettext("担当課"), text=self._divisions())
        for title, text in (
            (gettext("目的"), measure.purpose),
            (gettext("概要"), measure.outline),
            (gettext("備考"), measure.note),
        ):
            if text:
                yield Told(title=title, text=text)
        for actual in self.held.actuals:
            yield from self._indicator(actual)

    def _divisions(self) -> str:
        names = [each.name for each in self.held.measure.divisions]
        if self.held.measure.and_others:
            names.append(gettext("関係各課"))
        return gettext("、").join(names)

    def _indicator(self, actual: Actual) -> Iterator[FormRow]:
        state = actual.indicator
        first = self.cycle.fiscal_year - _BEFORE
        years = range(first, first + YEARS)
        targets = {each.year: each.value for each in state.targets}
        results = {each.year: each.value for each in state.results}
        yield Band(text=_named(state))
        yield Years(
            title=gettext("年度"),
            cells=tuple(
                format_fiscal_year(FiscalYear(year), language=self.language, short=True)
                for year in years
            ),
            head=True,
        )
        for title, known in ((gettext("目標"), targets), (gettext("実績"), results)):
            yield Years(title=title, cells=tuple(_plain(known.get(y), state) for y in years))
        if actual.goal and actual.goal.year not in years:
            text = self._amount(actual.goal, state)
            yield Told(title=gettext("次の目標"), text=text)
        if state.baseline and state.baseline.year not in years:
            yield Told(title=gettext("基準値"), text=self._amount(state.baseline, state))
        if state.meter:
            yield Told(title=gettext("今年度の自動計測"), text=self._metered(actual))

    def _amount(
        self, figure: plan_api.Result | plan_api.TargetState, state: plan_api.IndicatorState
    ) -> str:
        year = year_name(figure.year, self.language)
        return f"{year}　{_amount(figure.value, state)}"

    def _metered(self, actual: Actual) -> str:
        result, state = actual.result, actual.indicator
        counted = result.counted if result and result.counted is not None else None
        if result is None or (
            counted is None and result.origin not in ("metered", "loaded", "summed")
        ):
            return gettext("まだ計測の値がありません。")
        shown = _amount(counted if counted is not None else result.value, state)
        if counted is not None:
            return gettext("%(figure)s（課の入力に替えています）") % {"figure": shown}
        words = said(ORIGINS.get(result.origin, "")) if result.origin in ORIGINS else ""
        until = result.through or (japan_day(result.as_of) if result.as_of else None)
        if until is None:
            return f"{shown}（{words}）"
        return gettext("%(figure)s（%(origin)s、%(day)sまで）") % {
            "figure": shown,
            "origin": words,
            "day": format_day(until, language=self.language),
        }

    def _bar(self, part: str, words: str, step: str) -> Bar:
        day = self.due.get(step)
        notes: list[str] = []
        if day:
            notes.append(
                gettext("期限 %(day)s")
                % {"day": format_day(day, language=self.language, weekday=True)}
            )
        if not self._open(part):
            notes.append(self._closed(part))
        return Bar(text=f"{words}　{said(PARTS[part])}", note="　".join(notes))

    def _open(self, part: str) -> bool:
        return may_write(self.cycle.phase, part, _state(self.held.sheet, part))

    def _closed(self, part: str) -> str:
        if part not in open_parts(self.cycle.phase):
            return gettext("いまの段階では書けません")
        return gettext("%(state)sのため書けません") % {
            "state": said(STANDING[_state(self.held.sheet, part)])
        }

    def _plan(self) -> Iterator[FormRow]:
        yield self._bar("plan", "PLAN", "plan")
        for field in NAMED.of("plan"):
            yield self._field(field)

    def _do(self) -> Iterator[FormRow]:
        yield self._bar("do", "DO", "")
        by_quarter = {field.quarter: field for field in NAMED.of("do")}
        for quarter in QUARTERS:
            yield self._field(by_quarter[quarter])
            for actual in self.held.actuals:
                if actual.awaited and not actual.indicator.meter:
                    yield self._quarter(actual.indicator, quarter)

    def _quarter(self, state: plan_api.IndicatorState, quarter: int) -> Fill:
        title = gettext("%(quarter)sの末までの数値：%(indicator)s") % {
            "quarter": self._quarter_name(quarter),
            "indicator": _named(state),
        }
        return self._fill(
            quarter_key(state.public_id, quarter), title, "figure", "do", places=state.digits
        )

    @staticmethod
    def _quarter_name(quarter: int) -> str:
        return said(QUARTERS[quarter]).partition("（")[0].partition(" (")[0]

    def _check(self) -> Iterator[FormRow]:
        yield self._bar("check", "CHECK", "check")
        for actual in self.held.actuals:
            if actual.awaited or actual.indicator.public_id in self.held.figures:
                yield from self._actual(actual)
        if self.held.actuals:
            yield Band(text=gettext("実施したこと・費用・評価"))
        for field in NAMED.of("check"):
            yield self._field(field)
            if field.name == FUNDS[-1]:
                yield self._rest()
            if field.name == "staff_years" and self.cycle.staff_cost is not None:
                yield from self._costs(self.cycle.staff_cost)

    def _actual(self, actual: Actual) -> Iterator[FormRow]:
        state = actual.indicator
        ratio = plan_api.shape_of(state).ratio
        yield Band(text=gettext("%(year)sの実績：%(indicator)s") % {
            "year": year_name(self.cycle.fiscal_year, self.language),
            "indicator": _named(state),
        })  # fmt: skip
        hint = (
            gettext("自動計測の値を使います。直すときだけ、理由と一緒に書いてください。")
            if state.meter
            else gettext(
                "わからないときは空のままにし、下の「実績を出せない理由」に書いてください。"
            )
        )
        if ratio:
            for part, title in (("numerator", gettext("分子")), ("denominator", gettext("分母"))):
                yield self._part(state, part, title, hint if part == "numerator" else "")
        else:
            yield self._part(state, "value", gettext("実績"), hint)
        yield self._part(state, "source", gettext("出どころ"), gettext("例：窓口の受付簿の集計"))
        yield self._part(
            state,
            "reason",
            gettext("替える理由"),
            gettext("自動計測の値や、前に入力した数値を替えるときに書いてください。"),
        )

    def _part(self, state: plan_api.IndicatorState, part: str, title: str, hint: str) -> Fill:
        places = {"value": state.digits}.get(part, 0)
        kind: FillKind = "line" if part in ("source", "reason") else "figure"
        key = actual_key(state.public_id, part)
        return self._fill(key, title, kind, "check", hint=hint, places=places)

    @staticmethod
    def _rest() -> Sum:
        funds = ",".join(f"{{{name}}}" for name in FUNDS)
        return Sum(
            title=gettext("うち一般財源"),
            formula=f'IF(ISNUMBER({{settled}}),{{settled}}-SUM({funds}),"")',
            hint=gettext("決算額から、上の財源を引いた額です（計算式）。"),
        )

    @staticmethod
    def _costs(staff_cost: int) -> Iterator[Sum]:
        cost = f"ROUND({{staff_years}}*{staff_cost},0)"
        yield Sum(
            title=gettext("人件費"),
            formula=f'IF(ISNUMBER({{staff_years}}),{cost},"")',
            hint=gettext("人工に平均人件費 %(yen)s円を掛けた額です（計算式）。")
            % {"yen": f"{staff_cost:,}"},
        )
        yield Sum(
            title=gettext("事業費と人件費の合計"),
            formula=f'IF(AND(ISNUMBER({{settled}}),ISNUMBER({{staff_years}})),{{settled}}+{cost},"")',
        )

    def _field(self, field: Field) -> Fill:
        title = said(field.title)
        if field.quarter:
            title = gettext("%(quarter)s：%(title)s") % {
                "quarter": said(QUARTERS[field.quarter]),
                "title": title,
            }
        hint = said(field.hint) if field.hint else ""
        if field.needed:
            hint += gettext("【提出に必要】")
        fill = self._fill(
            field.name,
            title,
            field.kind,
            field.part,
            hint=hint,
            choices=field.choices,
            lines=_LINES.get(field.longest, 1) if field.kind in ("text", "lines") else 1,
        )
        state = _state(self.held.sheet, field.part)
        return replace(fill, open=may_write_field(self.cycle.phase, field, state))

    def _fill(
        self,
        key: str,
        title: str,
        kind: FillKind,
        part: str,
        *,
        hint: str = "",
        choices: Mapping[str, str] | None = None,
        lines: int = 1,
        places: int = 0,
    ) -> Fill:
        text = self.held.texts.get(key, "")
        return Fill(
            key=key,
            title=title,
            kind=kind,
            text=text,
            seen=seen_print(key, text),
            open=self._open(part),
            hint=hint,
            choices=choices,
            lines=lines,
            places=places,
        )


def _state(sheet: Sheet, part: str) -> str:
    return sheet.plan_state if part == "plan" else sheet.check_state


def _named(state: plan_api.IndicatorState) -> str:
    if not state.unit:
        return state.name
    return gettext("%(name)s（%(unit)s）") % {"name": state.name, "unit": state.unit}


def _plain(value: Decimal | None, state: plan_api.IndicatorState) -> str:
    return UNKNOWN if value is None else figure(value, state.digits)


def _amount(value: Decimal | None, state: plan_api.IndicatorState) -> str:
    return UNKNOWN if value is None else f"{figure(value, state.digits)}{joined(state.unit)}"
