"""What services and the city may ask of the plan engine."""

from tsunagari.engines.plan.actions.load_plan import Loaded, load_plan
from tsunagari.engines.plan.actions.supersede import set_target, set_value
from tsunagari.engines.plan.queries.board import (
    IndicatorState,
    MeasurePage,
    MeasureState,
    PlanBoard,
    PlanHead,
    Result,
)
from tsunagari.engines.plan.queries.counts import Counts, counts
from tsunagari.engines.plan.queries.marks import CODES, Mark, mark, mark_of, sentence
from tsunagari.engines.plan.queries.plans import measure_page, newest_board, plan_board, plan_heads
from tsunagari.engines.plan.rules.pack import PackRefused, Problem
from tsunagari.engines.plan.rules.progress import STATUSES, Status

__all__ = [
    "CODES",
    "STATUSES",
    "Counts",
    "IndicatorState",
    "Loaded",
    "Mark",
    "MeasurePage",
    "MeasureState",
    "PackRefused",
    "PlanBoard",
    "PlanHead",
    "Problem",
    "Result",
    "Status",
    "counts",
    "load_plan",
    "mark",
    "mark_of",
    "measure_page",
    "newest_board",
    "plan_board",
    "plan_heads",
    "sentence",
    "set_target",
    "set_value",
]
