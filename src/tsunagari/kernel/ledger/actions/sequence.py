"""Sequence: give committed arrivals their positions, without gaps, under one lock."""

from django.db import connection, transaction

from tsunagari.kernel.ledger.models import Arrival, Cursor, Entry
from tsunagari.kernel.ledger.queries import SEQUENCER

BATCH = 5000
_COLUMNS = "public_id, name, recorded_at, subject, actor, division, data"


@transaction.atomic
def sequence(*, limit: int = BATCH) -> int:
    """Move up to `limit` arrivals into the ledger; returns how many.

    The ids are read once and both statements use them, so that an arrival which commits in between
    keeps waiting instead of being lost.
    """
    Cursor.objects.get_or_create(name=SEQUENCER)
    cursor = Cursor.objects.select_for_update().get(name=SEQUENCER)
    ids = list(Arrival.objects.order_by("id").values_list("id", flat=True)[:limit])
    if not ids:
        return 0
    _copy(ids, after=cursor.position)
    Arrival.objects.filter(id__in=ids).delete()
    cursor.position += len(ids)
    cursor.save(update_fields=["position"])
    return len(ids)


def _copy(ids: list[int], *, after: int) -> None:
    marks = ", ".join(["%s"] * len(ids))
    statement = (
        f"INSERT INTO {Entry._meta.db_table} (position, {_COLUMNS})"  # noqa: S608 - our own table names
        f" SELECT %s + ROW_NUMBER() OVER (ORDER BY id), {_COLUMNS}"
        f" FROM {Arrival._meta.db_table} WHERE id IN ({marks})"
    )
    with connection.cursor() as database:
        database.execute(statement, [after, *ids])
