"""Writes texts into a row of the plan, with what only the tables know about what may stand there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.db.models import Model
from django.utils.translation import gettext as _

from tsunagari.engines.plan.actions.keep_closed import closed_faults
from tsunagari.engines.plan.models import (
    Action,
    ActionPlan,
    Asset,
    Driver,
    Edit,
    Indicator,
    Lineage,
    Measure,
    Plan,
    Section,
    Series,
    Stage,
)
from tsunagari.engines.plan.queries.written import put_inner, value_of
from tsunagari.engines.plan.rules.editable import Editable, Sheet, parts_of
from tsunagari.engines.plan.rules.text_faults import Bounds, Fault
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.translations import put_translation
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering

_OF_MEASURE: dict[str, tuple[type[Model], str]] = {
    "stage": (Stage, "measure"),
    "indicator": (Indicator, "measure"),
    "lineage": (Lineage, "heir"),
    "action": (Action, "measure"),
}
_OF_PLAN: dict[str, tuple[type[Model], str]] = {
    "section": (Section, "plan"),
    "action_plan": (ActionPlan, "plan"),
}


@dataclass(kw_only=True)
class Rows:
    """What surrounds an edit: its root `top` and the plan it belongs to (of drivers and assets: none)."""

    top: Model
    plan: Plan | None

    @classmethod
    def of(cls, top: Model) -> Self:
        """The surroundings of a root."""
        plan = top.plan if isinstance(top, Measure) else top if isinstance(top, Plan) else None
        return cls(top=top, plan=plan)

    @cached_property
    def quoted(self) -> dict[int, str]:
        """Every measure as people quote it, by its key."""
        found = Measure.objects.values_list("pk", "plan__letter", "number")
        return {key: f"{letter}/{number}" for key, letter, number in found}

    @cached_property
    def keys(self) -> dict[str, int]:
        """The keys of measures by how they are quoted."""
        return {name: key for key, name in self.quoted.items()}

    @property
    def bounds(self) -> Bounds | None:
        """The plan's years."""
        if self.plan is None:
            return None
        return Bounds(first_year=self.plan.first_year, last_year=self.plan.last_year)

    def get(self, kind: str, public_id: str) -> Model:
        """A row that hangs on the root; LookupError for any other."""
        if kind in ("measure", "plan", "driver", "asset"):
            if str(self.top.public_id) == public_id:  # type: ignore[attr-defined]  # every root has one
                return self.top
            raise LookupError(public_id)
        table = _OF_MEASURE if isinstance(self.top, Measure) else _OF_PLAN
        if kind not in table:
            raise LookupError(kind)
        model, owner = table[kind]
        found = model._default_manager.filter(**{owner: self.top, "public_id": public_id})  # noqa: SLF001 - the name Django documents
        row = found.first()
        if row is None:
            raise LookupError(public_id)
        return row

    def ties(self, row: Model) -> dict[int, list[int]]:
        """The measures that hang on a driver or asset."""
        if not isinstance(row, Driver | Asset) or not row.pk:
            return {}
        tied = row.measures.order_by("plan", "order").values_list("pk", flat=True)
        return {row.pk: list(tied)}

    def why(self) -> str:
        """What is said where a reason is missing."""
        return _(
            "公表している数値の意味や判定が変わる修正です。なぜ変えるのかを、理由の欄に書いてください。"
        )

    def faults(
        self, row: Model, before: Mapping[str, str], after: Mapping[str, str]
    ) -> list[Fault]:
        """What the tables forbid: names of nothing, numbers that are taken, what was settled."""
        changed = {key for key in after if before.get(key, "") != after[key]}
        faults = [
            (key, said)
            for key in sorted(changed)
            for said in [self._unknown(key, before.get(key, ""), after[key])]
            if said
        ]
        if isinstance(row, Measure):
            faults += self._measure_faults(row, changed, after)
        if isinstance(row, Indicator) and row.pk and "target_open" in changed:
            faults += self._target_faults(row, after)
        if isinstance(row, Lineage) and "origin" in changed and not faults:
            faults += self._lineage_faults(row, after["origin"])
        if isinstance(row, Action):
            faults += self._action_faults(row, changed)
        return faults

    def _action_faults(self, row: Action, changed: set[str]) -> list[Fault]:
        """What a closed year published of itself; its English is only a translation of it."""
        keys = [key for key in ("planned", "done") if key in changed]
        year, plan = row.action_plan.fiscal_year, row.action_plan.plan.code
        return closed_faults(plan, row.measure.public_id, year, keys)

    def _unknown(self, key: str, before: str, text: str) -> str:
        """A sentence for a name of nothing."""
        new = [each for each in text.split(",") if each and each not in before.split(",")]
        if key == "section" and not Section.objects.filter(plan=self.plan, code=text).exists():
            return _("分野・一覧を選び直してください。")
        if key == "series" and text and not Series.objects.filter(code=text).exists():
            return _("系列を選び直してください。")
        if key == "meter" and text and text not in {each.id for each in metering.declared()}:
            return _("数値を受け取るところを選び直してください。")
        if key in ("measures", "origin") and any(each not in self.keys for each in new):
            return _("取組を選び直してください。")
        if key == "viewpoints" and self.plan is not None:
            known = {each["code"] for each in self.plan.viewpoints}
            return _("視点を選び直してください。") if set(new) - known else ""
        if key in ("divisions", "division") and new:
            year = FiscalYear(self.plan.first_year if self.plan else 2000)
            names = identity.division_names(new, year, "ja")
            return _("課を選び直してください。") if any(n == c for c, n in names.items()) else ""
        return ""

    def _measure_faults(
        self, row: Measure, changed: set[str], after: Mapping[str, str]
    ) -> list[Fault]:
        faults: list[Fault] = []
        if "number" in changed and row.told:
            faults.append(
                (
                    "number",
                    _(
                        "この番号は市の計画の資料に結びついているため、ここでは変えられません。番号を改めるときは、新しい取組を加え、「もとになった取組」でつないでください。"
                    ),
                )
            )
        taken = Measure.objects.filter(plan=self.plan, number=after["number"]).exclude(pk=row.pk)
        if "number" in changed and taken.exists():
            faults.append(
                ("number", _("この番号は、ほかの取組が使っています。別の番号にしてください。"))
            )
        left = "kind" in changed and after["kind"] != "indicator"
        if left and row.pk and row.indicators.exists():
            faults.append(
                (
                    "kind",
                    _(
                        "公表した指標がある取組です。管理のしかたは変えずに、指標の説明に経緯を書いてください。"
                    ),
                )
            )
        return faults

    def _target_faults(self, row: Indicator, after: Mapping[str, str]) -> list[Fault]:
        if after["target_open"] and row.targets.filter(superseded_at=None).exists():
            return [
                (
                    "target_open",
                    _(
                        "目標値が登録されています。検討中に戻すときは、先に目標値を取り下げてください。"
                    ),
                )
            ]
        return []

    def _lineage_faults(self, row: Lineage, origin: str) -> list[Fault]:
        if row.told:
            return [
                (
                    "origin",
                    _(
                        "このつながりは市の資料に書かれているため、相手は変えられません。別の取組とのつながりを新しく加えてください。"
                    ),
                )
            ]
        if self.keys[origin] == row.heir_id:
            return [("origin", _("取組は、自分自身からは生まれません。別の取組を選んでください。"))]
        same = Lineage.objects.filter(origin=self.keys[origin], heir=row.heir_id)
        if same.exclude(pk=row.pk).exists():
            return [("origin", _("この取組とのつながりは、もう登録してあります。"))]
        return []


