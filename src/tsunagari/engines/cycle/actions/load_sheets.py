"""Takes in what a division's workbook says: shown first, then written as shown, all or none.

A preview writes every change and takes all of it back, so that it cannot differ from the real thing. A
cell that nobody touched says nothing, however old the file is; a cell that was changed in the file and
meanwhile on the screen too is told to the clerk and left alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from tsunagari.engines.cycle.actions.write_sheet import (
    NotYourSheet,
    SheetRefused,
    Typed,
    check_writer,
    claim_sheet,
    closed_words,
    state_of,
    write_sheet,
)
from tsunagari.engines.cycle.models import Cycle, Sheet
from tsunagari.engines.cycle.queries.workbook_sheets import BookSheet, book_sheets
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.prints import print_of
from tsunagari.engines.cycle.rules.report_words import year_words
from tsunagari.engines.cycle.rules.sheet_values import (
    ACTUAL_PARTS,
    actual_key,
    actual_of,
    seen_print,
)
from tsunagari.engines.cycle.rules.steps import may_write
from tsunagari.engines.cycle.rules.workbook_reading import CellFault, FilledCell, Place
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear


class LoadRefused(ValueError):
    """The workbook was not taken in; the text says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """What one cell changes: `before` and `after` as fields' texts travel. `name` is the indicator's where
    the key is one of its, "" elsewhere."""

    sheet: str
    quoted: str
    measure: str
    key: str
    name: str
    before: str
    after: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class SheetsOutcome:
    """What a workbook does. `conflicts` were changed in the file and elsewhere: `before` is how the field
    reads now, `after` what the file says; they are not written. `sheets`: how many of the year's are in it."""

    changes: tuple[CellChange, ...]
    conflicts: tuple[CellChange, ...]
    faults: tuple[CellFault, ...]
    sheets: int


Cells = Sequence[FilledCell]


def preview_sheets(cells: Cells, *, cycle: str, hand: Hand, clock: Clock) -> SheetsOutcome:
    """What `load_sheets` would do now; nothing stays written. `cycle` is a public id.

    Raises LoadRefused where the workbook is another year's or another city's.
    """
    with transaction.atomic():
        outcome = _load(cells, cycle, hand, clock)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def load_sheets(
    cells: Cells,
    *,
    cycle: str,
    shown: Callable[[SheetsOutcome], bool],
    hand: Hand,
    clock: Clock,
) -> SheetsOutcome:
    """Take the cells in, all or none.

    Raises LoadRefused when a cell has a fault, or when `shown` says that this is not the outcome that was
    previewed: somebody wrote meanwhile.
    """
    outcome = _load(cells, cycle, hand, clock)
    if outcome.faults or not shown(outcome):
        raise LoadRefused(
            gettext(
                "確認の画面を開いたあとに、ほかの人が調書を直しました。もう一度ファイルを選んで確かめてください。"
            )
        )
    return outcome


def _load(cells: Cells, public_id: str, hand: Hand, clock: Clock) -> SheetsOutcome:
    cycle = Cycle.objects.select_for_update().get(public_id=public_id)
    by_sheet: dict[str, list[FilledCell]] = defaultdict(list)
    for each in cells:
        by_sheet[each.sheet].append(each)
    sheets = _sheets(cycle, by_sheet)
    now = clock()
    reading: list[_Reading] = []
    for held in book_sheets(cycle, sheets, now=now, language="ja"):
        one = _Reading(held, by_sheet[held.sheet.public_id], hand, clock)
        one.read()
        reading.append(one)
    return SheetsOutcome(
        changes=tuple(each for one in reading for each in one.changes),
        conflicts=tuple(each for one in reading for each in one.conflicts),
        faults=tuple(each for one in reading for each in one.faults),
        sheets=len(reading),
    )


def _sheets(cycle: Cycle, wanted: Mapping[str, object]) -> list[Sheet]:
    """The year's sheets that a file holds. Those of another year are refused in words."""
    found = list(
        Sheet.objects.filter(public_id__in=list(wanted)).select_related("cycle").order_by("order")
    )
    other = next((each.cycle for each in found if each.cycle_id != cycle.pk), None)
    if other is not None:
        names = {each.code: each.name for each in plan_api.plan_heads("ja", now=other.opened_at)}
        sentence = gettext(
            "このファイルは「%(plan)s」%(year)sの調書です。その年度の画面から読み込んでください。"
        )
        words = {
            "plan": names.get(other.plan, other.plan),
            "year": year_words(other.fiscal_year, "ja"),
        }
        raise LoadRefused(sentence % words)
    if len(found) < len(wanted):
        raise LoadRefused(
            gettext(
                "このファイルには、この年度にない調書が入っています。ほかの市の計画のものか、取り下げられた取組のものです。書き出し直したファイルに書いてください。"
            )
        )
    return found


