"""What the home page shows: plans with true counts, figures that move, what was read this week, divisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tsunagari.engines.content import api as content
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.days import FiscalYear, day_start, japan_day
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering
from tsunagari.services.voice.website.service import service

VIEWS = service.meters[0].id
WEEK = 7
NEWS = 6
EVENTS = 4


@dataclass(frozen=True, kw_only=True)
class Home:
    """Everything on the home page, as plain data. `moving` are the metered
    and loaded indicators that have a figure; `read` holds room ids with views, most first. `topics` stand with
    those below them; `examples` are what one may search for."""

    urgent: tuple[content.PageRow, ...]
    news: tuple[content.PageRow, ...]
    events: tuple[content.PageRow, ...]
    topics: tuple[tuple[content.PageRow, tuple[content.PageRow, ...]], ...]
    life_events: tuple[content.Word, ...]
    examples: tuple[str, ...]
    board: plan.PlanBoard | None
    counts: plan.Counts | None
    moving: tuple[tuple[plan.MeasureState, plan.IndicatorState], ...]
    read: tuple[tuple[str, int], ...]
    divisions: tuple[identity.DivisionNow, ...]


def home(*, now: datetime, language: str) -> Home:
    """Read the home page's parts; the plan shown is the newest one, in easy Japanese none: it is not written so."""
    board = plan.newest_board(now=now, language=language) if language != "easy" else None
    measures = board.measures if board else ()
    words = content.site_words(Path(settings.CITY_PACK))
    urgent, news = content.urgent_and_newest(language, NEWS)
    return Home(
        urgent=urgent,
        news=news,
        events=content.next_events(language, now=now, limit=EVENTS),
        topics=content.topics_with_those_below(language),
        life_events=words.life_events,
        examples=words.search_examples,
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
