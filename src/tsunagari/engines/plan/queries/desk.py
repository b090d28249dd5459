"""What stands on the secretariat's desk: every editable thing of a measure or plan, as texts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from tsunagari.engines.plan.models import Asset, Driver, Measure, Plan
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.engines.plan.rules.editable import (
    SHEETS,
    Editable,
    Sheet,
    as_text,
    english,
    parts_of,
    plan_sheet,
)
from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.i18n.translations import source_hash

LANGUAGE = "en"


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing as it reads now. `texts` holds every key of its sheet; `outdated` names the fields
    whose Japanese was changed after the English was written; `told`: the city's files tell it."""

    kind: str
    public_id: str
    sheet: Sheet
    label: str
    texts: Mapping[str, str]
    outdated: frozenset[str]
    told: bool


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What is edited together: the root, whose `version` the editor must have seen, and its parts.

    `kind` is "measure", "plan", "driver" or "asset". `plan` is its plan's code, "" for surroundings.
    """

    kind: str
    public_id: str
    version: int
    plan: str
    name: str
    things: tuple[Thing, ...]
    years: tuple[int, ...] = ()
    years_without: tuple[int, ...] = ()

    @property
    def ids(self) -> list[str]:
        """Public ids of everything on it."""
        return [each.public_id for each in self.things]


@dataclass(kw_only=True)
class Words:
    """Reads rows as texts: `quoted` names measures as people do (P/2), `ties` what hangs on drivers
    and assets, `english` the translations."""

    quoted: Mapping[int, str]
    ties: Mapping[int, Sequence[int]] = field(default_factory=dict)
    english: Mapping[tuple[str, str], Translation] = field(default_factory=dict)

    def texts(self, row: Model, sheet: Sheet) -> dict[str, str]:
        """Every text of a row."""
        return {key: self.text(row, sheet, key) for key in sheet.keys}

    def outdated(self, row: Model, sheet: Sheet) -> frozenset[str]:
        """Fields whose English was made from another Japanese text."""
        return frozenset(
            each.name
            for each in sheet.fields
            if each.translated and "." not in each.name and self._is_outdated(row, each)
        )

    def _is_outdated(self, row: Model, each: Editable) -> bool:
        kept = self.english.get((_id(row), each.name))
        return kept is not None and kept.source_hash != source_hash(getattr(row, each.name))

    def text(self, row: Model, sheet: Sheet, key: str) -> str:
        """One text of a row."""
        name, language = parts_of(key)
        if "." in name and isinstance(row, Plan):
            return str(inner(row, name).get(language, ""))
        if language != "ja":
            kept = self.english.get((_id(row), name))
            return kept.text if kept else ""
        return self._plain(row, sheet.by_name[name])

    def _plain(self, row: Any, each: Editable) -> str:
        if each.kind == "ties":
            return as_text([self.quoted[key] for key in self.ties.get(row.pk, ())])
        if each.kind == "scale":
            return json.dumps(row.scale, ensure_ascii=False, sort_keys=True) if row.scale else ""
        if each.name == "origin":
            return self.quoted[row.origin_id]
        if each.name in ("section", "series", "predecessor"):
            other = getattr(row, each.name)
            return str(other.code) if other else ""
        return as_text(getattr(row, each.name))


def inner(plan: Plan, name: str) -> dict[str, str]:
    """The words by language behind "labels.number" or "viewpoints.town.name" of a plan's row."""
    group, *rest = name.split(".")
    if group == "labels":
        return dict(plan.labels.get(rest[0], {}))
    code, part = rest
    kept = next((each for each in getattr(plan, group) if each["code"] == code), None)
    return dict(kept[part]) if kept else {}


def sheet_of(kind: str, row: Model) -> Sheet:
    """The fields of a row; a plan's own."""
    if kind != "plan":
        return SHEETS[kind]
    assert isinstance(row, Plan)  # noqa: S101 - what the kind says
    return plan_sheet(
        {each["code"]: each["name"]["ja"] for each in row.viewpoints},
        {each["code"]: each["name"]["ja"] for each in row.issues},
    )


def english_of(rows: Iterable[Model]) -> dict[tuple[str, str], Translation]:
    """The English translations of rows, by public id and field; one query."""
    ids = [_id(row) for row in rows]
    found = Translation.objects.filter(
        public_id__in=ids, language=LANGUAGE, table__startswith="plan."
    )
    return {(each.public_id, each.field): each for each in found}


def quoted_measures(held: Snapshot) -> dict[int, str]:
    """Every measure as people quote it, by its key."""
    return {key: f"{each.plan.letter}/{each.number}" for key, each in held.measures_by_key.items()}


