"""Add up: put counts into the roll-ups of hour, day, month and fiscal year, all at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tsunagari.kernel.metering.models import Rollup
from tsunagari.kernel.metering.rules import GRAINS, WHOLE, Grain, is_sliced, period_start


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many of a meter in the hour that holds `moment`, in one slice."""

    meter: str
    moment: datetime
    slice: str
    amount: int
    slices_from: Grain = "hour"


def add_up(counts: Iterable[Count]) -> None:
    """Add the counts to every roll-up they belong to. Call it inside the transaction that moves the
    cursor, so that nothing counts twice."""
    sums: dict[tuple[str, str, datetime, str], int] = defaultdict(int)
    for count in counts:
        for grain in GRAINS:
            start = period_start(grain, count.moment)
            sums[count.meter, grain, start, WHOLE] += count.amount
            if count.slice != WHOLE and is_sliced(grain, count.slices_from):
                sums[count.meter, grain, start, count.slice] += count.amount
    put(sums)


def put(sums: dict[tuple[str, str, datetime, str], int]) -> None:
    """Add each sum to its row, making the row when there is none; rows in one order, so that two
    processes cannot wait for each other in a circle."""
    if not sums:
        return
    table = Rollup._meta.db_table
    statement = (
        f"INSERT INTO {table} (meter, grain, start, slice, total) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608 - our own table name
        f" ON CONFLICT (meter, grain, start, slice) DO UPDATE SET total = {table}.total + EXCLUDED.total"
    )
    adapt = connection.ops.adapt_datetimefield_value
    rows = [
        (meter, grain, adapt(start), name, total)
        for (meter, grain, start, name), total in sorted(sums.items())
    ]
    with connection.cursor() as database:
        database.executemany(statement, rows)
