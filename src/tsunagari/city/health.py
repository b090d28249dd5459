"""Whether this process can serve: its database answers, and the tables are those of this version."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

KEPT = 1.0
"""Seconds for which an answer stands: however often it is asked, the database is asked once."""
KEPT_TABLES = 60.0
"""Seconds for which it stands that the tables are those of this version."""


class Health:
    """What was found last, for all threads of a process. `now` gives seconds that only grow."""

    def __init__(self, *, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._asked = float("-inf")
        self._tables_right = float("-inf")
        self._faults: list[str] = []

    def faults(self) -> list[str]:
        """Why this process cannot serve, a sentence each without names or addresses; empty when it can."""
        with self._lock:
            if self._now() - self._asked >= KEPT:
                self._faults = self._look()
                self._asked = self._now()
            return list(self._faults)

    def _look(self) -> list[str]:
        try:
            with connection.cursor() as database:
                database.execute("SELECT 1")
            return self._tables()
        except DatabaseError:
            connection.close()
            self._tables_right = float("-inf")
            return ["database: does not answer"]

    def _tables(self) -> list[str]:
        if self._now() - self._tables_right < KEPT_TABLES:
            return []
        if unapplied():
            return ["database: its tables are of another version; run tsunagari migrate"]
        self._tables_right = self._now()
        return []


def unapplied() -> list[str]:
    """The migrations of this version that the database does not have, as app.name. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
