"""Loads the plans of the city pack: what is new is added, what changed is superseded, the rest is left alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.keep_figures import keep_figures
from tsunagari.engines.plan.actions.keep_rows import Keeper
from tsunagari.engines.plan.actions.refuse_closed import ClosedYears
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.declare import PlanLoaded
from tsunagari.engines.plan.models import (
    Action,
    ActionPlan,
    Indicator,
    Lineage,
    Measure,
    Plan,
    Section,
    Series,
    Stage,
)
from tsunagari.engines.plan.rules.grades import as_kept
from tsunagari.engines.plan.rules.pack import (
    PackIndicator,
    PackLabel,
    PackMeasure,
    PackPlan,
    PackRefused,
    Problem,
)
from tsunagari.engines.plan.rules.pack_reader import decoded
from tsunagari.engines.plan.rules.plan_file import read_plan
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.ledger import api as ledger


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a loading did: the plan's code, how many measures it has, and how many rows changed."""

    code: str
    measures: int
    changed: int


def load_plans(
    paths: Iterable[Path],
    *,
    divisions: Collection[str],
    meters: Collection[str],
    clock: Clock,
    lived: bool = False,
) -> tuple[Loaded, ...]:
    """Read the files and bring the tables to them, the oldest plan first; a second time changes nothing.

    `divisions` are the codes that exist, `meters` the ids that are declared; `lived` dates the figures of
    an invented town in its past. Raises PackRefused with
    every problem of every file; then nothing has changed.
    """
    now = clock()
    running = FiscalYear.at(now).year
    packs = _read(paths, divisions=divisions, meters=meters, running=running)
    return load_packs(packs, keeper=Keeper(now=now, lived=lived))


@transaction.atomic
def load_packs(packs: Sequence[PackPlan], *, keeper: Keeper) -> tuple[Loaded, ...]:
    """Bring the tables to plans that were read, the oldest first; all of them or none (PackRefused). Years
    that are closed and published stay as they are (refuse_closed.py)."""
    hold_plan()
    closed = [(ClosedYears.of(pack.code), pack.file) for pack in packs]
    done = tuple(_PlanLoading(pack=pack, keeper=keeper).run() for pack in packs)
    before = keeper.changed
    _keep_lineage(packs, keeper)
    for years, file in closed:
        years.refuse_changes(file=file)
    if before != keeper.changed or any(each.changed for each in done):
        turn_edition()
    return done


def _read(
    paths: Iterable[Path], *, divisions: Collection[str], meters: Collection[str], running: int
) -> list[PackPlan]:
    packs: list[PackPlan] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            text = decoded(path.read_bytes(), file=str(path))
            packs.append(
                read_plan(text, file=str(path), divisions=divisions, meters=meters, running=running)
            )
        except PackRefused as refused:
            problems += refused.problems
    problems += _same_twice(packs)
    if problems:
        raise PackRefused(problems)
    return sorted(packs, key=lambda pack: (pack.first_year, pack.code))


def _same_twice(packs: Sequence[PackPlan]) -> list[Problem]:
    """Two files with one code or one letter would overwrite each other."""
    return [
        Problem(
            file=pack.file,
            line=1,
            wrong=f"{field} {getattr(pack, field)} is that of {other.file} too",
            right="give each plan its own",
        )
        for place, pack in enumerate(packs)
        for other in packs[:place]
        for field in ("code", "letter")
        if getattr(pack, field) == getattr(other, field)
    ]


