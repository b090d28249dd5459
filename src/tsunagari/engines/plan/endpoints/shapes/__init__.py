"""What the plans' API answers: every field with its meaning, its unit and what null says.

Figures are decimal numbers written as strings, without padding ("26.6"); null says that a figure is not
known, which is never 0. Years are fiscal years, named by the calendar year in which they begin in April.
"""

from tsunagari.engines.plan.endpoints.shapes.changes import (
    EntryIn,
    FigureVersionOut,
    HistoryOut,
    OvertakenOut,
    StandingFigureOut,
    TakenInOut,
    TextEditOut,
)
from tsunagari.engines.plan.endpoints.shapes.figures import (
    ForecastOut,
    IndicatorOut,
    ProgressOut,
    ResultOut,
    TargetOut,
)
from tsunagari.engines.plan.endpoints.shapes.lines import (
    LineageOut,
    LineMeasureOut,
    SeriesHeadOut,
    SeriesOut,
    SeriesPartOut,
    SeriesPlaceOut,
    WayOut,
)
from tsunagari.engines.plan.endpoints.shapes.measures import (
    ActionOut,
    AssetOut,
    DivisionOut,
    DriverOut,
    MeasureOut,
    MeasureWholeOut,
    RowIndicatorOut,
    RowOut,
    ServiceOut,
    StageCellOut,
    StageOut,
)
from tsunagari.engines.plan.endpoints.shapes.plans import (
    CountsOut,
    GradeOut,
    LabelOut,
    PlanOut,
    PlanWholeOut,
    ScaleOut,
    SectionOut,
    YearOut,
)

__all__ = [
    "ActionOut",
    "AssetOut",
    "CountsOut",
    "DivisionOut",
    "DriverOut",
    "EntryIn",
    "FigureVersionOut",
    "ForecastOut",
    "GradeOut",
    "HistoryOut",
    "IndicatorOut",
    "LabelOut",
    "LineMeasureOut",
    "LineageOut",
    "MeasureOut",
    "MeasureWholeOut",
    "OvertakenOut",
    "PlanOut",
    "PlanWholeOut",
    "ProgressOut",
    "ResultOut",
    "RowIndicatorOut",
    "RowOut",
    "ScaleOut",
    "SectionOut",
    "SeriesHeadOut",
    "SeriesOut",
    "SeriesPartOut",
    "SeriesPlaceOut",
    "ServiceOut",
    "StageCellOut",
    "StageOut",
    "StandingFigureOut",
    "TakenInOut",
    "TargetOut",
    "TextEditOut",
    "WayOut",
    "YearOut",
]
