"""The rows of all plans, read in a fixed number of queries and tied to each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self, TypeVar

from django.db.models import Model, QuerySet

from tsunagari.engines.plan.models import (
    Action,
    ActionPlan,
    Asset,
    Driver,
    Edit,
    Evidence,
    Indicator,
    Lineage,
    Measure,
    Plan,
    Section,
    Series,
    Stage,
    Target,
    Value,
)

R = TypeVar("R", bound=Model)

TRANSLATED: Final = (
    Plan,
    Section,
    Measure,
    Stage,
    Indicator,
    Series,
    Lineage,
    ActionPlan,
    Action,
    Driver,
    Asset,
)
"""Tables whose texts have translations."""


@dataclass(kw_only=True)
class PlanRows:
    """Everything but the translations. Of one row there is one instance, however many others lead to it.

    `driver_ties` and `asset_ties` hold the keys of measures by the driver's or asset's key; `edits` are
    the oldest first.
    """

    plans: list[Plan]
    sections: list[Section]
    measures: list[Measure]
    stages: list[Stage]
    series: list[Series]
    indicators: list[Indicator]
    targets: list[Target]
    values: list[Value]
    evidence: list[Evidence]
    ways: list[Lineage]
    action_plans: list[ActionPlan]
    actions: list[Action]
    drivers: list[Driver]
    assets: list[Asset]
    driver_ties: dict[int, list[int]]
    asset_ties: dict[int, list[int]]
    edits: list[Edit]

    @classmethod
    def read(cls, until: datetime | None = None) -> Self:
        """Read them; with `until` no figure or evidence that was written at that moment or later."""
        evidence = Evidence.objects.filter(withdrawn_at=None)
        rows = cls(
            plans=list(Plan.objects.order_by("-first_year", "code")),
            sections=list(Section.objects.order_by("order")),
            measures=list(Measure.objects.order_by("order")),
            stages=list(Stage.objects.order_by("order")),
            series=list(Series.objects.all()),
            indicators=list(Indicator.objects.order_by("order")),
            targets=list(_before(Target.objects.all(), "set_at", until)),
            values=list(_before(Value.objects.all(), "recorded_at", until)),
            evidence=list(
                evidence.filter(value__superseded_at=None)
                if until is None
                else _before(evidence, "added_at", until)
            ),
            ways=list(Lineage.objects.order_by("origin__order", "heir__order", "pk")),
            action_plans=list(ActionPlan.objects.order_by("fiscal_year")),
            actions=list(Action.objects.order_by("action_plan__fiscal_year", "pk")),
            drivers=list(Driver.objects.order_by("order", "pk")),
            assets=list(Asset.objects.order_by("order", "pk")),
            driver_ties=_ties(Driver),
            asset_ties=_ties(Asset),
            edits=list(Edit.objects.order_by("made_at", "pk")),
        )
        rows._tie_together()
        return rows

    def _tie_together(self) -> None:
        plans, sections = _by_key(self.plans), _by_key(self.sections)
        series, years = _by_key(self.series), _by_key(self.action_plans)
        for measure in self.measures:
            measure.plan = plans[measure.plan_id]
            measure.section = sections[measure.section_id]
        for indicator in self.indicators:
            indicator.series = series[indicator.series_id] if indicator.series_id else None
        for action in self.actions:
            action.action_plan = years[action.action_plan_id]


def _by_key(rows: list[R]) -> dict[Any, R]:
    return {row.pk: row for row in rows}


def _before(rows: "QuerySet[R]", moment: str, until: datetime | None) -> "QuerySet[R]":
    return rows if until is None else rows.filter(**{f"{moment}__lt": until})


def _ties(model: type[Driver] | type[Asset]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    ties = model.objects.filter(measures__isnull=False).order_by(
        "measures__plan", "measures__order"
    )
    for key, measure in ties.values_list("pk", "measures"):
        found.setdefault(key, []).append(measure)
    return found
