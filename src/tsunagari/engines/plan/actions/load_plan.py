"""Loads one plan of the city pack: what is new is added, what changed is superseded, the rest is left alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from tsunagari.engines.plan.actions.keep_translations import keep_translations
from tsunagari.engines.plan.actions.supersede import set_target, set_value
from tsunagari.engines.plan.declare import PlanLoaded
from tsunagari.engines.plan.models import Indicator, Measure, Plan, Section, Stage
from tsunagari.engines.plan.rules.pack import (
    PackIndicator,
    PackMeasure,
    PackPlan,
    PackRefused,
    Problem,
    Text,
    read_plan,
)
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a loading did: the plan's code, how many measures it has, and how many rows changed."""

    code: str
    measures: int
    changed: int


def load_plan(
    path: Path, *, divisions: Collection[str], meters: Collection[str], clock: Clock
) -> Loaded:
    """Read the file and bring the tables to it; a second time changes nothing.

    `divisions` are the codes that exist, `meters` the ids that are declared. Raises PackRefused with
    every problem found; then nothing has changed.
    """
    pack = read_plan(
        path.read_text(encoding="utf-8"), file=str(path), divisions=divisions, meters=meters
    )
    with transaction.atomic():
        loading = _Loading(pack=pack, file=str(path), now=clock())
        loading.run()
    return Loaded(code=pack.code, measures=len(pack.measures), changed=loading.changed)


class _Loading:
    """One run over one plan; counts the rows that changed."""

    def __init__(self, *, pack: PackPlan, file: str, now: datetime) -> None:
        self.pack = pack
        self.file = file
        self.now = now
        self.changed = 0

    def run(self) -> None:
        """Plan, sections, measures with all that hangs on them; then one word to the ledger."""
        plan = self._plan()
        sections = self._sections(plan)
        self._refuse_what_vanished(plan)
        for order, measure in enumerate(self.pack.measures, start=1):
            self._measure(plan, sections[measure.section], measure, order)
        if self.changed:
            ledger.record(
                PlanLoaded(
                    subject=plan.public_id,
                    code=plan.code,
                    measures=len(self.pack.measures),
                    changed=self.changed,
                )
            )

    def _plan(self) -> Plan:
        pack = self.pack
        return self._keep(
            Plan,
            {"code": pack.code},
            {
                "letter": pack.letter,
                "kind": pack.kind,
                "first_year": pack.first_year,
                "last_year": pack.last_year,
                "labels": {
                    column: {"ja": text.ja, **dict(text.others)} for column, text in pack.labels
                },
            },
            {
                "name": pack.name,
                "short_name": pack.short_name,
                "idea": pack.idea,
                "source": pack.source,
                "list_name": pack.list_name,
            },
        )

    def _sections(self, plan: Plan) -> dict[str, Section]:
        return {
            section.code: self._keep(
                Section,
                {"plan": plan, "code": section.code},
                {"order": order},
                {"name": section.name},
            )
            for order, section in enumerate(self.pack.sections, start=1)
        }

    def _measure(self, plan: Plan, section: Section, pack: PackMeasure, order: int) -> None:
        measure = self._keep(
            Measure,
            {"plan": plan, "number": pack.number},
            {
                "section": section,
                "kind": pack.kind,
                "divisions": list(pack.divisions),
                "and_others": pack.and_others,
                "order": order,
            },
            {
                "name": pack.name,
                "note": pack.note,
                "mended": pack.mended,
                "managed_in": pack.managed_in,
            },
        )
        for place, stage in enumerate(pack.stages, start=1):
            self._keep(
                Stage,
                {"measure": measure, "order": place},
                {
                    "column": stage.column,
                    "first_year": stage.first,
                    "last_year": stage.last,
                    "word": stage.word,
                },
                {"text": stage.text},
            )
        self.changed += measure.stages.filter(order__gt=len(pack.stages)).delete()[0]
        for place, indicator in enumerate(pack.indicators, start=1):
            self._indicator(measure, indicator, place)

    def _indicator(self, measure: Measure, pack: PackIndicator, order: int) -> None:
        indicator = self._keep(
            Indicator,
            {"measure": measure, "order": order},
            {
                "digits": pack.digits,
                "accumulate": pack.accumulate,
                "direction": pack.direction,
                "meter": pack.meter,
                "low": pack.low,
                "high": pack.high,
                "baseline_year": pack.baseline.year if pack.baseline else None,
            },
            {"name": pack.name, "unit": pack.unit},
        )
        self._targets(indicator, pack)
        self._baseline(indicator, pack)

    def _targets(self, indicator: Indicator, pack: PackIndicator) -> None:
        """Follow the pack where the pack itself changed; what people set since then stands."""
        told = {target.year: target.value for target in pack.targets}
        known = {
            target.fiscal_year: None
            if target.superseded_at and not target.superseded_by_id
            else target.value
            for target in indicator.targets.filter(from_pack=True).order_by("set_at", "id")
        }
        for year in sorted(told | known):
            if told.get(year) != known.get(year):
                self.changed += set_target(
                    indicator=indicator,
                    year=year,
                    value=told.get(year),
                    now=self.now,
                    from_pack=True,
                )

    def _baseline(self, indicator: Indicator, pack: PackIndicator) -> None:
        if pack.baseline is None:
            return
        year, origin = pack.baseline.year, "estimated" if pack.baseline.estimated else "loaded"
        known = indicator.values.filter(from_pack=True, fiscal_year=year, month=None).last()
        if known and (known.value, known.origin) == (pack.baseline.value, origin):
            return
        self.changed += set_value(
            indicator=indicator,
            year=year,
            value=pack.baseline.value,
            origin=origin,
            status="provisional" if pack.baseline.estimated else "final",
            source=self.pack.source.ja,
            now=self.now,
            from_pack=True,
        )

    def _refuse_what_vanished(self, plan: Plan) -> None:
        """A published measure or indicator is never taken away by a shorter file."""
        told = {measure.number: len(measure.indicators) for measure in self.pack.measures}
        counts = plan.measures.annotate(had=models.Count("indicators")).values_list("number", "had")
        problems = [
            Problem(
                file=self.file,
                line=1,
                wrong=f"measure {number} is published but it, or one of its indicators, is missing here",
                right="put it back; figures that were published are kept",
            )
            for number, had in counts
            if told.get(number, -1) < had
        ]
        if problems:
            raise PackRefused(problems)

    def _keep(
        self,
        model: type[M],
        key: Mapping[str, Any],
        fields: Mapping[str, Any],
        texts: Mapping[str, Text],
    ) -> M:
        """The row of `key`, brought to `fields` and `texts`; counts 1 when anything was different."""
        wanted = {**fields, **{name: text.ja for name, text in texts.items()}}
        manager = model._default_manager  # noqa: SLF001 - the name Django documents for any model's manager
        row = manager.filter(**key).first()
        fresh = row is None
        if row is None:
            row = manager.create(**key, **wanted)
        different = [name for name, value in wanted.items() if getattr(row, name) != value]
        for name in different:
            setattr(row, name, wanted[name])
        if different:
            row.save(update_fields=different)
        translated = keep_translations(row, texts, now=self.now)
        self.changed += fresh or bool(different) or translated
        return row