class _PlanLoading:
    """One run over one plan."""

    def __init__(self, *, pack: PackPlan, keeper: Keeper) -> None:
        self.pack = pack
        self.keeper = keeper

    def run(self) -> Loaded:
        """Plan, sections, measures with all that hangs on them; then one word to the ledger."""
        before = self.keeper.changed
        plan = self._plan()
        sections = self._sections(plan)
        years = self._action_plans(plan)
        self._refuse_what_vanished(plan)
        for order, measure in enumerate(self.pack.measures, start=1):
            self._measure(plan, sections[measure.section], years, measure, order)
        changed = self.keeper.changed - before
        if changed:
            ledger.record(
                PlanLoaded(
                    subject=plan.public_id,
                    code=plan.code,
                    measures=len(self.pack.measures),
                    changed=changed,
                )
            )
        return Loaded(code=plan.code, measures=len(self.pack.measures), changed=changed)

    def _plan(self) -> Plan:
        pack = self.pack
        return self.keeper.keep(
            Plan,
            {"code": pack.code},
            {
                "letter": pack.letter,
                "kind": pack.kind,
                "first_year": pack.first_year,
                "last_year": pack.last_year,
                "predecessor": self._predecessor(),
                "labels": {column: text.by_language for column, text in pack.labels},
                "issues": [_label(each) for each in pack.issues],
                "viewpoints": [_label(each) for each in pack.viewpoints],
                "scale": as_kept(pack.scale),
            },
            {
                "name": pack.name,
                "short_name": pack.short_name,
                "idea": pack.idea,
                "outline": pack.outline,
                "source": pack.source,
                "list_name": pack.list_name,
            },
        )

    def _predecessor(self) -> Plan | None:
        """The plan before this one; plans are loaded oldest first, so it is there when it exists."""
        if not self.pack.predecessor:
            return None
        found = Plan.objects.filter(code=self.pack.predecessor).first()
        if found is None or found.first_year >= self.pack.first_year:
            self._refuse(
                f"the predecessor {self.pack.predecessor} is no plan that began earlier",
                "write the code of such a plan, or leave it out",
            )
        return found

    def _sections(self, plan: Plan) -> dict[str, Section]:
        return {
            section.code: self.keeper.keep(
                Section,
                {"plan": plan, "code": section.code},
                {"order": order, "kind": section.kind},
                {"name": section.name, "outline": section.outline},
            )
            for order, section in enumerate(self.pack.sections, start=1)
        }

    def _action_plans(self, plan: Plan) -> dict[int, ActionPlan]:
        return {
            each.year: self.keeper.keep(
                ActionPlan,
                {"plan": plan, "fiscal_year": each.year},
                {},
                {"name": each.name, "note": each.note},
            )
            for each in self.pack.action_plans
        }

    def _measure(
        self,
        plan: Plan,
        section: Section,
        years: dict[int, ActionPlan],
        pack: PackMeasure,
        order: int,
    ) -> None:
        measure = self.keeper.keep(
            Measure,
            {"plan": plan, "number": pack.number},
            {
                "section": section,
                "kind": pack.kind,
                "divisions": list(pack.divisions),
                "and_others": pack.and_others,
                "viewpoints": list(pack.viewpoints),
                "order": order,
                "from_year": pack.from_year,
                "until_year": pack.until_year,
            },
            {
                "name": pack.name,
                "purpose": pack.purpose,
                "outline": pack.outline,
                "note": pack.note,
                "mended": pack.mended,
                "managed_in": pack.managed_in,
                "until_reason": pack.until_reason,
            },
        )
        self._stages(measure, pack)
        self._actions(measure, years, pack)
        places = self.keeper.orders(measure.indicators.all(), len(pack.indicators))
        for indicator, place in zip(pack.indicators, places, strict=True):
            self._indicator(measure, indicator, place)

    def _stages(self, measure: Measure, pack: PackMeasure) -> None:
        places = self.keeper.orders(measure.stages.all(), len(pack.stages))
        for stage, place in zip(pack.stages, places, strict=True):
            self.keeper.keep(
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
        beyond = measure.stages.exclude(order__in=places).exclude(told={})
        self.keeper.changed += beyond.delete()[0]

    def _actions(self, measure: Measure, years: dict[int, ActionPlan], pack: PackMeasure) -> None:
        for action in pack.actions:
            if action.year not in years:
                self._refuse(
                    f"measure {pack.number} has an action in {action.year}, for which there is no action plan",
                    "add the year to action_plans",
                )
            self.keeper.keep(
                Action,
                {"measure": measure, "action_plan": years[action.year]},
                {},
                {"planned": action.planned, "done": action.done},
            )

    def _indicator(self, measure: Measure, pack: PackIndicator, order: int) -> None:
        indicator = self.keeper.keep(
            Indicator,
            {"measure": measure, "order": order},
            {
                "digits": pack.digits,
                "accumulate": pack.accumulate,
                "direction": pack.direction,
                "factor": pack.factor,
                "phase": pack.phase,
                "to_set_year": pack.to_set_year,
                "target_open": pack.target_open,
                "baseline_words": pack.baseline_words,
                "target_words": pack.target_words,
                "series": self._series(pack),
                "meter": pack.meter,
                "low": pack.low,
                "high": pack.high,
                "baseline_year": pack.baseline.year if pack.baseline else None,
            },
            {
                "name": pack.name,
                "unit": pack.unit,
                "reason": pack.reason,
                "definition_note": pack.definition_note,
            },
        )
        keep_figures(indicator, pack, keeper=self.keeper, source=self.pack.source.ja)

    def _series(self, pack: PackIndicator) -> Series | None:
        if pack.series is None:
            return None
        return self.keeper.keep(Series, {"code": pack.series.code}, {}, {"name": pack.series.name})

    def _refuse_what_vanished(self, plan: Plan) -> None:
        """A published measure or indicator is never taken away by a shorter file; what people added
        in the console was never in a file."""
        told = {measure.number: len(measure.indicators) for measure in self.pack.measures}
        had = (
            plan.measures.exclude(told={})
            .annotate(had=models.Count("indicators", filter=~models.Q(indicators__told={})))
            .values_list("number", "had")
        )
        vanished = [number for number, count in had if told.get(number, -1) < count]
        if vanished:
            raise PackRefused(
                [
                    Problem(
                        file=self.pack.file,
                        line=1,
                        wrong=f"measure {number} is published but it, or one of its indicators, is missing here",
                        right="put it back; figures that were published are kept",
                    )
                    for number in vanished
                ]
            )

    def _refuse(self, wrong: str, right: str) -> None:
        raise PackRefused([Problem(file=self.pack.file, line=1, wrong=wrong, right=right)])


def _label(label: PackLabel) -> dict[str, object]:
    return {
        "code": label.code,
        "name": label.name.by_language,
        "outline": label.outline.by_language,
    }


def _keep_lineage(packs: Sequence[PackPlan], keeper: Keeper) -> None:
    """The ways between measures, once all are there; ways that the packs no longer tell are taken out."""
    measures = {(m.plan.code, m.number): m for m in Measure.objects.select_related("plan")}
    problems = [
        Problem(
            file=pack.file,
            line=origin.line,
            wrong=f"measure {measure.number} grew from {origin.plan} {origin.number}, which does not exist",
            right="check the plan's code and the number",
        )
        for pack in packs
        for measure in pack.measures
        for origin in measure.origins
        if (origin.plan, origin.number) not in measures
    ]
    if problems:
        raise PackRefused(problems)
    kept = [
        keeper.keep(
            Lineage,
            {
                "origin": measures[origin.plan, origin.number],
                "heir": measures[pack.code, measure.number],
            },
            {"kind": origin.kind},
            {"note": origin.note},
        ).pk
        for pack in packs
        for measure in pack.measures
        for origin in measure.origins
    ]
    gone = Lineage.objects.filter(heir__plan__code__in=[pack.code for pack in packs])
    keeper.changed += gone.exclude(told={}).exclude(pk__in=kept).delete()[0]
