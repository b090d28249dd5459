"""Takes a plan's texts in from a workbook: shown first, and then taken in exactly as shown.

A preview makes every change and takes all of it back, so that it cannot differ from the real thing. No
row of a file ever deletes or adds a measure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.edit_things import (
    Editor,
    Overtaken,
    Root,
    Wanted,
    edit_things,
)
from tsunagari.engines.plan.models import Measure, Plan
from tsunagari.engines.plan.queries.desk import Words, english_of
from tsunagari.engines.plan.rules.editable import MEASURE
from tsunagari.engines.plan.rules.measure_sheet import OTHERS, TEXTS, TextRow, mark_of, side_of
from tsunagari.engines.plan.rules.text_faults import Refused, tidy

SEPARATOR = "、"


@dataclass(frozen=True, kw_only=True)
class TextChange:
    """What one cell changes: its row, the measure, the key, before and after."""

    line: int
    number: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """A cell that cannot be taken in, and why; `key` "" means the whole row."""

    line: int
    key: str
    says: str


@dataclass(frozen=True, kw_only=True)
class TextsOutcome:
    """What a file does. `kept`: rows that are older than here and that nobody typed in."""

    changes: tuple[TextChange, ...]
    faults: tuple[CellFault, ...]
    same: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class Names:
    """What names mean in a plan: divisions and viewpoints by name, and what their codes are called."""

    divisions: Mapping[str, str]
    viewpoints: Mapping[str, str]
    division_names: Mapping[str, str]
    viewpoint_names: Mapping[str, str]


def cells_of(plan: Plan, names: Names) -> dict[str, dict[str, str]]:
    """Every measure of a plan as its row reads now, with its mark, by public id; two queries."""
    measures = list(plan.measures.order_by("order"))
    words = Words(quoted={}, english=english_of(measures))
    found = {}
    for measure in measures:
        texts = {**_texts(words, measure), "divisions": "", "viewpoints": ""}
        listed = [names.division_names.get(code, code) for code in measure.divisions]
        listed += [_(OTHERS)] if measure.and_others else []
        texts["divisions"] = SEPARATOR.join(listed)
        texts["viewpoints"] = SEPARATOR.join(
            names.viewpoint_names.get(code, code) for code in measure.viewpoints
        )
        cells = {key: tidy(texts[key], "text") for key in TEXTS}
        found[measure.public_id] = {**cells, "mark": mark_of(measure.public_id, cells)}
    return found


def _texts(words: Words, measure: Measure) -> dict[str, str]:
    sheet = MEASURE
    plain = dict.fromkeys(sheet.keys, "")
    for key in TEXTS:
        if key not in ("divisions", "viewpoints"):
            plain[key] = words.text(measure, sheet, key)
    return plain


@transaction.atomic
def load_texts(
    rows: Sequence[TextRow],
    *,
    plan: Plan,
    names: Names,
    by: Editor,
    shown: Callable[[TextsOutcome], bool] | None,
) -> TextsOutcome:
    """Take the rows in, all or none; with `shown` None only look what they would do.

    Raises Overtaken when this is not the outcome that was previewed: somebody edited meanwhile.
    """
    outcome = _load(rows, plan, names, by)
    if shown is None:
        transaction.set_rollback(True)
    elif outcome.faults or not shown(outcome):
        raise Overtaken
    return outcome


def _load(rows: Sequence[TextRow], plan: Plan, names: Names, by: Editor) -> TextsOutcome:
    now = cells_of(plan, names)
    versions = dict(plan.measures.values_list("public_id", "version"))
    changes: list[TextChange] = []
    faults: list[CellFault] = []
    sides: list[str] = []
    seen: set[str] = set()
    for row in rows:
        measure = row.mark.partition(":")[0]
        if measure not in now:
            faults.append(CellFault(line=row.line, key="mark", says=_unknown(row.mark)))
            continue
        if measure in seen:
            says = _("この取組の行が2つあります。一つだけにしてください。")
            faults.append(CellFault(line=row.line, key="", says=says))
            continue
        seen.add(measure)
        side = side_of(row.cells, now[measure], row.mark)
        sides.append(side)
        if side == "stale":
            faults.append(CellFault(line=row.line, key="", says=_stale()))
        if side == "typed":
            root = Root(kind="measure", public_id=measure, version=versions[measure])
            wrong = _take(row, now[measure], root, names, by)
            faults += wrong
            changes += [] if wrong else list(_changes(row, now[measure]))
    return TextsOutcome(
        changes=tuple(changes),
        faults=tuple(faults),
        same=sides.count("same"),
        kept=sides.count("untouched"),
    )


def _take(
    row: TextRow, now: Mapping[str, str], root: Root, names: Names, by: Editor
) -> list[CellFault]:
    """Make the row's changes; what is wrong with it, cell by cell."""
    texts, faults = _wanted(row, now, names)
    if faults:
        return faults
    wanted = Wanted(kind="measure", thing=root.public_id, texts=texts)
    try:
        with transaction.atomic():
            edit_things(root=root, wanted=[wanted], by=by)
    except Refused as refused:
        return [
            CellFault(line=row.line, key=key if key in TEXTS else "", says=says)
            for listed in refused.faults.values()
            for key, says in listed
        ]
    return []


def _wanted(
    row: TextRow, now: Mapping[str, str], names: Names
) -> tuple[dict[str, str], list[CellFault]]:
    texts = {key: row.cells[key] for key in TEXTS if row.cells[key] != now[key]}
    faults = []
    if "divisions" in texts:
        listed = _split(texts["divisions"])
        others = [each for each in listed if each == _(OTHERS)]
        named = [each for each in listed if each not in others]
        unknown = [each for each in named if each not in names.divisions]
        if unknown:
            says = _("「%(name)s」という課はありません。課の名前を確かめてください。") % {
                "name": unknown[0]
            }
            faults.append(CellFault(line=row.line, key="divisions", says=says))
        texts["divisions"] = ",".join(names.divisions.get(each, "") for each in named)
        texts["and_others"] = "1" if others else ""
    if "viewpoints" in texts:
        listed = _split(texts["viewpoints"])
        unknown = [each for each in listed if each not in names.viewpoints]
        if unknown:
            says = _("「%(name)s」という視点は、この計画にありません。") % {"name": unknown[0]}
            faults.append(CellFault(line=row.line, key="viewpoints", says=says))
        texts["viewpoints"] = ",".join(names.viewpoints.get(each, "") for each in listed)
    return texts, faults


def _split(text: str) -> list[str]:
    plain = text.replace("\n", SEPARATOR).replace(",", SEPARATOR).replace("，", SEPARATOR)
    return [each.strip() for each in plain.split(SEPARATOR) if each.strip()]


def _changes(row: TextRow, now: Mapping[str, str]) -> list[TextChange]:
    return [
        TextChange(
            line=row.line, number=now["number"], key=key, before=now[key], after=row.cells[key]
        )
        for key in TEXTS
        if row.cells[key] != now[key]
    ]


def _stale() -> str:
    return _(
        "この取組は、ファイルを書き出したあとに画面で直されています。書き出し直してから、直してください。"
    )


def _unknown(mark: str) -> str:
    if not mark:
        return _(
            "照合番号が空です。書き出したファイルの行を直して使ってください。新しい取組は画面で加えます。"
        )
    return _("この照合番号の取組は、この計画にありません。計画とファイルを確かめてください。")
