"""An event that exists for tests of metering only."""

from dataclasses import dataclass

from django.db import transaction

from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.api import record
from tsunagari.kernel.ledger.declare import Event


@dataclass(frozen=True, kw_only=True)
class Grown(Event, name="test.grown"):
    """Trees came up."""

    kind: str = "oak"
    trees: int = 1
    watered: bool | None = None


@transaction.atomic
def grow(
    *,
    clock: Clock,
    kind: str = "oak",
    trees: int = 1,
    watered: bool | None = None,
    division: str = "",
) -> None:
    """Record that trees came up."""
    event = Grown(
        subject=new_public_id(), kind=kind, trees=trees, watered=watered, division=division
    )
    record(event, clock=clock)
