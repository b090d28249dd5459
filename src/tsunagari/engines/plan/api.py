"""What services and the city may ask of the plan engine."""

from tsunagari.engines.plan.actions.attach_evidence import NotYourFigure
from tsunagari.engines.plan.actions.correct_result import correct_result
from tsunagari.engines.plan.actions.edit_things import Editor
from tsunagari.engines.plan.actions.end_measure import end_measure
from tsunagari.engines.plan.actions.enter_figure import FigureOvertaken, Typed, enter_figure
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.actions.load_plans import Loaded, load_plans
from tsunagari.engines.plan.actions.load_surroundings import load_surroundings
from tsunagari.engines.plan.actions.make_heirs import (
    Growth,
    MadeMeasure,
    NewMeasure,
    make_heirs,
)
from tsunagari.engines.plan.actions.move_stage import move_stage
from tsunagari.engines.plan.actions.replay_change import (
    NoSuchFigureError,
    PastChange,
    replay_change,
)
from tsunagari.engines.plan.actions.revise_indicator import TextsOvertaken, revise_indicator
from tsunagari.engines.plan.actions.revise_target import revise_target
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
from tsunagari.engines.plan.actions.write_year import write_year
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
from tsunagari.engines.plan.queries.by_hand import (
    HandTarget,
    recorded_in_year,
    targets_by_hand,
)
from tsunagari.engines.plan.queries.changed_later import LaterChange, changed_later
from tsunagari.engines.plan.queries.closed_years import (
    ClosedYear,
    Judged,
    Months,
    closed_years,
    judge_closed,
    months_of_year,
)
from tsunagari.engines.plan.queries.counts import CODES, Counts, counts
from tsunagari.engines.plan.queries.figure_desk import shape_of
from tsunagari.engines.plan.queries.figures_of_year import YearValue, figures_of_year
from tsunagari.engines.plan.queries.first_days import first_day, surely_known_since
from tsunagari.engines.plan.queries.history import FigureVersion, History, TextEdit, history
from tsunagari.engines.plan.queries.indicator_texts import indicator_texts
from tsunagari.engines.plan.queries.lines import (
    SeriesHead,
    StandingFigure,
    series_heads,
    series_line,
    standing_figures,
)
from tsunagari.engines.plan.queries.marks import (
    Mark,
    mark,
    mark_beside,
    mark_in,
    mark_of,
    mark_of_indicator,
    sentence,
    with_ended,
)
from tsunagari.engines.plan.queries.measure_heads import (
    IndicatorHead,
    MeasureHead,
    measure_heads,
    measures_by_id,
    measures_of_year,
    plan_and_measures,
    planned_of_year,
)
from tsunagari.engines.plan.queries.open_data import (
    PlanWords,
    figure_rows,
    open_data_terms,
    plan_words,
    terms_of_pack,
)
from tsunagari.engines.plan.queries.plans import (
    actions_of,
    assets,
    boards,
    drivers,
    measure_page,
    newest_board,
    plan_board,
    plan_heads,
)
from tsunagari.engines.plan.queries.publisher import publisher_at
from tsunagari.engines.plan.queries.reading import slowest
from tsunagari.engines.plan.queries.river import whole_river
from tsunagari.engines.plan.queries.snapshot import last_moment
from tsunagari.engines.plan.queries.years import year_actions
from tsunagari.engines.plan.rules.catalog import (
    Catalog,
    DataFile,
    Dataset,
    Format,
    Publisher,
    graph,
)
from tsunagari.engines.plan.rules.catalog_graph import json_ld
from tsunagari.engines.plan.rules.entry import Entry, EntryRefused, entry_in
from tsunagari.engines.plan.rules.forecast import Forecast
from tsunagari.engines.plan.rules.hands import Hand as PlanHand
from tsunagari.engines.plan.rules.how import How
from tsunagari.engines.plan.rules.open_data import Column, FigureRow
from tsunagari.engines.plan.rules.open_data import headers as open_headers
from tsunagari.engines.plan.rules.open_data_csvw import TableHead, table_metadata
from tsunagari.engines.plan.rules.open_data_files import csv_of, json_of, open_table, workbook_of
from tsunagari.engines.plan.rules.open_data_terms import Licence, Terms, TermsRefused
from tsunagari.engines.plan.rules.pack import PackRefused, Problem
from tsunagari.engines.plan.rules.plan_file import RESERVED_NUMBERS
from tsunagari.engines.plan.rules.plan_words import DRIVER_KINDS, MEASURE_KINDS, STAGE_WORDS
from tsunagari.engines.plan.rules.progress import STATUSES, Aim, Reason, Status, reached
from tsunagari.engines.plan.rules.reasons import REASONS
from tsunagari.engines.plan.rules.reports import ReportLink, reports_of, tells_reports
from tsunagari.engines.plan.rules.revisable import LONGEST as LONGEST_OF_INDICATOR
from tsunagari.engines.plan.rules.revisable import REVISABLE, revision_faults
from tsunagari.engines.plan.rules.revisable import TITLES as TITLES_OF_INDICATOR
from tsunagari.engines.plan.rules.rights import may_enter
from tsunagari.engines.plan.rules.text_faults import Refused as TextsRefused
from tsunagari.engines.plan.rules.told_datasets import tells_datasets
from tsunagari.engines.plan.rules.typed_figure import (
    Figure,
    FigureRefused,
    Period,
    Shape,
    figure_of,
)

