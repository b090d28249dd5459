"""What a room may ask of the worker besides jobs: tickers at a pace, jobs once a day in Japan, and to be
told what people decide about jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Literal

TICKERS: dict[str, "Ticker"] = {}
"""Every declared ticker by its name; filled when the rooms' `tasks` are imported."""

DAILIES: dict[str, "Daily"] = {}
"""Every declared daily job by the path of its task; filled when the rooms' `tasks` are imported."""

TITLES: dict[str, str] = {}
"""What the console calls a job or ticker, by its path: a Japanese text marked with N_."""

HEARERS: list["Hearer"] = []
"""Who is told of decisions; filled at start by rooms above this one (the ledger keeps them)."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided about a job: `job` and `actor` are public ids, `task` the path of its task."""

    verb: Literal["retry", "withdraw"]
    job: str
    task: str
    actor: str


Hearer = Callable[[Decision], object]


@dataclass(frozen=True, kw_only=True)
class Ticker:
    """A short function that each worker runs again and again, `seconds` after its last end.

    Every worker runs every ticker, so it must be safe to run at the same time in two of them.
    """

    name: str
    seconds: float
    run: Callable[[], object]

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(
                f"{self.name}: @every({self.seconds}) must wait a while; give a number of seconds above 0"
            )


@dataclass(frozen=True, kw_only=True)
class Daily:
    """A job (by the path of its task) that is enqueued once a Japan day, from `at` o'clock on."""

    task: str
    at: time


def on_decision(hearer: Hearer) -> None:
    """Be told of each decision, in the transaction that carries it out: what `hearer` raises undoes it.
    Safe to call twice."""
    if hearer not in HEARERS:
        HEARERS.append(hearer)


def add_ticker(ticker: Ticker) -> None:
    """Make a ticker known to the worker; two with one name are refused."""
    if ticker.name in TICKERS:
        raise ValueError(f"ticker {ticker.name!r} is declared twice; rename one of the functions")
    TICKERS[ticker.name] = ticker


def add_daily(daily: Daily) -> None:
    """Make a daily job known to the worker; two with one task are refused."""
    if daily.task in DAILIES:
        raise ValueError(f"daily job {daily.task!r} is declared twice; rename one of the functions")
    DAILIES[daily.task] = daily
