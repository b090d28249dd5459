"""Purge: what was made of these things is answered no more."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func

from tsunagari.kernel.edge.declare import EVERYTHING, check_name
from tsunagari.kernel.edge.memory import drop_here
from tsunagari.kernel.edge.models import Purge
from tsunagari.kernel.i18n.clock import Clock, system_clock

MANY_AT_ONCE = 1000
"""Names in one change from which on everything is dropped: a whole site that came in leaves little to keep."""


def purge(names: Iterable[str], *, clock: Clock = system_clock) -> None:
    """In the caller's transaction: when it commits, this process drops every kept answer made of one of `names`
    ("content.page:4") at once, every other process within a second. Raises ValueError for a name of another shape.
    """
    wanted = {check_name(name) for name in names}
    _purge(wanted if len(wanted) <= MANY_AT_ONCE else {EVERYTHING}, clock)


def purge_all(*, clock: Clock = system_clock) -> None:
    """The same for everything that is kept: after a change of the city's look, for example."""
    _purge({EVERYTHING}, clock)


@transaction.atomic
def _purge(names: set[str], clock: Clock) -> None:
    now = clock()
    Purge.objects.bulk_create(
        Purge(name=name, transaction=_number(), at=now) for name in sorted(names)
    )
    transaction.on_commit(partial(drop_here, names), robust=True)


def _number() -> Any:
    """The number of this transaction, given by the database in the insert itself."""
    if connection.vendor != "postgresql":
        return 0
    return Func(
        function="pg_current_xact_id",
        template="(%(function)s()::text)::bigint",
        output_field=BigIntegerField(),
    )
