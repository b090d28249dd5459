"""What other rooms may ask of metering."""

from collections.abc import Callable, Iterable, Mapping

from tsunagari.kernel.metering import queries
from tsunagari.kernel.metering.actions.count_views import Flusher, ViewCounter
from tsunagari.kernel.metering.actions.load_figures import (
    Change,
    Giver,
    Outcome,
    load_figures,
    preview_figures,
)
from tsunagari.kernel.metering.actions.read_gauges import READINGS, Reading
from tsunagari.kernel.metering.actions.take_past_views import PastViews, take_past_views
from tsunagari.kernel.metering.declare import Loaded, Meter
from tsunagari.kernel.metering.queries import (
    figure,
    figures,
    last_recount,
    last_recounts,
    series,
    series_of,
    slices,
)
from tsunagari.kernel.metering.rules import (
    Figure,
    Grain,
    MonthFigure,
    Point,
    RecountResult,
    RecountWords,
    Refused,
)
from tsunagari.kernel.metering.rules import recount_words as words_of

__all__ = [
    "Change",
    "Figure",
    "Giver",
    "Grain",
    "Loaded",
    "MonthFigure",
    "Outcome",
    "PastViews",
    "Point",
    "RecountResult",
    "RecountWords",
    "Refused",
    "count_view",
    "declare",
    "declared",
    "declared_meter",
    "figure",
    "figures",
    "flush_views",
    "last_recount",
    "last_recounts",
    "load_figures",
    "name_slices",
    "owner",
    "preview_figures",
    "reading",
    "recount_words",
    "series",
    "series_of",
    "slices",
    "start_flushing",
    "stop_flushing",
    "take_past_views",
    "unwritten_views",
    "waiting_views",
]

declared_meter = queries.meter_named

_COUNTER = ViewCounter()
_FLUSHERS: list[Flusher] = []


def declare(by_folder: Mapping[str, Iterable[Meter]], *, owners: Mapping[str, str]) -> None:
    """Take in every meter by its service's folder; `owners` gives the service's id. The door calls
    this once. Raises Refused in a sentence that names folder, meter, fault and mend."""
    queries.DECLARED.readings = set(READINGS)
    queries.DECLARED.take(by_folder, owners)


def name_slices(words: Mapping[tuple[str, str], str]) -> None:
    """Tell in which words pages name what dimensions hold, by (dimension, held): for example
    ("service", "website") is ウェブサイト. A page is named ("page", "website.home")."""
    queries.DECLARED.words = dict(words)


def declared() -> tuple[Meter, ...]:
    """Every meter of this installation."""
    return tuple(queries.DECLARED.meters.values())


def owner(meter_id: str) -> str:
    """The id of the service that declares the meter."""
    queries.meter_named(meter_id)
    return queries.DECLARED.owners[meter_id]


def reading(name: str) -> Callable[[Reading], Reading]:
    """Offer a state that a Gauge can read: put it on a function in a room's tasks.py.

    The function gives the state now by dimensions, for example {(("kind", "news"),): 12}, or
    {(): 12} without any; whole numbers.
    """

    def offered(function: Reading) -> Reading:
        READINGS[name] = function
        return function

    return offered


def recount_words(meter_id: str, result: RecountResult | None) -> RecountWords | None:
    """How a meter is checked every night and what `result` (of last_recount) says, in the reader's
    language; None for a meter that cannot be counted anew (a Gauge)."""
    parts = queries.recounted_by(queries.meter_named(meter_id))
    if not parts:
        return None
    return words_of(queries.meter_named(result.meter) if result else parts[0], result)


def count_view(
    *, service: str, page: str, language: str, division: str = "", subject: str = ""
) -> None:
    """Count one view of a public page in this process's memory: no database, no cookie, no address."""
    _COUNTER.count(service, page, language, division, subject)


def flush_views() -> int:
    """Write what this process has counted; returns how many views. Raises the database's error."""
    return _COUNTER.flush()


def unwritten_views() -> int:
    """How many views stand in this process's memory only."""
    return _COUNTER.unwritten()


def waiting_views() -> int:
    """How many written rows of page views no sum holds yet."""
    return queries.waiting_views()


def start_flushing() -> None:
    """Begin flushing in the background; each server process calls this once, after its fork."""
    _COUNTER.renew()
    flusher = Flusher(_COUNTER)
    _FLUSHERS.append(flusher)
    flusher.start()


def stop_flushing() -> None:
    """Flush the rest and stop; call it when the process answers no more requests."""
    while _FLUSHERS:
        _FLUSHERS.pop().stop()
