"""Makes measures that grow from others: they take over what was said of these, and nothing is typed again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction

from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.take_over import keep_outdated, take_over
from tsunagari.engines.plan.models import Asset, Driver, Indicator, Measure, Plan
from tsunagari.engines.plan.queries.desk import Words, english_of
from tsunagari.engines.plan.rules.editable import MEASURE, STAGE, english
from tsunagari.engines.plan.rules.inheritance import coming_stage, inherited

_WITHOUT_STAGES: Final = ("as_needed", "elsewhere")


@dataclass(frozen=True, kw_only=True)
class NewMeasure:
    """A measure to be made: number, name, section and divisions (codes). `indicators` are public ids of its
    origins' indicators that go on with it. `kind` says how it is managed (MEASURE_KINDS), "" as its origins
    were; `managed_in` names the other plan where it is managed elsewhere, "" for what its first origin says."""

    number: str
    name: str
    section: str
    divisions: tuple[str, ...]
    name_en: str = ""
    indicators: tuple[str, ...] = ()
    kind: str = ""
    managed_in: str = ""


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How heirs grow: in the plan with code `plan`, from the fiscal year `year`, by a lineage of `kind`.
    `note` says why, in Japanese, and in English."""

    plan: str
    year: int
    kind: str
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, kw_only=True)
class MadeMeasure:
    """The public id of a measure that was made, and its indicators by those from which they go on."""

    public_id: str
    indicators: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_heirs(
    *, origins: Sequence[str], heirs: Sequence[NewMeasure], growth: Growth, by: Editor
) -> tuple[MadeMeasure, ...]:
    """Make `heirs`, each tied to every one of `origins` (public ids; none for something new).

    An heir takes over texts with their translations, viewpoints, the stages of coming years, the drivers
    and assets, and the indicators named with it. The kind "continued" becomes "renamed" where the name is
    another. Raises Plan.DoesNotExist, Measure.DoesNotExist, Refused; then nothing has changed.
    """
    hold_plan()
    making = _Making(
        plan=Plan.objects.select_for_update().get(code=growth.plan),
        origins=[
            Measure.objects.select_related("plan", "section").get(public_id=each)
            for each in origins
        ],
        growth=growth,
        by=by,
    )
    return tuple(making.make(each) for each in heirs)


@dataclass(frozen=True, kw_only=True)
class _Making:
    """Origins as rows, and what is the same for all of their heirs."""

    plan: Plan
    origins: Sequence[Measure]
    growth: Growth
    by: Editor

    def make(self, new: NewMeasure) -> MadeMeasure:
        """One heir with all that it takes over."""
        words = Words(quoted={}, english=english_of(self.origins))
        texts = self._texts(new, words)
        made = add_thing(kind="measure", parent=self.plan, texts=texts, by=self.by)
        heir = Measure.objects.select_related("plan").get(public_id=made)
        if len(self.origins) == 1:
            only = self.origins[0]
            keep_outdated(words.outdated(only, MEASURE), only.public_id, made)
        for origin in self.origins:
            self._tie(origin, heir)
        if new.kind not in _WITHOUT_STAGES:
            self._stages(heir)
        self._surroundings(heir)
        return MadeMeasure(public_id=made, indicators=self._indicators(new, heir))

    def _texts(self, new: NewMeasure, words: Words) -> dict[str, str]:
        told = [words.texts(each, MEASURE) for each in self.origins]
        texts = inherited(told, has_indicators=bool(new.indicators), kind=new.kind)
        known = {each["code"] for each in self.plan.viewpoints}
        codes = [code for code in texts["viewpoints"].split(",") if code in known]
        same = next((each["name.en"] for each in told if each["name"] == new.name), "")
        year = self.growth.year
        return {
            **texts,
            **_managed_in(new, texts),
            "number": new.number,
            "name": new.name,
            "name.en": new.name_en or same,
            "section": new.section,
            "divisions": ",".join(new.divisions),
            "viewpoints": ",".join(codes),
            "from_year": str(year) if year > self.plan.first_year else "",
        }

    def _tie(self, origin: Measure, heir: Measure) -> None:
        kind = self.growth.kind
        if kind == "continued" and origin.name != heir.name:
            kind = "renamed"
        texts = {
            "origin": f"{origin.plan.letter}/{origin.number}",
            "kind": kind,
            "note": self.growth.note,
            "note.en": self.growth.note_en,
        }
        add_thing(kind="lineage", parent=heir, texts=texts, by=self.by)

    def _stages(self, heir: Measure) -> None:
        """The stages of the first origin that has some in coming years."""
        for origin in self.origins:
            coming = _coming_stages(origin, self.growth.year, heir.plan.last_year)
            for texts in coming:
                add_thing(kind="stage", parent=heir, texts=texts, by=self.by)
            if coming:
                return

    def _surroundings(self, heir: Measure) -> None:
        """What led to the origins leads to the heir too, and what they built on it builds on."""
        rows: list[Driver | Asset] = [
            *Driver.objects.filter(measures__in=self.origins).distinct(),
            *Asset.objects.filter(measures__in=self.origins).distinct(),
        ]
        for row in rows:
            kind = "driver" if isinstance(row, Driver) else "asset"
            tied = row.measures.select_related("plan").order_by("plan", "order")
            ties = [f"{each.plan.letter}/{each.number}" for each in (*tied, heir)]
            texts = {"measures": ",".join(ties)}
            edit_things(
                root=Root(kind=kind, public_id=row.public_id, version=row.version),
                wanted=[Wanted(kind=kind, thing=row.public_id, texts=texts)],
                by=self.by,
            )

    def _indicators(self, new: NewMeasure, heir: Measure) -> dict[str, str]:
        """Those that go on, in their order; what two origins count by one meter goes on once."""
        rows = (
            Indicator.objects.select_related("series", "measure__plan")
            .filter(public_id__in=new.indicators, measure__in=self.origins)
            .order_by("measure__order", "order")
        )
        made: dict[str, str] = {}
        meters: dict[str, str] = {}
        for row in rows:
            held = meters.get(row.meter) if row.meter else None
            made[row.public_id] = held or take_over(
                origin=row, heir=heir, year=self.growth.year, by=self.by
            )
            meters[row.meter] = made[row.public_id]
        return made


def _managed_in(new: NewMeasure, texts: Mapping[str, str]) -> dict[str, str]:
    """Where it is managed: another name than the origin's has no English yet, and what is not managed
    elsewhere names no other plan."""
    if new.kind and new.kind != "elsewhere":
        return {"managed_in": "", english("managed_in"): ""}
    if new.managed_in and new.managed_in != texts["managed_in"]:
        return {"managed_in": new.managed_in, english("managed_in"): ""}
    return {}


def _coming_stages(origin: Measure, year: int, last: int) -> list[dict[str, str]]:
    rows = list(origin.stages.order_by("order"))
    words = Words(quoted={}, english=english_of(rows))
    before = [each for each in rows if each.column < year]
    stands = max(before, key=lambda each: each.column) if before else None
    found = (
        coming_stage(words.texts(row, STAGE), year, last, stands=row is stands) for row in rows
    )
    return [texts for texts in found if texts]