__all__ = [
    "CODES",
    "DRIVER_KINDS",
    "LONGEST_OF_INDICATOR",
    "MEASURE_KINDS",
    "REASONS",
    "RESERVED_NUMBERS",
    "REVISABLE",
    "STAGE_WORDS",
    "STATUSES",
    "TITLES_OF_INDICATOR",
    "ActionState",
    "Aim",
    "AssetState",
    "Basis",
    "Catalog",
    "ClosedYear",
    "Column",
    "Counts",
    "DataFile",
    "Dataset",
    "DivisionName",
    "DriverState",
    "Editor",
    "Entry",
    "EntryRefused",
    "EvidenceLink",
    "Figure",
    "FigureOvertaken",
    "FigureRefused",
    "FigureRow",
    "FigureVersion",
    "Forecast",
    "Format",
    "GradeName",
    "Growth",
    "HandTarget",
    "History",
    "How",
    "IndicatorHead",
    "IndicatorMissing",
    "IndicatorState",
    "Judged",
    "Label",
    "LaterChange",
    "Licence",
    "Loaded",
    "MadeMeasure",
    "Mark",
    "MeasureHead",
    "MeasurePage",
    "MeasureState",
    "Months",
    "NewMeasure",
    "NoSuchFigureError",
    "NotYourFigure",
    "NotYours",
    "Overtaken",
    "PackRefused",
    "PastChange",
    "Period",
    "PlanBoard",
    "PlanHand",
    "PlanHead",
    "PlanWords",
    "Problem",
    "Publisher",
    "Reason",
    "ReportLink",
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
    "Shape",
    "StageCell",
    "StageLine",
    "StandingFigure",
    "Status",
    "TableHead",
    "TakenIn",
    "TargetState",
    "Terms",
    "TermsRefused",
    "TextEdit",
    "TextsOvertaken",
    "TextsRefused",
    "Typed",
    "YearHead",
    "YearValue",
    "actions_of",
    "assets",
    "boards",
    "changed_later",
    "check_right",
    "closed_years",
    "correct_result",
    "counts",
    "csv_of",
    "drivers",
    "end_measure",
    "enter_figure",
    "entry_in",
    "figure_of",
    "figure_rows",
    "figures_of_year",
    "first_day",
    "graph",
    "history",
    "hold_plan",
    "indicator_texts",
    "json_ld",
    "json_of",
    "judge_closed",
    "last_moment",
    "load_plans",
    "load_surroundings",
    "make_heirs",
    "mark",
    "mark_beside",
    "mark_in",
    "mark_of",
    "mark_of_indicator",
    "may_enter",
    "measure_heads",
    "measure_page",
    "measures_by_id",
    "measures_of_year",
    "months_of_year",
    "move_stage",
    "newest_board",
    "open_data_terms",
    "open_headers",
    "open_table",
    "plan_and_measures",
    "plan_board",
    "plan_heads",
    "plan_words",
    "planned_of_year",
    "publisher_at",
    "reached",
    "recorded_in_year",
    "replay_change",
    "reports_of",
    "revise_indicator",
    "revise_target",
    "revision_faults",
    "sentence",
    "series_heads",
    "series_line",
    "set_target",
    "set_value",
    "shape_of",
    "slowest",
    "standing_figures",
    "surely_known_since",
    "table_metadata",
    "take_in_figure",
    "targets_by_hand",
    "tells_datasets",
    "tells_reports",
    "terms_of_pack",
    "turn_edition",
    "whole_river",
    "with_ended",
    "workbook_of",
    "write_year",
    "year_actions",
]
