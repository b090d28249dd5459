"""The plan's tables: plans, measures, figures, and what surrounds them. All of them by their names.

Texts are kept in Japanese; other languages stand in kernel/i18n's translation rows. Years are fiscal
years, named by the calendar year in which they begin. Figures are superseded, never overwritten.
"""

from tsunagari.engines.plan.models.figures import (
    Evidence,
    Indicator,
    Series,
    Target,
    Value,
)
from tsunagari.engines.plan.models.measures import (
    Action,
    ActionPlan,
    Lineage,
    Measure,
    Stage,
)
from tsunagari.engines.plan.models.plans import Edit, Edition, Plan, Section
from tsunagari.engines.plan.models.surroundings import Asset, Driver

__all__ = [
    "Action",
    "ActionPlan",
    "Asset",
    "Driver",
    "Edit",
    "Edition",
    "Evidence",
    "Indicator",
    "Lineage",
    "Measure",
    "Plan",
    "Section",
    "Series",
    "Stage",
    "Target",
    "Value",
]
