"""What services and the city may ask of the plan engine."""

from tsunagari.engines.plan.actions.load_plans import Loaded, load_plans
from tsunagari.engines.plan.actions.load_surroundings import load_surroundings
from tsunagari.engines.plan.actions.replay_change import (
    NoSuchFigureError,
    PastChange,
    replay_change,
)
from tsunagari.engines.plan.actions.supersede import Basis, set_target, set_value
from tsunagari.engines.plan.actions.take_in_figure import (
    IndicatorMissing,
    NotYours,
    Overtaken,
    TakenIn,
    check_right,
    take_in_figure,
)
from tsunagari.engines.plan.actions.turn_edition import turn_edition
from tsunagari.engines.plan.queries.board import (
    ActionState,
    AssetState,
    DivisionName,
    DriverState,
    EvidenceLink,
    GradeName,
    IndicatorState,
    Label,
    MeasurePage,
    MeasureState,
    PlanBoard,
    PlanHead,
    Result,
    River,
    RiverMeasure,
    RiverWay,
    ScaleHead,
    SectionHead,
    SeriesLine,
    SeriesPart,
    ServiceLink,
    StageCell,
    StageLine,
    TargetState,
    YearHead,
)
from tsunagari.engines.plan.queries.counts import Counts, counts
from tsunagari.engines.plan.queries.history import FigureVersion, History, TextEdit, history
from tsunagari.engines.plan.queries.lines import (
    SeriesHead,
    StandingFigure,
    series_heads,
    series_line,
    standing_figures,
)
from tsunagari.engines.plan.queries.marks import CODES, Mark, mark, mark_in, mark_of, sentence
from tsunagari.engines.plan.queries.plans import (
    assets,
    boards,
    drivers,
    measure_page,
    newest_board,
    plan_board,
    plan_heads,
)
from tsunagari.engines.plan.queries.river import whole_river
from tsunagari.engines.plan.queries.years import year_actions
from tsunagari.engines.plan.rules.entry import Entry, EntryRefused, entry_in
from tsunagari.engines.plan.rules.forecast import Forecast
from tsunagari.engines.plan.rules.how import How
from tsunagari.engines.plan.rules.pack import PackRefused, Problem
from tsunagari.engines.plan.rules.progress import STATUSES, Reason, Status
from tsunagari.engines.plan.rules.rights import may_enter

__all__ = [
    "CODES",
    "STATUSES",
    "ActionState",
    "AssetState",
    "Basis",
    "Counts",
    "DivisionName",
    "DriverState",
    "Entry",
    "EntryRefused",
    "EvidenceLink",
    "FigureVersion",
    "Forecast",
    "GradeName",
    "History",
    "How",
    "IndicatorMissing",
    "IndicatorState",
    "Label",
    "Loaded",
    "Mark",
    "MeasurePage",
    "MeasureState",
    "NoSuchFigureError",
    "NotYours",
    "Overtaken",
    "PackRefused",
    "PastChange",
    "PlanBoard",
    "PlanHead",
    "Problem",
    "Reason",
    "Result",
    "River",
    "RiverMeasure",
    "RiverWay",
    "ScaleHead",
    "SectionHead",
    "SeriesHead",
    "SeriesLine",
    "SeriesPart",
    "ServiceLink",
    "StageCell",
    "StageLine",
    "StandingFigure",
    "Status",
    "TakenIn",
    "TargetState",
    "TextEdit",
    "YearHead",
    "assets",
    "boards",
    "check_right",
    "counts",
    "drivers",
    "entry_in",
    "history",
    "load_plans",
    "load_surroundings",
    "mark",
    "mark_in",
    "mark_of",
    "may_enter",
    "measure_page",
    "newest_board",
    "plan_board",
    "plan_heads",
    "replay_change",
    "sentence",
    "series_heads",
    "series_line",
    "set_target",
    "set_value",
    "standing_figures",
    "take_in_figure",
    "turn_edition",
    "whole_river",
    "year_actions",
]