def write_texts(
    row: Model,
    sheet: Sheet,
    texts: Mapping[str, str],
    keys: Sequence[str],
    *,
    rows: Rows,
    now: datetime,
) -> None:
    """Bring the row to the texts of `keys`, the Japanese first: a translation remembers which it was
    made from. Keys of languages in `keys` are written even where their text is the same: confirmed."""
    for key in keys:
        name, language = parts_of(key)
        each = sheet.by_name[name]
        if "." in name and isinstance(row, Plan):
            put_inner(row, name, language, texts[key])
        elif language == "ja" and each.kind != "ties":
            _put(row, each, texts[key], rows)
    row.save()
    for key in keys:
        name, language = parts_of(key)
        if language != "ja" and "." not in name:
            put_translation(thing=row, field=name, language=language, text=texts[key], now=now)
        if sheet.by_name[name].kind == "ties":
            wanted = [rows.keys[each] for each in texts[key].split(",") if each]
            row.measures.set(wanted)  # type: ignore[attr-defined]  # drivers and assets have ties


def _put(row: Any, each: Editable, text: str, rows: Rows) -> None:
    if each.name == "origin":
        row.origin_id = rows.keys[text]
    elif each.name == "section":
        row.section = Section.objects.get(plan=rows.plan, code=text)
    elif each.name == "series":
        row.series = Series.objects.filter(code=text).first()
    elif each.name == "predecessor":
        row.predecessor = Plan.objects.filter(code=text).first()
    else:
        setattr(row, each.name, value_of(each, text))


def note_edits(
    *,
    rows: Rows,
    thing: Model,
    kind: str,
    changes: Sequence[tuple[str, str, str]],
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    """Write the history: key, what stood there, what stands there now."""
    Edit.objects.bulk_create(
        Edit(
            plan=rows.plan,
            thing=str(thing.public_id),  # type: ignore[attr-defined]  # every row of a plan has one
            kind=kind,
            field=parts_of(key)[0],
            language=parts_of(key)[1],
            before=before,
            after=after,
            reason=reason,
            made_at=now,
            actor=actor,
        )
        for key, before, after in changes
    )
