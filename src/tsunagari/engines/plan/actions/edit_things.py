"""Edits what the plan says: a measure, a plan, a driver or an asset with everything that hangs on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.actions.write_texts import Rows, note_edits, write_texts
from tsunagari.engines.plan.declare import PlanEdited
from tsunagari.engines.plan.models import Action, ActionPlan, Asset, Driver, Measure, Plan
from tsunagari.engines.plan.queries.desk import Words, english_of, sheet_of
from tsunagari.engines.plan.rules.editable import Sheet, parts_of
from tsunagari.engines.plan.rules.text_faults import Fault, Refused, faults_of, tidy
from tsunagari.kernel.ledger import api as ledger

ROOTS: dict[str, type[Measure | Plan | Driver | Asset]] = {
    "measure": Measure,
    "plan": Plan,
    "driver": Driver,
    "asset": Asset,
}


class Overtaken(Exception):
    """Somebody else saved first: the version that the editor saw is not the one that stands."""


class NotThereError(LookupError):
    """What was to be edited does not hang on this root."""


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Who edits (public id), for which division (code), why ("" where that needs no telling), and when."""

    actor: str
    division: str
    reason: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Root:
    """What is edited together, and the version that the editor saw. `kind` as in ROOTS."""

    kind: str
    public_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a thing is to read: texts by key ("name", "name.en"); keys that are left out stay as they are.

    `confirmed`: fields whose English still fits the Japanese as it is now. A yearly action that is not
    there yet has no public id: `year` says which it is to be.
    """

    kind: str
    thing: str
    texts: Mapping[str, str]
    confirmed: frozenset[str] = field(default_factory=frozenset)
    year: int | None = None


@dataclass(kw_only=True)
class _Edit:
    """One thing as it stood and as it is to read."""

    wanted: Wanted
    row: Model
    sheet: Sheet
    before: dict[str, str]
    after: dict[str, str]
    faults: list[Fault]

    @property
    def changed(self) -> list[str]:
        """Keys that change."""
        return [key for key in self.sheet.keys if self.before[key] != self.after[key]]


def edit_things(*, root: Root, wanted: Sequence[Wanted], by: Editor) -> int:
    """Let the things read as wanted; returns how many texts changed, 0 when nothing was to do.

    Raises Overtaken when the root's version is another one by now (of two who save at once, one wins),
    Refused with everything that is wrong, NotThereError for things that are not the root's. Then nothing
    has changed.
    """
    try:
        return _edit_things(root=root, wanted=wanted, by=by)
    except IntegrityError as taken:
        # Two measures that get one number in the same moment: both looked, and the table lets one.
        said = _("ほかの人が同じ番号か記号を先に使いました。画面を開き直して、確かめてください。")
        raise Refused({"": [("", said)]}) from taken


@transaction.atomic
def _edit_things(*, root: Root, wanted: Sequence[Wanted], by: Editor) -> int:
    hold_plan()
    top = claim(root)
    rows = Rows.of(top)
    edits = [_edit(rows, each) for each in wanted]
    faults = {each.wanted.thing: each.faults for each in edits if each.faults}
    if _needs_reason(edits) and not by.reason:
        faults.setdefault("", []).append(("reason", rows.why()))
    if faults:
        raise Refused(faults)
    count = sum(_save(each, rows, by) for each in edits)
    if not count:
        transaction.set_rollback(True)
        return 0
    turn_edition()
    return count


def claim(root: Root) -> Model:
    """Take the next version for oneself: of two who saw the same one, exactly one gets it."""
    model = ROOTS[root.kind]
    mine = model._default_manager.filter(  # noqa: SLF001 - the name Django documents
        public_id=root.public_id, version=root.version
    ).update(version=F("version") + 1)
    top = model._default_manager.filter(public_id=root.public_id).first()  # noqa: SLF001 - as above
    if top is None:
        raise NotThereError(root.public_id)
    if not mine:
        raise Overtaken
    return top


def _edit(rows: Rows, wanted: Wanted) -> _Edit:
    row = rows.get(wanted.kind, wanted.thing) if wanted.thing else _new_action(rows, wanted)
    sheet = sheet_of(wanted.kind, row)
    words = Words(
        quoted=rows.quoted, ties=rows.ties(row), english=english_of([row]) if row.pk else {}
    )
    before = words.texts(row, sheet)
    typed = {
        key: tidy(text, sheet.by_name[parts_of(key)[0]].kind)
        for key, text in wanted.texts.items()
        if key in before
    }
    after = {**before, **typed}
    faults: list[Fault] = []
    if before != after:
        bounds = rows.bounds
        known = faults_of(sheet, before, bounds=bounds)
        faults = [each for each in faults_of(sheet, after, bounds=bounds) if each not in known]
        if not faults:
            faults = rows.faults(row, before, after)
    return _Edit(wanted=wanted, row=row, sheet=sheet, before=before, after=after, faults=faults)


def _new_action(rows: Rows, wanted: Wanted) -> Model:
    """A year's action that nobody wrote yet; it is kept only if something is written into it."""
    year = ActionPlan.objects.filter(plan=rows.plan, fiscal_year=wanted.year or 0).first()
    if wanted.kind != "action" or year is None or not isinstance(rows.top, Measure):
        raise NotThereError(wanted.kind)
    found = Action.objects.filter(action_plan=year, measure=rows.top).first()
    return found or Action(action_plan=year, measure=rows.top)


def _needs_reason(edits: Sequence[_Edit]) -> bool:
    return any(
        each.sheet.by_name[parts_of(key)[0]].meaning for each in edits for key in each.changed
    )


def _save(edit: _Edit, rows: Rows, by: Editor) -> int:
    changed = edit.changed
    confirmed = {
        name
        for name in edit.wanted.confirmed
        if edit.after.get(f"{name}.en") and name in edit.after
    }
    if not changed and not confirmed:
        return 0
    write_texts(edit.row, edit.sheet, edit.after, [*changed, *(f"{n}.en" for n in confirmed)], rows=rows, now=by.now)  # fmt: skip
    note_edits(
        rows=rows,
        thing=edit.row,
        kind=edit.wanted.kind,
        changes=[(key, edit.before[key], edit.after[key]) for key in changed],
        actor=by.actor,
        reason=by.reason,
        now=by.now,
    )
    ledger.record(
        PlanEdited(
            subject=str(edit.row.public_id),  # type: ignore[attr-defined]  # every row of a plan has one
            actor=by.actor,
            division=by.division,
            kind=edit.wanted.kind,
            fields=",".join(changed) or "confirmed",
        )
    )
    return len({*changed, *confirmed})
