"""Adds a plan, a measure, an indicator … to what the plan says; what is added is public at once."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.edit_things import ROOTS, Editor
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.actions.write_texts import Rows, note_edits, write_texts
from tsunagari.engines.plan.declare import PlanEdited
from tsunagari.engines.plan.models import (
    ActionPlan,
    Asset,
    Driver,
    Indicator,
    Lineage,
    Measure,
    Plan,
    Section,
    Stage,
)
from tsunagari.engines.plan.queries.edits import ADDED as ADDED_FIELD
from tsunagari.engines.plan.rules.addable import ADDED
from tsunagari.engines.plan.rules.editable import parts_of
from tsunagari.engines.plan.rules.plan_words import LABEL_PRESETS
from tsunagari.engines.plan.rules.text_faults import Fault, Refused, faults_of, tidy
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger import api as ledger

_TABLES: dict[str, type[Model]] = {
    "measure": Measure,
    "section": Section,
    "action_plan": ActionPlan,
    "stage": Stage,
    "indicator": Indicator,
    "lineage": Lineage,
    "driver": Driver,
    "asset": Asset,
    "plan": Plan,
}
INNER = {"viewpoint": "viewpoints", "issue": "issues"}
"""What stands in a list of its plan's own row: each kind and the row's field."""
BESIDE_THE_PACK = 100
"""Stages and indicators that are added to a measure of the city's files get places behind this one, so
that a place the files come to use later is never taken."""


@transaction.atomic
def add_thing(*, kind: str, parent: Model | None, texts: Mapping[str, str], by: Editor) -> str:
    """Add a thing of a kind (ADDED) to its plan or measure, None for plans, drivers and assets; returns
    its public id. Raises Refused with everything that is wrong; then nothing has changed."""
    hold_plan()
    sheet = ADDED[kind]
    typed = {
        key: tidy(texts.get(key, ""), sheet.by_name[parts_of(key)[0]].kind) for key in sheet.keys
    }
    rows = Rows.of(parent) if parent is not None else Rows(top=Plan(), plan=None)
    faults = faults_of(sheet, typed, bounds=rows.bounds)
    row = _blank(kind, parent)
    if not faults:
        before = dict.fromkeys(typed, "")
        faults = [*_taken(kind, parent, typed), *rows.faults(row, before, typed)]
    if faults:
        raise Refused({"": faults})
    if kind in INNER:
        return _inner(rows, kind, typed, by)
    if isinstance(row, Plan):
        row.labels = labels_of(typed["kind"])
    given = [key for key in sheet.keys if typed[key]]
    try:
        with transaction.atomic():
            write_texts(row, sheet, typed, given, rows=rows, now=by.now)
    except IntegrityError as taken:
        said = _("ほかの人が同じものを先に加えました。画面を開き直して、確かめてください。")
        raise Refused({"": [("", said)]}) from taken
    if isinstance(row, Plan):
        rows = Rows.of(row)
    _tell(rows, row, kind, typed.get("name") or typed.get("text", ""), by)
    return str(row.public_id)  # type: ignore[attr-defined]  # every row of a plan has one


def _tell(rows: Rows, row: Model, kind: str, name: str, by: Editor) -> None:
    root = ROOTS.get("measure" if isinstance(rows.top, Measure) else "plan")
    if root is not None and rows.top.pk:
        root._default_manager.filter(pk=rows.top.pk).update(version=F("version") + 1)  # noqa: SLF001 - the name Django documents
    note_edits(
        rows=rows,
        thing=row,
        kind=kind,
        changes=[(ADDED_FIELD, "", name)],
        actor=by.actor,
        reason=by.reason,
        now=by.now,
    )
    ledger.record(
        PlanEdited(
            subject=str(row.public_id),  # type: ignore[attr-defined]  # as above
            actor=by.actor,
            division=by.division,
            kind=kind,
            fields=ADDED_FIELD,
        )
    )
    turn_edition()


def _taken(kind: str, parent: Model | None, texts: Mapping[str, str]) -> list[Fault]:
    """Signs that something else bears already, and parents that cannot have such a thing."""
    taken = _("これは、もう使われています。別のものにしてください。")
    if kind == "section" and isinstance(parent, Plan):
        return [("code", taken)] if parent.sections.filter(code=texts["code"]).exists() else []
    if kind == "plan":
        return [
            (key, taken) for key in ("code", "letter") if Plan.objects.filter(**{key: texts[key]}).exists()
        ]  # fmt: skip
    if kind == "action_plan" and isinstance(parent, Plan):
        years = parent.action_plans.filter(fiscal_year=int(texts["fiscal_year"]))
        return [("fiscal_year", taken)] if years.exists() else []
    if kind in INNER and isinstance(parent, Plan):
        codes = {each["code"] for each in getattr(parent, INNER[kind])}
        return [("code", taken)] if texts["code"] in codes else []
    if kind == "indicator" and isinstance(parent, Measure) and parent.kind != "indicator":
        return [
            (
                "",
                _(
                    "この取組は「成果指標で管理」ではありません。先に、取組の画面で管理のしかたを変えてください。"
                ),
            )
        ]
    return []


def _blank(kind: str, parent: Model | None) -> Model:
    """A new row at the end of its list, with what nobody is asked for."""
    if kind in INNER:
        return Plan()
    model: Any = _TABLES[kind]
    if kind == "plan":
        return Plan()
    if kind in ("driver", "asset"):
        code = f"added-{slugify(new_public_id())[:22]}"
        return model(code=code, order=_next(model.objects.all()))  # type: ignore[no-any-return]  # by its table
    if kind == "lineage":
        return Lineage(heir=parent)  # type: ignore[misc]  # the parent is a measure
    if kind == "action_plan":
        return ActionPlan(plan=parent)  # type: ignore[misc]  # the parent is a plan
    if kind in ("measure", "section"):
        return model(plan=parent, order=_next(model.objects.filter(plan=parent)))  # type: ignore[no-any-return]  # as above
    told = bool(getattr(parent, "told", None))
    least = BESIDE_THE_PACK if told else 0
    return model(measure=parent, order=max(_next(model.objects.filter(measure=parent)), least + 1))  # type: ignore[no-any-return]  # as above


def _next(rows: Any) -> int:
    return int(rows.aggregate(last=Max("order"))["last"] or 0) + 1


def _inner(rows: Rows, kind: str, texts: Mapping[str, str], by: Editor) -> str:
    """A viewpoint or central issue stands in its plan's own row."""
    assert rows.plan is not None  # noqa: S101 - both are added to plans
    plan = Plan.objects.select_for_update().get(pk=rows.plan.pk)
    taken = _taken(kind, plan, texts)
    if taken:  # somebody else was first
        raise Refused({"": taken})
    new = {
        "code": texts["code"],
        "name": _by_language(texts, "name"),
        "outline": _by_language(texts, "outline"),
    }
    setattr(plan, INNER[kind], [*getattr(plan, INNER[kind]), new])
    plan.save(update_fields=[INNER[kind]])
    _tell(rows, plan, kind, texts["name"], by)
    return plan.public_id


def _by_language(texts: Mapping[str, str], name: str) -> dict[str, str]:
    words = {"ja": texts[name]}
    return {**words, "en": texts[f"{name}.en"]} if texts[f"{name}.en"] else words


def labels_of(kind: str) -> dict[str, dict[str, str]]:
    """A new plan's words for its columns."""
    return {column: {"ja": ja, "en": en} for column, (ja, en) in LABEL_PRESETS[kind].items()}
