"""Turns the plans' rows back to how they stood at the end of a day: later edits are undone, the newest first.

What nobody wrote down cannot be turned back: what a newer file of the city's pack changed without an edit
(the day of that is told, queries/first_days.py), and whether evidence was open to residents (it is shown as
it is now; what was withdrawn stays away).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from tsunagari.engines.plan.models import Driver, Edit, Plan, Target, Value
from tsunagari.engines.plan.queries.edits import ADDED
from tsunagari.engines.plan.queries.plan_rows import PlanRows
from tsunagari.engines.plan.queries.written import put_inner, value_of
from tsunagari.engines.plan.rules.editable import SHEETS, Editable
from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.i18n.translations import SOURCE, public_id_of, source_hash

F = TypeVar("F", Target, Value)

INNER: Final = {"viewpoint": "viewpoints", "issue": "issues"}
"""What is added to a list in its plan's own row, and the row's field."""
_LISTS: Final = (
    "plans",
    "sections",
    "measures",
    "stages",
    "series",
    "indicators",
    "ways",
    "action_plans",
    "actions",
    "drivers",
    "assets",
)
_OWNERS: Final = (
    ("sections", "plan_id", "plans"),
    ("measures", "plan_id", "plans"),
    ("action_plans", "plan_id", "plans"),
    ("stages", "measure_id", "measures"),
    ("indicators", "measure_id", "measures"),
    ("ways", "origin_id", "measures"),
    ("ways", "heir_id", "measures"),
    ("actions", "measure_id", "measures"),
    ("actions", "action_plan_id", "action_plans"),
)
"""What goes with what, owners first."""


class TurningBack:
    """One turning back of `rows`, which it changes. `texts` are translations in `language` by public id
    and field, changed too. `until` is the first moment after the day."""

    def __init__(
        self,
        rows: PlanRows,
        texts: dict[tuple[str, str], str],
        *,
        language: str,
        until: datetime,
    ) -> None:
        self.rows = rows
        self.texts = texts
        self.language = language
        self.until = until
        self.things: dict[str, Any] = {
            public_id_of(row): row for name in _LISTS for row in getattr(rows, name)
        }
        self.gone: set[str] = set()

    def run(self, translations: Iterable[Translation], known: Callable[[Plan], bool]) -> None:
        """Turn everything back; `known` says whether a plan was there."""
        later = [edit for edit in self.rows.edits if edit.made_at >= self.until]
        self._leave_out_actions()
        for edit in reversed(later):
            self._undo(edit)
        self.gone |= {plan.public_id for plan in self.rows.plans if not known(plan)}
        self._forget_unknown(translations, later)
        self._take_out()
        self.rows.edits = [edit for edit in self.rows.edits if edit.made_at < self.until]
        self.rows.targets = _standing_again(self.rows.targets, self.until)
        self.rows.values = _standing_again(self.rows.values, self.until)
        order = {measure.pk: measure.order for measure in self.rows.measures}
        self.rows.ways.sort(key=lambda way: (order[way.origin_id], order[way.heir_id], way.pk))

    def _undo(self, edit: Edit) -> None:
        row = self.things.get(edit.thing)
        if row is None:  # a file of the pack has taken it out since
            return
        if edit.field == ADDED:
            self._undo_addition(row, edit)
        elif "." in edit.field and isinstance(row, Plan):
            put_inner(row, edit.field, edit.language, edit.before)
        elif edit.language != SOURCE:
            self._put_translation(edit)
        elif edit.kind in SHEETS and edit.field in SHEETS[edit.kind].by_name:
            self._put(row, SHEETS[edit.kind].by_name[edit.field], edit.before)

    def _undo_addition(self, row: Any, edit: Edit) -> None:
        if edit.kind not in INNER:
            self.gone.add(edit.thing)
            return
        labels = getattr(row, INNER[edit.kind])
        added = next((e for e in reversed(labels) if e["name"].get(SOURCE) == edit.after), None)
        setattr(row, INNER[edit.kind], [each for each in labels if each is not added])

    def _put_translation(self, edit: Edit) -> None:
        if edit.language != self.language:
            return
        if edit.before:
            self.texts[edit.thing, edit.field] = edit.before
        else:
            self.texts.pop((edit.thing, edit.field), None)

    def _put(self, row: Any, each: Editable, text: str) -> None:
        if each.kind == "ties":
            ties = self.rows.driver_ties if isinstance(row, Driver) else self.rows.asset_ties
            ties[row.pk] = self._measures(text)
        elif each.name == "origin":
            row.origin_id = next(iter(self._measures(text)), row.origin_id)
        elif each.name == "section":
            here = (each for each in self.rows.sections if each.plan_id == row.plan_id)
            row.section = next((each for each in here if each.code == text), row.section)
        elif each.name == "series":
            row.series = next((e for e in self.rows.series if e.code == text), None)
        else:
            setattr(row, each.name, value_of(each, text))

    def _measures(self, text: str) -> list[int]:
        """The keys of measures as they were quoted just then."""
        quoted = {f"{m.plan.letter}/{m.number}": m.pk for m in self.rows.measures}
        return [quoted[each] for each in text.split(",") if each in quoted]

    def _leave_out_actions(self) -> None:
        """A year's action begins with its first edit, not with an addition of its own."""
        first: dict[str, datetime] = {}
        for edit in self.rows.edits:
            if edit.kind == "action":
                first.setdefault(edit.thing, edit.made_at)
        for action in self.rows.actions:
            born = first.get(action.public_id)
            if born and born >= self.until and not action.told:
                self.gone.add(action.public_id)

    def _forget_unknown(self, translations: Iterable[Translation], later: Iterable[Edit]) -> None:
        """A translation that a newer file of the pack brought, of another Japanese text than that of the
        day: which one stood there is not known, so the Japanese is shown."""
        explained = {(edit.thing, edit.field) for edit in later if edit.language == self.language}
        for kept in translations:
            key = (kept.public_id, kept.field)
            row = self.things.get(kept.public_id)
            if row is None or kept.changed_at < self.until or key in explained:
                continue
            if _is_of_pack(kept, row) and kept.source_hash != source_hash(
                str(getattr(row, kept.field))
            ):
                self.texts.pop(key, None)

    def _take_out(self) -> None:
        """Take out what was not there yet, with everything that hangs on it."""
        for name in _LISTS:
            standing = [
                row for row in getattr(self.rows, name) if public_id_of(row) not in self.gone
            ]
            setattr(self.rows, name, standing)
        for name, owner, owners in _OWNERS:
            there = {row.pk for row in getattr(self.rows, owners)}
            kept = [row for row in getattr(self.rows, name) if getattr(row, owner) in there]
            setattr(self.rows, name, kept)


def _is_of_pack(kept: Translation, row: Any) -> bool:
    """Whether the pack told this translation last, and not a person who edited or confirmed it."""
    told = row.told
    return bool(
        told.get(f"{kept.field}.{kept.language}") == kept.text
        and source_hash(str(told.get(kept.field, ""))) == kept.source_hash
    )


def _standing_again(figures: Iterable[F], until: datetime) -> list[F]:
    """Figures as of then: what was replaced or withdrawn later stands again."""
    rows = list(figures)
    for row in rows:
        if row.superseded_at and row.superseded_at >= until:
            row.superseded_at = None
            row.superseded_by_id = None
            if isinstance(row, Target):
                row.ended_reason, row.ended_by = "", ""
    return rows
