"""What Prometheus reads beside the requests: the database, jobs, the ledger, page views and the last backup.

Each scrape asks anew, in about ten small queries. A database that is away is a figure (0), not an error.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from tsunagari.kernel.edge import api as edge
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.jobs import api as jobs
from tsunagari.kernel.ledger import api as ledger
from tsunagari.kernel.marks import api as marks
from tsunagari.kernel.metering import api as metering

logger = logging.getLogger("tsunagari.measurements")


def platform_version() -> str:
    """The version of this checkout."""
    try:
        return version("tsunagari")
    except PackageNotFoundError:  # it runs from its path, without having been installed
        for line in (settings.ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines():
            if line.startswith("version ="):
                return line.partition("=")[2].strip().strip('"')
        return "unknown"


class Sheet(Collector):
    """One scrape's figures. They are read anew each time and belong to no process."""

    def __init__(self) -> None:
        self._families: list[GaugeMetricFamily] = []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """What was written on the sheet."""
        return self._families

    def figure(self, name: str, meaning: str, value: float) -> None:
        """A figure without labels."""
        self._families.append(GaugeMetricFamily(f"tsunagari_{name}", meaning, value=value))

    def figures(
        self, name: str, meaning: str, labels: Sequence[str], values: Mapping[tuple[str, ...], int]
    ) -> None:
        """A figure for each combination of these labels."""
        family = GaugeMetricFamily(f"tsunagari_{name}", meaning, labels=labels)
        for key, value in values.items():
            family.add_metric(key, value)
        self._families.append(family)

    def text(self) -> bytes:
        """The sheet in Prometheus' text format."""
        registry = CollectorRegistry()
        registry.register(self)
        return generate_latest(registry)


def exposition(*, clock: Clock = system_clock) -> bytes:
    """All measurements in Prometheus' text format: the processes' own, then what the database tells."""
    sheet = Sheet()
    sheet.figures(
        "build_info",
        "Always 1; which version of which city in which zone this is.",
        ["version", "city", "zone"],
        {(platform_version(), settings.CITY, settings.ZONE): 1},
    )
    told = Sheet()
    try:
        _tell(told, clock())
        answers = 1
    except DatabaseError as error:
        logger.warning("the database does not answer: %s", error)
        connection.close()
        told, answers = Sheet(), 0
    sheet.figure("database_up", "1 when the database answers.", answers)
    return edge.instruments.exposition() + sheet.text() + told.text()


def _tell(sheet: Sheet, now: datetime) -> None:
    _tell_of_jobs(sheet, now)
    _tell_of_the_ledger(sheet, now)
    sheet.figure(
        "views_waiting", "Rows of page views that no sum holds yet.", metering.waiting_views()
    )
    made = marks.last("backup")
    if made:
        sheet.figure(
            "backup_age_seconds", "Seconds since the last whole backup.", _age(now, made.at)
        )


def _tell_of_jobs(sheet: Sheet, now: datetime) -> None:
    work = jobs.work(now)
    sheet.figures(
        "jobs",
        "Jobs that wait, run, or have failed for good.",
        ["state"],
        {("waiting",): work.waiting, ("running",): work.running, ("failed",): work.failed},
    )
    sheet.figure(
        "jobs_oldest_waiting_seconds",
        "For how long the longest waiting job could have run; 0 when none is due.",
        _age(now, work.oldest),
    )
    sheet.figure(
        "workers_alive", "Workers that gave a sign of life in the last 30 seconds.", work.workers
    )


def _tell_of_the_ledger(sheet: Sheet, now: datetime) -> None:
    lag, seal = ledger.lag(), ledger.last_seal()
    sheet.figure("ledger_position", "The newest position.", ledger.last_position())
    sheet.figure("ledger_waiting", "Events that wait for their position.", lag.waiting)
    sheet.figures(
        "ledger_lag",
        "Events by which a follower is behind.",
        ["follower"],
        {(name,): behind for name, behind in lag.behind.items()},
    )
    sheet.figure("ledger_seals", "Number of the newest seal.", seal.number if seal else 0)
    sheet.figure(
        "ledger_seal_age_seconds",
        "Seconds since the newest seal; 0 when there is none.",
        _age(now, seal.sealed_at if seal else None),
    )


def _age(now: datetime, since: datetime | None) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0
