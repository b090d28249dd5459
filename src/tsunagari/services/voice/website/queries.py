"""What the home page shows: plans with true counts, figures that move, what was read this week, divisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering
from tsunagari.services.voice.website.service import service

VIEWS = service.meters[0].id
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Home:
    """Everything on the home page, as plain data. `moving` are the metered
    and loaded indicators that have a figure; `read` holds room ids with views, most first."""

    board: plan.PlanBoard | None
    counts: plan.Counts | None
    moving: tuple[tuple[plan.MeasureState, plan.IndicatorState], ...]
    read: tuple[tuple[str, int], ...]
    divisions: tuple[identity.DivisionNow, ...]


def home(*, now: datetime, language: str) -> Home:
    """Read the home page's parts; the plan shown is the newest one."""
    board = plan.newest_board(now=now, language=language)
    measures = board.measures if board else ()
    return Home(
        board=board,
        counts=plan.counts(measures) if board else None,
        moving=tuple(
            (measure, indicator)
            for measure in measures
            if measure.counted
            for indicator in measure.indicators
            if indicator.meter and indicator.latest is not None
        ),
        read=read_this_week(now),
        divisions=tuple(identity.divisions(FiscalYear.at(now), language)),
    )


def read_this_week(now: datetime) -> tuple[tuple[str, int], ...]:
    """Views of the last seven days in Japan, today included, by room, most first."""
    first = day_start(japan_day(now) - timedelta(days=WEEK - 1))
    counted = metering.slices(VIEWS, grain="day", start=first, end=now, by=["service"])
    return tuple((dimensions["service"], views) for dimensions, views in counted)
