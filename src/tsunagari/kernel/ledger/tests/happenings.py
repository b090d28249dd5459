"""Events and followers that exist for tests only."""

from dataclasses import dataclass

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.actions.record import record
from tsunagari.kernel.ledger.declare import Event, Words


@dataclass(frozen=True, kw_only=True)
class Planted(
    Event,
    name="test.planted",
    words={
        "kind": Words(title="木の種類", values={"oak": "ナラ"}),
        "trees": Words(title="植えた本数"),
        "watered": Words(title="水やり", values={"true": "した", "false": "しない"}),
    },
):
    """Somebody planted trees."""

    kind: str = "oak"
    trees: int = 1
    watered: bool | None = None


@transaction.atomic
def plant(
    *,
    kind: str = "oak",
    trees: int = 1,
    watered: bool | None = None,
    division: str = "",
    clock: Clock = system_clock,
) -> str:
    """Record that trees were planted; gives the event's public id."""
    return record(
        Planted(
            subject=new_public_id(), kind=kind, trees=trees, watered=watered, division=division
        ),
        clock=clock,
    )