class _Reading:
    """One sheet's cells against what stands there now."""

    def __init__(self, held: BookSheet, cells: Cells, hand: Hand, clock: Clock) -> None:
        self.held, self.hand, self.clock = held, hand, clock
        self.cells = {each.key: each for each in cells}
        self.changes: list[CellChange] = []
        self.conflicts: list[CellChange] = []
        self.faults: list[CellFault] = []

    def read(self) -> None:
        """Sort the cells, and write what is to be written."""
        wanted = dict(self._wanted())
        if not wanted:
            return
        try:
            check_writer(claim_sheet(self.held.sheet.public_id), self.hand, self.clock())
        except NotYourSheet:
            self._fault(next(iter(wanted.values())), _not_yours())
            return
        fields = {key: cell for key, cell in wanted.items() if actual_of(key) is None}
        self._write_fields(fields)
        groups: dict[str, dict[str, FilledCell]] = defaultdict(dict)
        for key, cell in wanted.items():
            place = actual_of(key)
            if place:
                groups[place[0]][place[1]] = cell
        for indicator, group in groups.items():
            self._write_actual(indicator, group)

    def _wanted(self) -> Iterator[tuple[str, FilledCell]]:
        """The cells that say something new, and are not conflicts."""
        stands = {key: seen_print(key, self.held.texts.get(key, "")) for key in self.cells}
        new = {
            key: cell
            for key, cell in self.cells.items()
            if print_of(cell.text) not in (cell.seen, stands[key])
        }
        stale = {_figure_of(key) for key, cell in new.items() if cell.seen != stands[key]}
        for key, cell in new.items():
            if _figure_of(key) in stale:
                self.conflicts.append(self._change(cell))
            else:
                yield key, cell

    def _write_fields(self, cells: Mapping[str, FilledCell]) -> None:
        texts = self.held.texts
        typed = {
            key: Typed(text=cell.text, seen=print_of(texts.get(key, "")))
            for key, cell in cells.items()
        }
        if not typed:
            return
        try:
            written = write_sheet(
                sheet=self.held.sheet.public_id,
                typed=typed,
                hand=self.hand,
                clock=self.clock,
                way="workbook",
            )
        except SheetRefused as refused:
            for key, sentence in refused.faults.items():
                self._fault(cells.get(key, next(iter(cells.values()))), sentence)
            return
        self.changes.extend(self._change(cells[key]) for key in written)

    def _write_actual(self, indicator: str, group: Mapping[str, FilledCell]) -> None:
        """An indicator's result: its cells are one figure."""
        first = next(iter(group.values()))
        try:
            entered = self._entered(indicator, group)
        except plan_api.FigureRefused as refused:
            self._fault(group.get(refused.field) or self._cell(indicator, refused.field) or first, str(refused))  # fmt: skip
        except plan_api.NotYourFigure as refused:
            self._fault(first, str(refused))
        except plan_api.FigureOvertaken:
            self.conflicts.extend(map(self._change, group.values()))
        else:
            if entered:
                self.changes.extend(map(self._change, group.values()))

    def _entered(self, indicator: str, group: Mapping[str, FilledCell]) -> bool:
        sheet, state = self.held.sheet, self.held.indicator(indicator)
        if state is None:
            raise plan_api.FigureRefused(gettext("この指標は、この取組にありません。"))
        if not may_write(sheet.cycle.phase, "check", state_of(sheet, "check")):
            raise plan_api.FigureRefused(closed_words(sheet, "check"))
        standing = self.held.figures.get(indicator)
        parts = {
            part: group[part].text
            if part in group
            else self.held.texts.get(actual_key(indicator, part), "")
            for part in ACTUAL_PARTS
        }
        if set(group) == {"reason"}:
            raise plan_api.FigureRefused(
                gettext("替える理由は、数値か出どころを直すときに書いてください。"), "reason"
            )
        entered = plan_api.enter_figure(
            indicator=indicator,
            typed=_typed(parts, state, standing, sheet.cycle.fiscal_year, self.clock()),
            hand=plan_api.PlanHand(
                actor=self.hand.actor,
                division=self.hand.division,
                secretariat=self.hand.secretariat,
            ),
            clock=self.clock,
        )
        return entered.changed

    def _cell(self, indicator: str, part: str) -> FilledCell | None:
        return self.cells.get(actual_key(indicator, part))

    def _fault(self, cell: FilledCell, sentence: str) -> None:
        self.faults.append(CellFault(place=cell.place, sentence=sentence))

    def _change(self, cell: FilledCell) -> CellChange:
        place = cell.key.partition(".")[0]
        state = self.held.indicator(place)
        return CellChange(
            sheet=cell.sheet,
            quoted=self.held.measure.quoted,
            measure=self.held.measure.name,
            key=cell.key,
            name=state.name if state else "",
            before=self.held.texts.get(cell.key, ""),
            after=cell.text,
            place=cell.place,
        )


def _figure_of(key: str) -> str:
    """What is changed as a whole: an indicator's result, and any other field alone."""
    place = actual_of(key)
    return place[0] if place else key


def _typed(
    parts: Mapping[str, str],
    state: plan_api.IndicatorState,
    standing: plan_api.YearValue | None,
    year: int,
    now: datetime,
) -> plan_api.Typed:
    """A year that is over has a final figure; one that runs has only what is known so far."""
    figure = plan_api.figure_of(
        value=parts["value"],
        numerator=parts["numerator"],
        denominator=parts["denominator"],
        shape=plan_api.shape_of(state),
    )
    return plan_api.Typed(
        period=plan_api.Period(year=year),
        figure=figure,
        status="final" if FiscalYear(year) < FiscalYear.at(now) else "provisional",
        source=parts["source"],
        reason=parts["reason"],
        seen=standing.public_id if standing else "",
        carried=standing.evidence if standing else (),
        origin="loaded",
    )


def _not_yours() -> str:
    return gettext(
        "この調書は、ほかの課のものです。担当の課か事務局が読み込みます。このシートを消せば、ほかは読み込めます。"
    )
