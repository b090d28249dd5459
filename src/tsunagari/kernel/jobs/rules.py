"""The rules of work behind the pages: when to try again, when a day's job is due, what counts as alive."""

from datetime import date, datetime, time, timedelta
from typing import Final

from tsunagari.kernel.i18n.days import japan

FIRST_WAIT: Final = timedelta(seconds=15)
WAIT_GROWS: Final = 4
LONGEST_WAIT: Final = timedelta(hours=1)
JITTER: Final = 0.2

LEASE: Final = timedelta(seconds=60)
"""How long a job stays with a worker that gives no sign of life."""

SHORTEST_LEASE: Final = timedelta(seconds=10)
"""A lease must outlast several signs of life, or a living worker would lose its job."""

BEAT: Final = timedelta(seconds=2)
"""How often a worker gives a sign of life, extends its job's lease and looks for lost and daily jobs."""

POLL: Final = timedelta(seconds=0.5)
"""How long a worker with nothing to do waits before it looks again."""

GRACE: Final = timedelta(seconds=20)
"""How long a running job may go on after its worker was asked to stop."""

NOTE_TICKERS: Final = timedelta(seconds=5)
"""How often at most a ticker's good run is written down."""

ALIVE: Final = timedelta(seconds=30)
"""A worker whose last sign of life is older counts as gone."""

KEEP_FINISHED: Final = timedelta(days=30)
"""How long finished and withdrawn jobs stay (their keys stay spent as long); dead ones stay until decided."""

KEEP_WORKERS: Final = timedelta(days=7)


def retry_wait(attempt: int, chance: float) -> timedelta:
    """How long to wait after failed attempt number `attempt` (from 1): 15 s, 1, 4, 16 min, then 1 h.

    `chance` from 0 to 1 moves it by up to 20 % either way, so that jobs which failed together do not
    come back together.
    """
    if attempt < 1:
        raise ValueError(f"attempts count from 1, not {attempt}")
    grown: int = WAIT_GROWS ** min(attempt - 1, 20)
    wait = min(FIRST_WAIT * grown, LONGEST_WAIT)
    return wait * (1 - JITTER + 2 * JITTER * chance)


def daily_due(now: datetime, at: time, last_day: date | None) -> date | None:
    """The Japan day for which a daily job is to be enqueued at `now`, or None if none is.

    After days of standstill it is due once, for the latest day; a clock set back finds its day done
    already. A job that never ran waits for its first hour.
    """
    today = japan(now)
    day = today.date() if today.time() >= at else today.date() - timedelta(days=1)
    if last_day is None:
        return day if day == today.date() else None
    return day if day > last_day else None
