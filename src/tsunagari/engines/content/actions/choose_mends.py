"""Choose among planned mends, have them done, or drop the plan."""

from collections.abc import Collection

from django.db import transaction

from tsunagari.engines.content.actions.ask_round import tell_worker
from tsunagari.engines.content.models import PlannedMend, Round


class NotReady(Exception):
    """The plan is not there yet, was begun already, or was dropped."""


@transaction.atomic
def choose_mends(held: Round, *, shown: Collection[int], ticked: Collection[int]) -> None:
    """Keep which of the shown changes are to be made. Raises NotReady once the work has begun."""
    _ready(held)
    rows = PlannedMend.objects.filter(round=held, pk__in=shown)
    rows.filter(pk__in=ticked).update(chosen=True)
    rows.exclude(pk__in=ticked).update(chosen=False)


@transaction.atomic
def begin_mends(held: Round, *, publishes: bool) -> None:
    """Let the worker make what is chosen. Raises NotReady when it was begun already."""
    locked = _ready(held)
    locked.state, locked.publishes = Round.States.ASKED, publishes
    locked.reached = locked.done = 0
    locked.total = locked.mends.filter(chosen=True).values("page").distinct().count()
    locked.save(update_fields=["state", "publishes", "reached", "done", "total"])
    tell_worker(locked)


@transaction.atomic
def drop_mends(held: Round) -> None:
    """Make none of it."""
    locked = _ready(held)
    locked.state = Round.States.DROPPED
    locked.save(update_fields=["state"])


def _ready(held: Round) -> Round:
    locked = Round.objects.select_for_update().get(pk=held.pk)
    if locked.state != Round.States.READY:
        raise NotReady
    return locked
