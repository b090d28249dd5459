"""What a year-end inquiry by mail would ask in a plan's year, what of it is there, and the hours this saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from tsunagari.engines.cycle.models import Change, Cycle
from tsunagari.engines.cycle.queries.sheet_texts import values_of
from tsunagari.engines.cycle.queries.year_read import ReadSheet, YearRead, amount, read_year
from tsunagari.engines.cycle.rules.fields import NAMED, QUARTERS
from tsunagari.engines.cycle.rules.inquiries import (
    FIELDS,
    Figure,
    Saved,
    State,
    Written,
    basis_state,
    done_state,
    figure_state,
    saved,
    text_state,
)
from tsunagari.engines.cycle.rules.report_words import ORIGINS
from tsunagari.engines.cycle.rules.typed import text_of
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.said import said

NOTES: Final = tuple(f"q{quarter}_note" for quarter in QUARTERS)

Changes = Mapping[tuple[int, str], Written]
"""By sheet and field, the last change."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that would be asked. `evidence` says what is there, "" for nothing. It is seen at `place` on
    the sheet's page ("plan", "check", "actuals"), a meter's figure at the page of its `meter`."""

    title: str
    state: State
    evidence: str
    place: str
    meter: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A measure with everything that would be asked of it."""

    of: ReadSheet
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """A year's inquiry. `checked_from` is when the check began, None while it has not."""

    measures: tuple[Asked, ...]
    checked_from: datetime | None

    def saved(self, minutes: int) -> Saved:
        """The counts and hours of these measures."""
        return saved((item.state for each in self.measures for item in each.items), minutes)


def inquiry(read: YearRead) -> Inquiry:
    """Every item of a year. A bounded number of queries."""
    checked_from = check_began(read.cycle)
    until = checked_from or read.now
    changes = _last_changes(read.cycle)
    recorded = plan_api.recorded_in_year(read.cycle.plan, read.year)
    with translation.override(read.language):
        measures = tuple(
            Asked(
                of=each,
                items=(
                    *_texts(each, changes, until),
                    *_figures(each, read, until, changes, recorded),
                ),
            )
            for each in read.sheets
        )
    return Inquiry(measures=measures, checked_from=checked_from)


def inquiry_summary(cycle: Cycle, *, now: datetime) -> Saved | None:
    """The counts and hours of a year, without a name: what a report may publish. None where its plan is gone."""
    read = read_year(cycle, now=now, language="ja")
    return inquiry(read).saved(cycle.minutes_an_item) if read else None


def check_began(cycle: Cycle) -> datetime | None:
    """When a year's check began for the first time; None while it has not. One query."""
    moves = cycle.moves.filter(sheet=None, after="checking").order_by("made_at")
    return moves.values_list("made_at", flat=True).first()


def _last_changes(cycle: Cycle) -> Changes:
    rows = Change.objects.filter(sheet__cycle=cycle).order_by("made_at", "pk")
    return {
        (sheet, field): Written(way=way, at=made_at)
        for sheet, field, way, made_at in rows.values_list("sheet_id", "field", "way", "made_at")
    }


def _texts(each: ReadSheet, changes: Changes, until: datetime) -> list[Item]:
    values = values_of(each.sheet)

    def state(name: str) -> State:
        return text_state(text_of(values[name]), changes.get((each.sheet.pk, name)), until)

    notes = [state(name) for name in NOTES]
    states = {name: state(name) for name in FIELDS}
    states["done"] = done_state(states["done"], notes)
    return [
        Item(
            title=said(NAMED.by_name[name].title),
            state=found,
            evidence=_evidence(name, text_of(values[name]), found),
            place=NAMED.by_name[name].part,
        )
        for name, found in states.items()
    ]


def _evidence(name: str, text: str, state: State) -> str:
    """What is there, in short."""
    field = NAMED.by_name[name]
    if name == "done" and not text and state == "during":
        return gettext("四半期ごとの記録（4回）")
    if field.kind == "choice":
        return said((field.choices or {}).get(text, text)) if text else ""
    if field.kind == "yen" and text:
        return gettext("%(amount)s円") % {"amount": f"{int(text):,}"}
    return text if len(text) <= 40 else f"{text[:39]}…"


def _figures(
    each: ReadSheet,
    read: YearRead,
    until: datetime,
    changes: Changes,
    recorded: Mapping[str, datetime],
) -> list[Item]:
    """Two items for every indicator that has to be measured: its result, and what that rests on. A reason why
    there is none answers the first."""
    why = text_state(
        each.sheet.missing_reason, changes.get((each.sheet.pk, "missing_reason")), until
    )
    items: list[Item] = []
    for state in each.measure.indicators:
        if state.to_set_year is not None and state.to_set_year > read.year:
            continue
        result = next((found for found in state.results if found.year == read.year), None)
        seen = _figure(result, recorded.get(state.public_id), running=read.last_over < read.year)
        of_result = figure_state(seen, until)
        of_basis = basis_state(seen, of_result)
        explained = result is None and why != "asked"
        items += [
            Item(
                title=gettext("実績：%(name)s") % {"name": state.name},
                state=why if explained else of_result,
                evidence=each.sheet.missing_reason[:40]
                if explained
                else amount(result.value, state)
                if result
                else "",
                place="actuals",
                meter=state.meter if of_result == "metered" else "",
            ),
            Item(
                title=gettext("実績の出どころ：%(name)s") % {"name": state.name},
                state=why if explained else of_basis,
                evidence=_basis(result) if result and of_basis != "asked" else "",
                place="actuals",
                meter=state.meter if of_basis == "metered" else "",
            ),
        ]
    return items


def _figure(
    result: plan_api.Result | None, recorded_at: datetime | None, *, running: bool
) -> Figure | None:
    """A result as the rule sees it. While a year runs, a meter's figure of it is as whole as it can be."""
    if result is None:
        return None
    return Figure(
        origin=result.origin,
        whole=result.whole or (running and result.origin in ("metered", "summed", "loaded")),
        recorded_at=recorded_at,
        sourced=bool(result.source or result.evidence),
    )


def _basis(result: plan_api.Result) -> str:
    """What stands behind a result, in short."""
    if result.source:
        return result.source
    if result.evidence:
        return result.evidence[0].title
    return said(ORIGINS[result.origin])