def _whence(origin: Measure) -> str:
    """What a measure grew from, as people quote it and with its name."""
    return f"{origin.plan.letter}/{origin.number} {origin.name}"


def measure_desk(code: str, number: str) -> Desk | None:
    """A measure with its stages, what it grew from, its indicators and its yearly actions."""
    held = snapshot("ja")
    plan = held.plans.get(code)
    measures = held.measures[plan.pk] if plan else []
    measure = next((each for each in measures if each.number == number), None)
    if plan is None or measure is None:
        return None
    actions = held.actions[measure.pk]
    rows: list[tuple[str, Model, str]] = [("measure", measure, measure.name)]
    rows += [("stage", each, each.text) for each in held.stages[measure.pk]]
    rows += [("indicator", each, each.name) for each in held.indicators[measure.pk]]
    ways = [each for each in held.ways if each.heir_id == measure.pk]
    rows += [("lineage", way, _whence(held.measures_by_key[way.origin_id])) for way in ways]
    rows += [("action", each, str(each.action_plan.fiscal_year)) for each in actions]
    have = {each.action_plan.fiscal_year for each in actions}
    years = tuple(each.fiscal_year for each in held.action_plans[plan.pk])
    return Desk(
        kind="measure",
        public_id=measure.public_id,
        version=measure.version,
        plan=code,
        name=f"{measure.number} {measure.name}",
        things=_things(rows, held),
        years=years,
        years_without=tuple(year for year in years if year not in have),
    )


def plan_desk(code: str) -> Desk | None:
    """A plan with its sections and its years."""
    held = snapshot("ja")
    plan = held.plans.get(code)
    if plan is None:
        return None
    years = held.action_plans[plan.pk]
    rows: list[tuple[str, Model, str]] = [("plan", plan, plan.name)]
    rows += [("section", each, each.name) for each in held.sections[plan.pk]]
    rows += [("action_plan", each, each.name) for each in years]
    return Desk(
        kind="plan",
        public_id=plan.public_id,
        version=plan.version,
        plan=code,
        name=plan.name,
        things=_things(rows, held),
        years=tuple(each.fiscal_year for each in years),
    )


def surrounding_desk(kind: str, public_id: str) -> Desk | None:
    """One driver or asset."""
    held = snapshot("ja")
    rows: Sequence[Driver | Asset] = held.drivers if kind == "driver" else held.assets
    row = next((each for each in rows if each.public_id == public_id), None)
    if row is None:
        return None
    return Desk(
        kind=kind,
        public_id=row.public_id,
        version=row.version,
        plan="",
        name=row.name,
        things=_things([(kind, row, row.name)], held),
    )


def _things(rows: Sequence[tuple[str, Model, str]], held: Snapshot) -> tuple[Thing, ...]:
    quoted = quoted_measures(held)
    translated = english_of([row for _kind, row, _label in rows])
    things = []
    for kind, row, label in rows:
        ties = held.driver_ties if isinstance(row, Driver) else held.asset_ties
        words = Words(quoted=quoted, ties=ties, english=translated)
        sheet = sheet_of(kind, row)
        things.append(
            Thing(
                kind=kind,
                public_id=_id(row),
                sheet=sheet,
                label=label,
                texts=words.texts(row, sheet),
                outdated=words.outdated(row, sheet),
                told=bool(row.told),  # type: ignore[attr-defined]  # every row of a plan has it
            )
        )
    return tuple(things)


def outdated_measures(held: Snapshot) -> dict[int, int]:
    """How many English texts of a measure and its indicators are older than their Japanese, by the
    measure's key; one query."""
    owners: dict[str, tuple[int, Model]] = {}
    for key, measure in held.measures_by_key.items():
        hung: list[Model] = [measure, *held.indicators[key], *held.stages[key]]
        owners.update({_id(row): (key, row) for row in hung})
    counts: dict[int, int] = {}
    for each in Translation.objects.filter(
        table__in=("plan.measure", "plan.indicator", "plan.stage"), language=LANGUAGE
    ):
        if each.public_id not in owners:
            continue
        key, row = owners[each.public_id]
        if each.source_hash != source_hash(str(getattr(row, each.field, ""))):
            counts[key] = counts.get(key, 0) + 1
    return counts


def measure_row(public_id: str) -> Measure | None:
    """A measure by its public id."""
    return Measure.objects.select_related("plan").filter(public_id=public_id).first()


def _id(row: Model) -> str:
    return str(row.public_id)  # type: ignore[attr-defined]  # every row of a plan has one


__all__ = [
    "Desk",
    "Thing",
    "Words",
    "english",
    "english_of",
    "inner",
    "measure_desk",
    "outdated_measures",
    "plan_desk",
    "quoted_measures",
    "sheet_of",
    "surrounding_desk",
]
