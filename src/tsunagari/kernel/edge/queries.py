"""What a process hears from the database: the purges since it looked last, and whether the site is read-only.

Numbers are given to rows before they are committed, and a transaction may take long: the row with the higher
number can be seen first. On PostgreSQL a reader therefore keeps the snapshot of its last look, and asks for the
rows of every transaction that this snapshot did not see, whatever their numbers. SQLite has one writer at a
time, which gives the number and commits before the next begins.
"""

import os
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tsunagari.kernel.edge.declare import EVERYTHING
from tsunagari.kernel.edge.models import Purge, ReadOnlySwitch

MANY = 5000
"""More purges than that at one look: everything is dropped instead."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One look. `names` were purged since the look whose `position` was given; `writable` says whether the
    database takes a write at all."""

    names: tuple[str, ...]
    position: str
    read_only: bool
    writable: bool


POSTGRESQL = """
SELECT pg_current_snapshot()::text,
       NOT (pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean),
       COALESCE((SELECT bool_or("on") FROM edge_readonlyswitch), false),
       %(since)s <> '' AND pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                         < pg_snapshot_xmax(NULLIF(%(since)s, '')::pg_snapshot)::text::bigint,
       ARRAY(SELECT name FROM edge_purge
             WHERE %(since)s <> ''
               AND transaction >= pg_snapshot_xmin(NULLIF(%(since)s, '')::pg_snapshot)::text::bigint
               AND NOT pg_visible_in_snapshot(transaction::text::xid8, NULLIF(%(since)s, '')::pg_snapshot)
             LIMIT %(limit)s)
"""


def listen(since: str) -> Heard:
    """What was purged since `since`, the position of the look before; with "" only where one stands now.

    Raises DatabaseError. A database that stands behind that position was put back to an earlier state:
    everything is purged then.
    """
    if connection.vendor == "postgresql":
        return _listen_to_postgresql(since)
    return _listen_to_sqlite(since)


def _listen_to_postgresql(since: str) -> Heard:
    with connection.cursor() as database:
        database.execute(POSTGRESQL, {"since": since, "limit": MANY + 1})
        position, writable, read_only, turned_back, names = database.fetchone()
    return Heard(
        names=(EVERYTHING,) if turned_back or len(names) > MANY else tuple(names),
        position=position,
        read_only=read_only,
        writable=writable,
    )


def _listen_to_sqlite(since: str) -> Heard:
    newest = Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    last = int(since or newest)
    rows = list(Purge.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "name")[: MANY + 1])  # fmt: skip
    turned_back = newest < last
    return Heard(
        names=(EVERYTHING,) if turned_back or len(rows) > MANY else tuple(name for _, name in rows),
        position=str(newest if turned_back else rows[-1][0] if rows else last),
        read_only=is_switched_on(),
        writable=_takes_writes(),
    )


def _takes_writes() -> bool:
    with connection.cursor() as database:
        database.execute("PRAGMA query_only")
        asked: bool = not database.fetchone()[0]
        database.execute("PRAGMA database_list")
        file = database.fetchone()[2]
    return asked and (not file or os.access(file, os.W_OK))


def is_switched_on() -> bool:
    """Whether the switch in the database says read-only."""
    return ReadOnlySwitch.objects.filter(on=True).exists()


def switched_since() -> datetime | None:
    """When the switch was set as it stands; None before it was ever set."""
    row = ReadOnlySwitch.objects.order_by("pk").first()
    return row.since if row else None
